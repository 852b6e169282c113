"""Two hundred kills of the sender: none lost, none twice but in the one documented window."""

from __future__ import annotations

import datetime
import os
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from assessments import reminders
from assessments.models import Notification, Procedure, PromotionCase, Reminder
from people.models import Person, ReportingLine
from tests.assessments import cycle_story as story
from tests.assessments.killing import Nursery, Sink

KILLS = 200
NINE = datetime.datetime(2026, 10, 7, 9, 0, 30, tzinfo=story.UTC)
STEP = datetime.timedelta(seconds=30)


@pytest.fixture
def owed(cast, time_machine) -> list[Person]:
    """Each of so many people owes one case, and is to be reminded at nine o'clock."""
    time_machine.move_to(NINE - datetime.timedelta(hours=3), tick=False)
    cycle = story.running(cast, datetime.date(2026, 10, 14))
    people = Person.objects.bulk_create(
        Person(name=f"Person {number:03}", email=f"person{number:03}@example.com")
        for number in range(KILLS + 4)
    )
    since = DateRange(datetime.date(2024, 1, 1), None)
    led = list(zip(people, people[1:] + people[:1], strict=True))
    ReportingLine.objects.bulk_create(
        ReportingLine(person=person, manager=manager, valid=since) for person, manager in led
    )
    target = cast.levels["staff-engineer"]
    PromotionCase.objects.bulk_create(
        PromotionCase(
            candidate=person,
            owner=manager,
            nominator=manager,
            target_level=target,
            pinned_version=target.version,
            procedure=Procedure.objects.for_level(target),
            cycle=cycle,
        )
        for person, manager in led
    )
    reminders.plan()
    Reminder.objects.exclude(step=-7).delete()
    return people


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server."""
    server = Sink()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def nursery(transactional_db, sink) -> Iterator[Nursery]:
    """A process that forks senders on the database of this test."""
    process = Nursery(address(), sink.server_address[1])
    yield process
    process.close()


def address() -> str:
    """The database of this test, for another process."""
    url, _, options = os.environ["DATABASE_URL"].partition("?")
    name = connection.settings_dict["NAME"]
    return "?".join(filter(None, [f"{url.rpartition('/')[0]}/{name}", options]))


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_two_hundred_kills_lose_nothing_and_repeat_only_in_the_window(
    owed, sink, nursery, record_property
):
    now = NINE
    instants = nursery.run(now, limit=2)["instants"]["2"]
    assert instants > 20

    deaths: list[dict] = []
    digest = 1
    for number in range(KILLS):
        now += STEP  # the lease of the last victim runs out: its digest comes first, then ours
        death = nursery.run(now, digest=digest, instant=number % instants + 1)
        assert (death["killed"], death["signal"]) == (True, signal.SIGKILL), (number, death)
        deaths.append(death)
        digest = 2 if _is_claimed() else 1
    now += STEP
    nursery.run(now)

    per_person = Counter(to for to, _ in sink.taken)
    lost = {person.email for person in owed} - set(per_person)
    copies = sum(per_person.values()) - len(per_person)
    in_window = sum(death["answered"] for death in deaths)
    record_property("kills", KILLS)
    record_property("second copies", copies)
    print(f"{KILLS} kills at {instants} instants: 0 lost, {copies} second copies")

    assert not lost
    assert set(Reminder.objects.values_list("state", flat=True)) == {Reminder.State.SENT}
    assert Notification.objects.filter(reminder__isnull=False).count() == len(owed)
    assert copies == in_window > 0
    assert max(per_person.values()) <= 2
    assert len({to for to, _ in sink.taken}) == len({key for _, key in sink.taken})
    assert {death["at"] for death in deaths} >= {
        "before the message",
        "after the mail server's yes",
    }


def _is_claimed() -> bool:
    return Reminder.objects.filter(state=Reminder.State.CLAIMED).exists()
