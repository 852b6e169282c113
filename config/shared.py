"""Embedded servers that several commands share: the first starts them, the last stops them."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from config import embedded
from config.embedded import LOCAL_DIR, CannotStart
from config.postgres import Postgres
from config.valkey import Valkey


@contextmanager
def servers(name: str, *, forgetful: bool) -> Iterator[dict[str, str]]:
    """Give the addresses of the servers in `.local/<name>/` that the environment does not name.

    Everybody who uses them holds a shared lock, which the kernel drops even after kill -9. Who
    leaves and finds nobody else stops them.
    """
    home = LOCAL_DIR / name
    postgres = Postgres(home / "postgres", forgetful=forgetful)
    valkey = Valkey(home / "valkey", forgetful=forgetful)
    embedded.private_folder(home)
    with (home / "users").open("a") as users:
        with embedded.lock(home / "guard", wait=True):
            fcntl.flock(users, fcntl.LOCK_SH)
            addresses = _start(postgres, valkey)
        try:
            yield addresses
        finally:
            with embedded.lock(home / "guard", wait=True), suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_UN)
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                valkey.stop()
                postgres.stop()


def _start(postgres: Postgres, valkey: Valkey) -> dict[str, str]:
    addresses = {}
    if not os.environ.get("DATABASE_URL"):
        postgres.start()
        addresses["DATABASE_URL"] = postgres.url
    if not os.environ.get("BROKER_URL"):
        valkey.start()
        addresses["BROKER_URL"] = valkey.url(0)
        if not os.environ.get("CACHE_URL"):
            addresses["CACHE_URL"] = valkey.url(1)
    return addresses


def main() -> int:
    """`python -m config.shared NAME COMMAND…`: run one command with such servers."""
    name, *command = sys.argv[1:]
    try:
        with servers(name, forgetful=name == "test") as addresses:
            defaults = {"LOCAL": "true", "DJANGO_SETTINGS_MODULE": "config.settings"}
            return subprocess.run(command, env=defaults | os.environ | addresses).returncode
    except CannotStart as problem:
        print(f"Cannot start: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
