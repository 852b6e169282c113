"""Alive and ready: what a load balancer asks before it sends people here."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import LiteralString

import psycopg
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.celery import HEARTBEAT, app

PATIENCE = 2  # seconds for each part


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; it asks nothing of others."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every part answers, 503 otherwise; each part says how it is."""
    parts = {name: _state(check) for name, check in CHECKS.items()}
    ready = all(state == "ok" for state in parts.values())
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)


def database() -> str:
    """The database answers."""
    _ask("SELECT 1")
    return "ok"


def migrations() -> str:
    """Every migration of this version of the code is applied."""
    missing = _newest() - set(_ask("SELECT app, name FROM django_migrations"))
    return "ok" if not missing else f"{len(missing)} not applied"


def broker() -> str:
    """The broker takes connections."""
    with app.connection_for_write() as broker_connection:
        broker_connection.ensure_connection(max_retries=1, timeout=PATIENCE, interval_start=0)
    return "ok"


def worker() -> str:
    """A worker has shown a sign of life within the last half minute."""
    return "ok" if cache.get(HEARTBEAT) else "no sign of life"


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "migrations": migrations,
    "broker": broker,
    "worker": worker,
}


def _state(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # whatever is wrong, the answer is "not ready", never a 500
        return f"down ({type(error).__name__})"


def _ask(query: LiteralString) -> list[tuple]:
    """Ask over a connection of its own: the pool would wait for a database that is away."""
    parameters = connection.get_connection_params() | {"connect_timeout": PATIENCE}
    with psycopg.connect(**parameters) as probe:
        return probe.execute(query).fetchall()


@lru_cache(maxsize=1)
def _newest() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())
