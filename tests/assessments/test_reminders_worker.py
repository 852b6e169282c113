"""The whole way with real parts: broker, Celery worker, mail server; the broker only says when."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from assessments.actions import cases
from assessments.models import Reminder
from assessments.tasks import tick
from config.celery import app
from tests.assessments import cycle_story as story
from tests.assessments.killing import Sink
from tests.assessments.test_reminders_killed import address

PATIENCE = 90


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server."""
    server = Sink()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def workers(transactional_db, sink) -> Iterator[list[subprocess.Popen]]:
    """Two Celery workers on the database of this test."""
    environment = os.environ | {
        "DATABASE_URL": address(),
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.server_address[1]}",
    }
    command = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "config.celery", "worker"]
    command += ["--pool", "solo", "--loglevel", "CRITICAL", "--without-gossip", "--without-mingle"]
    started = [subprocess.Popen([*command, "-n", f"w{n}@%h"], env=environment) for n in range(2)]
    yield started
    for process in started:
        process.terminate()
    for process in started:
        process.wait(30)


def _working_hours() -> str:
    """A time zone in which it is past nine in the morning now."""
    zones = (
        "Pacific/Auckland",
        "Asia/Tokyo",
        "Europe/Berlin",
        "America/New_York",
        "Pacific/Honolulu",
    )
    return next(zone for zone in zones if timezone.now().astimezone(ZoneInfo(zone)).hour >= 10)


@pytest.fixture
def due(cast) -> list[Reminder]:
    """Maya and Paul are each owed a reminder, due a minute ago."""
    today = timezone.localdate()
    cycle = story.running(cast, today + datetime.timedelta(days=7))
    carl = cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya, cycle=cycle)
    target = cast.levels["senior-staff-engineer"]
    otto = cases.open_case(cast.otto, target, by=cast.paul, cycle=cycle)
    return Reminder.objects.bulk_create(
        Reminder(
            person=case.owner,
            case=case,
            task="submit",
            step=-7,
            role="doer",
            due_on=today + datetime.timedelta(days=7),
            send_on=today,
            send_at=timezone.now() - datetime.timedelta(minutes=1),
            time_zone=_working_hours(),
        )
        for case in (carl, otto)
    )


@pytest.mark.django_db(transaction=True)
def test_an_emptied_broker_loses_nothing_and_twenty_ticks_send_one_message_each(due, workers, sink):
    tick.delay()
    app.control.purge()  # whatever the broker held is gone

    for _ in range(20):  # as a broker that delivers again and again would
        tick.delay()
    end = time.monotonic() + PATIENCE
    now = Reminder.objects.filter(send_at__lte=timezone.now())  # others wait for another day
    while time.monotonic() < end and now.exclude(state="sent").exists():
        time.sleep(0.2)
    time.sleep(2)  # time for a second copy to show itself

    assert sorted(to for to, _ in sink.taken) == ["maya@example.com", "paul@example.com"]
    assert set(now.values_list("state", "attempts")) == {("sent", 1)}
    assert all(worker.poll() is None for worker in workers)
