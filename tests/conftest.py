"""What every test can ask for: a database, real files, a browser."""

from __future__ import annotations

import gc
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as properties

from tests import cast as story
from tests.databases import Clone
from tests.left_out import leave_out

# No test waits on a clock: a busy machine is no failure.
properties.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
properties.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """One cloned database for this process; a test that commits gets the next one a fresh clone.

    Flushing is no way back here: tables of the past refuse TRUNCATE.
    """
    with django_db_blocker.unblock():
        clone = Clone()
        clone.make()
        WORLD.open(clone, django_db_blocker)
    usual = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: clone.renew()
    yield
    WORLD.clone = None
    TransactionTestCase._fixture_teardown = usual
    with django_db_blocker.unblock():
        clone.drop()


class World:
    """Which of the two databases the next test works in, and the cast that lives in the second."""

    def __init__(self) -> None:
        self.clone: Clone | None = None
        self.blocker: Any = None
        self.peopled = False
        self.cast = b""

    def open(self, clone: Clone, blocker: Any) -> None:
        """Begin with the first test that asks for a database."""
        self.clone, self.blocker = clone, blocker
        self.turn(peopled=self.peopled)

    def turn(self, *, peopled: bool) -> None:
        """Make the cast when it is asked for the first time, then only go where it is."""
        self.peopled = peopled
        if self.clone is None:
            return
        with self.blocker.unblock():
            if peopled and not self.cast:
                self.clone.people(self._assemble)
            self.clone.use(peopled=peopled)

    def _assemble(self) -> None:
        self.cast = pickle.dumps(story.assemble())


WORLD = World()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Tests that ask for a database are marked, so that another PostgreSQL is shown only those.

    What takes long is begun first, so that nobody waits for it alone at the end.
    """
    for item in items:
        asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        if asked or item.get_closest_marker("django_db"):
            item.add_marker("database")
    yield
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """Code stays to the end: the collector need not look through it again, nor for every row."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The right database; a connection that ended with the one of the test before opens anew."""
    asked = getattr(item, "fixturenames", ())
    marker = item.get_closest_marker("django_db")
    commits = "transactional_db" in asked or bool(marker and marker.kwargs.get("transaction"))
    WORLD.turn(peopled="cast" in asked and not commits)
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and not connection.is_usable():
            connection.close()


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Counters and limits of one test are no business of the next."""
    yield
    cache.clear()


@pytest.fixture
def cast(db: None) -> story.Cast:
    """Everybody of the story, placed on the starter ladder: assembled once for the whole run, anew
    only for a test that commits.
    """
    return pickle.loads(WORLD.cast) if WORLD.peopled else story.assemble()


@pytest.fixture
def real_input() -> Callable[[str], Path]:
    """`real_input("folder/file")`: a real file under $REAL_INPUT, or the test is left out."""

    def find(path: str) -> Path:
        folder = os.environ.get("REAL_INPUT")
        if not folder:
            leave_out("real files (set REAL_INPUT to their folder)")
        found = Path(folder).resolve() / path
        if not found.exists():
            leave_out(f"real file {path} (not under REAL_INPUT)")
        return found

    return find


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium for browser tests, or the test is left out."""
    for name in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    leave_out("browser tests (no Chromium found; install it or set CHROMIUM)")
