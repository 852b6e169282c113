"""Alive and ready: what a load balancer reads."""

import time

import pytest
from django.core.cache import cache
from django.db import connection

from config.celery import HEARTBEAT, app


def test_alive_asks_nothing_of_others(client):
    assert client.get("/healthz").content == b"alive\n"


@pytest.mark.django_db
def test_ready_when_every_part_answers(client):
    cache.set(HEARTBEAT, time.time())
    answer = client.get("/readyz")
    assert answer.json() == {
        "ready": True,
        "parts": {"database": "ok", "migrations": "ok", "broker": "ok", "worker": "ok"},
    }


@pytest.mark.django_db
def test_not_ready_without_a_worker(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["worker"] == "no sign of life"


@pytest.mark.django_db
def test_a_part_that_is_away_is_named_and_nothing_breaks(client, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    parts = answer.json()["parts"]
    assert all(parts[name].startswith("down") for name in ("database", "migrations", "broker"))
