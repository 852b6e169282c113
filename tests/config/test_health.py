"""Alive and ready: what a load balancer reads."""

import time

import pytest
from django.core.cache import cache

from config.celery import HEARTBEAT


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
