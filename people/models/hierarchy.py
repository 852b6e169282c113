"""Who stands above and below whom: the recursive questions about reporting lines."""

from __future__ import annotations

import datetime

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.expressions import RawSQL

CHAIN = """
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
BELOW = """
WITH RECURSIVE below (person_id) AS (
    SELECT person_id FROM people_reportingline
    WHERE manager_id = %s AND superseded_at IS NULL AND valid @> %s::date
    UNION
    SELECT line.person_id
    FROM below
    JOIN people_reportingline line ON line.manager_id = below.person_id
        AND line.superseded_at IS NULL AND line.valid @> %s::date
)
SELECT person_id FROM below
"""


def chain_to(person_id: int, *, manager_id: int, valid: DateRange) -> list[int]:
    """The people from `manager_id` up to `person_id` on some day of `valid`; empty if none are.

    Not empty means that `manager_id` cannot manage `person_id`: they would stand above themselves.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, {"person": person_id, "manager": manager_id, "valid": valid})
        row = cursor.fetchone()
    return row[0] if row else []


def below(person_id: int, on: datetime.date) -> list[int]:
    """Everybody who reports to `person_id` on a date, directly or through others."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW, [person_id, on, on])
        return [row[0] for row in cursor.fetchall()]


def all_below(person_id: int, on: datetime.date) -> RawSQL:
    """The same as a subquery, for `pk__in=`: their ids never leave the database."""
    return RawSQL(BELOW, [person_id, on, on])  # noqa: S611 - a constant statement with parameters
