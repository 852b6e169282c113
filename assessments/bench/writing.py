"""Operations that write: decisions, reminders, announcing a cycle, imports."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from assessments import reminders
from assessments.actions import cycles
from assessments.bench import floors
from assessments.bench.doors import Cast, Door, rows, written
from assessments.bench.measuring import Operation
from assessments.models import Cycle, Phase, PromotionCase, Reminder
from people.actions import imports

HEADINGS = ("employee_number", "name", "email", "title", "manager", "team")
ONE_IN = 100
Decidable = tuple[PromotionCase, Door]


def deciding(cast: Cast) -> list[Operation]:
    """Decisions through the API; half of the cases are for the floor."""
    found = PromotionCase.objects.filter(state="recommended", approver__isnull=False)
    waiting = iter(list(found.exclude(pk=cast.case.pk).select_related("approver").order_by("pk")))
    doors: dict[int, Door] = {}

    def ready() -> Decidable:
        case = next(waiting)
        who = case.approver
        return case, doors.setdefault(who.pk, Door(who, token=True))

    def decide(given: Decidable) -> Any:
        case, door = given
        today = timezone.localdate().isoformat()
        wanted = {"outcome": "approved", "effective_on": today}
        return door.post(f"/api/v1/cases/{case.pk}/decision/", wanted)

    def floor(case: PromotionCase) -> int:
        return written(floors.DECIDE, case=case.pk, person=case.approver_id)

    goal = "≤ 12 ms; ten at once: tests/test_races.py"
    return [
        Operation("decide a case", decide, floor, ready, lambda: next(waiting), calls=1, goal=goal)
    ]


def reminding(cast: Cast) -> list[Operation]:
    """Who must be reminded, for everybody; and once more, when nothing is new."""
    now = timezone.now()

    def forget() -> None:
        Reminder.objects.all().delete()

    def plan(_: None) -> int:
        return reminders.plan(now)

    def floor(_: None) -> int:
        return written(floors.REMIND)

    count = plan(None)
    written(floors.REMEMBER)
    name, goal = f"plan {count:,} reminders", "≤ 250 ms for 100,000 people, ≤ 10 SQL"
    return [
        Operation(name, plan, floor, forget, forget, calls=1, goal=goal),
        Operation("plan again: nothing new", plan, floor, calls=2, goal="writes no row"),
    ]


def announcing(cast: Cast) -> list[Operation]:
    """A cycle for everybody: population and snapshots."""
    number = iter(range(1_000))

    def ready() -> Cycle:
        today = timezone.localdate()
        day = today + datetime.timedelta(days=30)
        dates = [cycles.Dates(kind, today, day, day) for kind in Phase.Kind.values]
        name = f"Measured {next(number)}"
        return cycles.create(name, by=cast.hr, period=(today, today), phases=dates)

    def announce(cycle: Cycle) -> None:
        cycles.announce(cycle, by=cast.hr)

    def floor(cycle: Cycle) -> int:
        return written(floors.ANNOUNCE, cycle=cycle.pk)

    goal = "≤ 3 s for 100,000 people, ≤ 20 SQL"
    return [Operation("announce a cycle", announce, floor, ready, ready, calls=1, goal=goal)]


def importing(cast: Cast) -> list[Operation]:
    """The staff file of everybody again, as it is and with new titles for one in a hundred."""
    staff = rows(floors.STAFF)
    written(floors.STAGE)
    fresh = _changed(staff)

    def bring_in(content: bytes) -> Any:
        return imports.bring_in(content, "staff.csv", {}, by=None).counts()

    def load(content: bytes) -> int:
        written("TRUNCATE bench_staff")
        with connection.connection.cursor().copy(floors.LOAD) as copy:
            copy.write(content)
        return written(floors.COMPARE)

    def unchanged() -> bytes:
        return _file(rows(floors.STAFF))

    def changed() -> bytes:
        return next(fresh)

    name, goal, nothing = f"import {len(staff):,} people", "≤ 4 s for 100,000", "writes no row"
    return [
        Operation(f"{name}, 1 % changed", bring_in, load, changed, changed, calls=1, goal=goal),
        Operation(f"{name}, as is", bring_in, load, unchanged, unchanged, calls=1, goal=nothing),
    ]


def _changed(staff: list[tuple]) -> Iterator[bytes]:
    """File after file with a title of its own for every hundredth person."""
    for turn in range(1_000):
        yield _file(
            [
                (*row[:3], f"{row[3]} {turn}", *row[4:]) if place % ONE_IN == 0 else row
                for place, row in enumerate(staff)
            ]
        )


def _file(staff: list[tuple]) -> bytes:
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(HEADINGS)
    lines.writerows(staff)
    return text.getvalue().encode()
