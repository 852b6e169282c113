"""What every test can ask for: a database, real files, a browser."""

from __future__ import annotations

import os
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
    usual = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: clone.renew()
    yield
    TransactionTestCase._fixture_teardown = usual
    with django_db_blocker.unblock():
        clone.drop()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """A connection that ended with the database of the test before is opened anew."""
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and not connection.is_usable():
            connection.close()


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Counters and limits of one test are no business of the next."""
    yield
    cache.clear()


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
