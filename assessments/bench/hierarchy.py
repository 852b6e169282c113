"""Operations on the organisation: nodes of the tree, everybody below somebody, and moves."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable

from django.db.models import QuerySet, Sum
from django.utils import timezone

from assessments.bench import floors
from assessments.bench.doors import Cast, Door, fetching, written
from assessments.bench.measuring import Operation
from people.actions import lines
from people.models import Headcount, Person, ReportingLine
from people.models.hierarchy import way_up

A_NODE = "≤ 15 ms, 8 SQL and the frame's 2"
SIZES = (7, 100, 300, 1_000, 3_000, 10_000, 10_000_000)
TEAMS = {400: "≤ 100 ms for 400", 1_000: "≤ 200 ms for 1,000"}


def tree(cast: Cast) -> list[Operation]:
    """Pages of the tree: the top, who has no manager, the person at the top, a manager."""
    hr, top, manager = Door(cast.hr), cast.top.pk, cast.manager.pk
    past = timezone.localdate() - datetime.timedelta(days=200)
    pages = {
        "organisation": ("/organisation/", top, A_NODE),
        "organisation: who has no manager": ("/organisation/orphans/", top, A_NODE),
        "organisation: the top": (f"/organisation/{top}/", top, A_NODE),
        "organisation: a manager": (f"/organisation/{manager}/", manager, A_NODE),
        "organisation on another day": (f"/organisation/?as_of={past}", top, ""),
    }
    return [
        Operation(name, hr.getting(path), fetching(floors.REPORTS, person=person), goal=goal)
        for name, (path, person, goal) in pages.items()
    ]


def below(cast: Cast) -> list[Operation]:
    """The first page of the list of people, of all and of those below leaders of every size."""
    api, people = Door(cast.hr, token=True), "/api/v1/people/"
    everybody = fetching(floors.PEOPLE_PAGE, size=51)
    asked = [Operation("API: 50 people", api.getting(people), everybody)]
    for leader, count in _leaders(Headcount.objects.all(), SIZES):
        path, floor = f"{people}?below={leader}", fetching(floors.BELOW, person=leader)
        goal = "adds ≤ 2 ms of db"
        asked.append(Operation(f"API: 50 of {count:,} below", api.getting(path), floor, goal=goal))
    return asked


def moving(cast: Cast) -> list[Operation]:
    """A manager with so many people below them goes to another manager, and back."""
    known = Headcount.objects.exclude(leader=cast.top)
    found = zip(_leaders(known, TEAMS), TEAMS.values(), strict=True)
    return [_move(cast, leader, count, goal) for (leader, count), goal in found]


def _move(cast: Cast, leader: int, count: int, goal: str) -> Operation:
    today, mover = timezone.localdate(), Person.objects.get(pk=leader)
    near = ReportingLine.objects.as_of(today).filter(manager=cast.top).exclude(person=mover)
    bosses = itertools.cycle([cast.top, near.select_related("person")[0].person])

    def ready() -> Person:
        return next(bosses)

    def move(boss: Person) -> None:
        lines.change(mover, by=None, on=today, manager=boss)

    def floor(_: None) -> int:
        return written(floors.MOVED, path=way_up(mover.pk, today))

    name = f"move a manager with {count:,} below"
    return Operation(name, move, floor, ready, calls=2, goal=goal)


def _leaders(known: QuerySet[Headcount], sizes: Iterable[int]) -> list[tuple[int, int]]:
    """For each size whoever comes closest to having so many people below, and how many."""
    counted = list(known.values_list("leader").annotate(n=Sum("people")).filter(n__gt=0))
    return [min(counted, key=lambda found: (abs(found[1] - size), found)) for size in sizes]
