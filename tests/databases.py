"""A migrated database for each process, cloned from a template instead of migrated anew."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection, connections, transaction

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE, CLONE = "twintrack_template_", "twintrack_test_"
ONE_AT_A_TIME, IN_USE = 741_100, 741_101
TEMPLATES_KEPT = 4
TRIES = 50


class Clone:
    """A database of this process alone; a second one holds the cast, for tests that only read it
    or take back what they write.

    A lock on it is held for as long as we live, so that others can tell it from what a killed
    run left behind, which they drop.
    """

    def __init__(self) -> None:
        parameters = connection.get_connection_params() | {"dbname": "postgres"}
        parameters = {k: v for k, v in parameters.items() if k not in ("cursor_factory", "context")}
        self.server = psycopg.connect(**parameters, autocommit=True)
        self.template = f"{TEMPLATE}{_fingerprint()}"
        self.name = f"{CLONE}{os.getpid()}_{secrets.token_hex(4)}"
        self.peopled = f"{self.name}_cast"

    def make(self) -> None:
        """Clone the template, migrating it first when there is none for these migrations."""
        with self._alone():
            if not self._exists(self.template):
                self._drop_leftovers()
                self._make_template()
            self._clone(self.name)
        _use(self.name)

    def people(self, assemble: Callable[[], object]) -> None:
        """Make the second database, in which `assemble` has been run once for all."""
        with self._alone():
            self._clone(self.peopled)
        _use(self.peopled)
        with transaction.atomic():
            assemble()

    def use(self, *, peopled: bool) -> None:
        """Work in the second database, or in the first again."""
        name = self.peopled if peopled else self.name
        if connection.settings_dict["NAME"] != name:
            _use(name)

    def renew(self) -> None:
        """A fresh clone in place of one that a test has committed to."""
        connections.close_all()
        with self._alone():
            self._drop(self.name)
            self._clone(self.name)

    def drop(self) -> None:
        """Leave nothing behind."""
        connections.close_all()
        with self._alone():
            self._drop(self.name)
            self._drop(self.peopled)
        self.server.close()

    def _clone(self, name: str) -> None:
        self._insist(f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY WAL_LOG")
        query = "SELECT pg_advisory_lock(%s, oid::int) FROM pg_database WHERE datname = %s"
        self.server.execute(query, [IN_USE, name])

    def _make_template(self) -> None:
        draft = f"{self.template}_draft"
        self._drop(draft)
        self.server.execute(f"CREATE DATABASE {draft}")
        _use(draft)
        call_command("migrate", interactive=False, verbosity=0)
        connections.close_all()
        self.server.execute(f"ALTER DATABASE {draft} RENAME TO {self.template}")

    def _drop_leftovers(self) -> None:
        """Clones whose process is gone, and all but the latest templates."""
        abandoned = (
            "SELECT datname FROM pg_database WHERE datname LIKE %s "
            "AND pg_try_advisory_lock(%s, oid::int)"
        )
        old = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC OFFSET %s"
        rows = self.server.execute(abandoned, [f"{CLONE}%", IN_USE]).fetchall()
        rows += self.server.execute(old, [f"{TEMPLATE}%", TEMPLATES_KEPT - 1]).fetchall()
        for (name,) in rows:
            self._drop(name)

    def _drop(self, name: str) -> None:
        # Not WITH (FORCE): that may not end an autovacuum worker.
        ended = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = %s AND usename = current_user AND backend_type = 'client backend'"
        )
        self.server.execute(ended, [name])
        self._insist(f"DROP DATABASE IF EXISTS {name}")

    def _insist(self, statement: str) -> None:
        """Somebody who is about to leave, or autovacuum, may hold a database for a moment."""
        for left in reversed(range(TRIES)):
            try:
                self.server.execute(statement)
            except psycopg.errors.ObjectInUse:
                if not left:
                    raise
                time.sleep(0.2)
            else:
                return

    def _exists(self, name: str) -> bool:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        return self.server.execute(query, [name]).fetchone() is not None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.server.execute("SELECT pg_advisory_lock(%s, 0)", [ONE_AT_A_TIME])
        try:
            yield
        finally:
            self.server.execute("SELECT pg_advisory_unlock(%s, 0)", [ONE_AT_A_TIME])


def _use(name: str) -> None:
    connections.close_all()
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name


def _fingerprint() -> str:
    """Changes with every migration of ours and every version of what we stand on."""
    files = [*ROOT.glob("*/migrations/*.py"), ROOT / "requirements.txt"]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]
