"""What people count as in headcounts: the track they stand on, on the day of the count."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet, Subquery

from ladders.models import Placement
from people.actions import headcounts
from people.models import Census


def follow(people: Collection[int]) -> None:
    """The placements of `people` changed."""
    headcounts.regroup(people, _tracks().filter(person__in=people))


def recount(day: datetime.date) -> None:
    """Count everybody as of a day: for the first time, or because the day turned."""
    headcounts.recount(day, _tracks())


def recount_when_due(today: datetime.date) -> int:
    """What the clock does. Returns 1 when it counted."""
    if Census.taken_on() == today:
        return 0
    recount(today)
    return 1


def _tracks() -> QuerySet[Placement, Any]:
    day = Subquery(Census.objects.values("day")[:1])
    standing = Placement.objects.known_at().filter(valid__contains=day)
    return standing.values_list("person_id", "level__track__kind")
