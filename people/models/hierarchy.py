"""Who stands above and below whom."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, QuerySet

from people.models.chain import Chain, leads_through, top
from people.models.headcount import Census, Position

CIRCLE = """
WITH RECURSIVE above (person_id, valid, steps) AS (
    SELECT %(manager)s::bigint, %(valid)s::daterange, ARRAY[%(manager)s::bigint]
    UNION ALL
    SELECT line.manager_id, above.valid * line.valid, above.steps || line.manager_id
    FROM above
    JOIN people_reportingline line ON line.person_id = above.person_id
        AND line.superseded_at IS NULL
        AND line.manager_id IS NOT NULL
        AND line.valid && above.valid
    WHERE above.person_id <> %(person)s AND NOT line.manager_id = ANY (above.steps)
)
SELECT steps FROM above WHERE person_id = %(person)s LIMIT 1
"""


def chain_to(person_id: int, *, manager_id: int, valid: DateRange) -> list[int]:
    """The people from `manager_id` up to `person_id` on some day of `valid`; empty if none are.

    Not empty means that `manager_id` cannot manage `person_id`: they would stand above themselves.
    """
    with connection.cursor() as cursor:
        cursor.execute(CIRCLE, {"person": person_id, "manager": manager_id, "valid": valid})
        row = cursor.fetchone()
    return row[0] if row else []


def way_up(person_id: int, on: datetime.date) -> str:
    """The ids from the top down to `person_id` on a date, "/12/7/33/". One query."""
    found = Chain.objects.as_of(on).filter(person=person_id).values_list("path", flat=True)
    return found.first() or top(person_id)


def all_below(person_id: int, on: datetime.date) -> QuerySet[Any, Any]:
    """Everybody who reports to `person_id` on a date, directly or through others, as a subquery
    for `pk__in=`: their ids never leave the database.

    Costs a query, for the way that leads to them: sent as a literal, it tells the planner how many
    they are. The day of the last count has a smaller table than all days together.
    """
    if way := _counted_way(person_id, on):
        return Position.objects.below(way).values("person")
    return Chain.objects.as_of(on).below(way_up(person_id, on)).values("person")


def only_below(people: QuerySet[Any], person_id: int, on: datetime.date) -> QuerySet[Any]:
    """Those of `people` who are below somebody, with their name as `sorts_as`. In that order a page
    costs the same below anybody: it is read from those few, or along the names of all.
    """
    if way := _counted_way(person_id, on):
        people = people.filter(leads_through(way, "position__path"))
        return people.annotate(sorts_as=F("position__name"))
    return people.filter(pk__in=all_below(person_id, on)).annotate(sorts_as=F("name"))


def _counted_way(person_id: int, on: datetime.date) -> str | None:
    counted = Position.objects.filter(person=person_id, path__gt="")
    path = counted.filter(Exists(Census.objects.filter(day=on))).values_list("path", flat=True)
    return path.first()
