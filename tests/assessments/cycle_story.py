"""A running cycle for the cast, and beats of the clock for days on end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from assessments import reminders
from assessments.actions import cycles
from assessments.models import Cycle, Reminder
from people.models import Person
from tests.cast import Cast

UTC = datetime.UTC
PERIOD = (datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))
KINDS = ("nominations", "endorsement", "panel_review", "decisions", "communication")


def phases(opens: datetime.date, *due: datetime.date) -> list[cycles.Dates]:
    """All five phases; each opens with the first, grace is three days."""
    grace = datetime.timedelta(days=3)
    return [
        cycles.Dates(kind, opens, day, day + grace) for kind, day in zip(KINDS, due, strict=True)
    ]


def draft(cast: Cast, first_due: datetime.date, **options) -> Cycle:
    """A cycle whose phases are due every two weeks, beginning with `first_due`."""
    due = [first_due + datetime.timedelta(days=14 * number) for number in range(5)]
    opens = first_due - datetime.timedelta(days=60)
    name = options.pop("name", "Autumn 2026")
    return cycles.create(name, by=cast.hana, period=PERIOD, phases=phases(opens, *due), **options)


def running(cast: Cast, first_due: datetime.date, **options) -> Cycle:
    """The same, announced."""
    return cycles.announce(draft(cast, first_due, **options), by=cast.hana)


def beats(
    first: datetime.date, last: datetime.date, *, every: int = 4, hour: int = 0
) -> Iterator[datetime.datetime]:
    """Let the clock tick from one day to another, every so many hours; yields each instant."""
    now = datetime.datetime.combine(first, datetime.time(hour), tzinfo=UTC)
    end = datetime.datetime.combine(last, datetime.time(23), tzinfo=UTC)
    while now <= end:
        reminders.plan(now)
        reminders.send_due(now)
        yield now
        now += datetime.timedelta(hours=every)


def sent(person: Person) -> list[tuple[str, int, str]]:
    """What `person` was sent: task, step, and the instant in UTC, in order."""
    rows = Reminder.objects.filter(person=person, state=Reminder.State.SENT)
    return [
        (row.task, row.step, f"{row.sent_at:%a %d %b %H:%M}")
        for row in rows.order_by("sent_at", "step")
    ]
