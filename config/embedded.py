"""The home of the embedded servers in .local/: their addresses, the secret key, the lock."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = Path(os.environ.get("LOCAL_DIR") or BASE_DIR / ".local")
PARTS = ("DATABASE_URL", "BROKER_URL", "CACHE_URL")


class CannotStart(Exception):
    """Something a person must put right; the message says what."""


def private_folder(path: Path) -> Path:
    """Make a folder that only we can enter (0700) and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_uid != os.geteuid():
        raise CannotStart(
            f"{path} belongs to another user. Run as that user, or remove the folder."
        )
    path.chmod(0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Write a file that only we can read (0600), whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    draft.replace(path)


def kept_secret(path: Path) -> str:
    """The secret in this file, made on first use."""
    if not path.exists():
        private_folder(path.parent)
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text()


def secret_key() -> str:
    """The SECRET_KEY of this checkout, for local use only."""
    return kept_secret(LOCAL_DIR / "secret-key")


def publish(home: Path, addresses: dict[str, str]) -> None:
    """Leave the addresses of running servers where commands in other terminals find them."""
    for name in PARTS:
        write_private(home / name.lower(), addresses[name])


def withdraw(home: Path) -> None:
    """The servers are gone: leave no address behind."""
    for name in PARTS:
        (home / name.lower()).unlink(missing_ok=True)


def url(name: str) -> str:
    """The address of a running embedded part, or an error that says how to get one."""
    from django.core.exceptions import ImproperlyConfigured

    path = LOCAL_DIR / name.lower()
    try:
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is not set, and no embedded server is running here. Start the servers with "
            "`make run`, or set DATABASE_URL, BROKER_URL and CACHE_URL (see .env.example)."
        ) from error


@contextmanager
def lock(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold a lock that the kernel drops when we die; BlockingIOError when taken and not waiting."""
    private_folder(path.parent)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
