"""The Celery app: workers look for due rows; the broker only says when to look."""

from __future__ import annotations

import os
import time
from typing import Any

from celery import Celery
from celery.signals import heartbeat_sent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("twintrack")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

HEARTBEAT = "worker-heartbeat"
HEARTBEAT_EVERY = 5
HEARTBEAT_COUNTS_FOR = 30
_last = 0.0


@heartbeat_sent.connect
def note_heartbeat(**_: Any) -> None:
    """Leave a sign of life in the shared cache; readiness reads it instead of asking around."""
    from django.core.cache import cache

    global _last
    now = time.monotonic()
    if now - _last < HEARTBEAT_EVERY:
        return
    _last = now
    try:
        cache.set(HEARTBEAT, int(time.time()), timeout=HEARTBEAT_COUNTS_FOR)
    except Exception:  # a cache that is away must not stop the worker; readiness will show it
        _last = 0.0
