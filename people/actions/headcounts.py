"""Counting who is below whom: kept with every change, and counted anew when the day turns.

A position is locked before it changes, and what changes is added as rows, so that nobody waits for
the leader at the top. Each statement reads the day of the count for itself, after it has its locks.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

Ids = Collection[int] | str
"""Of people; where they are many, a query that says them."""
Kinds = QuerySet[Any, Any]
"""Two columns: a person, and what they count as on the day of the count."""

ENSURE = """
INSERT INTO people_position (person_id, path, kind, name, left_on)
SELECT id, '', '', name, left_on FROM people_person
"""
OF_THESE = " WHERE id = ANY (%(people)s) ON CONFLICT DO NOTHING"
OF_ALL = " ON CONFLICT DO NOTHING"
BELOW = """
SELECT person_id FROM people_position WHERE person_id = ANY (%(people)s)
UNION
SELECT below.person_id FROM people_position led
CROSS JOIN LATERAL (
    SELECT coalesce(nullif(path, ''), ('/' || person_id || '/') COLLATE "C") AS path
) way
JOIN people_position below
    ON below.path >= way.path AND below.path < left(way.path, -1) || '0'
WHERE led.person_id = ANY (%(people)s)
"""
ALL = "SELECT person_id FROM people_position"
LOCK = """
SELECT FROM people_position WHERE person_id = ANY (ARRAY({affected}))
ORDER BY person_id FOR NO KEY UPDATE
"""
ADD_UP = """
INSERT INTO people_headcount (leader_id, kind, people)
SELECT leader::bigint, kind, sum(people) FROM ways
CROSS JOIN LATERAL unnest(trim_array(string_to_array(btrim(path, '/'), '/'), 1)) leader
GROUP BY leader, kind HAVING sum(people) <> 0
"""
MOVE = """
WITH affected AS MATERIALIZED ({affected}), before AS (
    SELECT affected.person_id, position.path, coalesce(chain.path, '') AS fresh
    FROM affected
    CROSS JOIN LATERAL (
        SELECT path FROM people_position WHERE person_id = affected.person_id OFFSET 0
    ) position
    LEFT JOIN LATERAL (
        SELECT id FROM people_chain WHERE person_id = affected.person_id
            AND NOT isempty(valid * (SELECT daterange(day, day, '[]') FROM people_census)) OFFSET 0
    ) held ON TRUE
    LEFT JOIN LATERAL (SELECT path FROM people_chain WHERE id = held.id OFFSET 0) chain ON TRUE
), moved AS (
    UPDATE people_position position SET path = before.fresh FROM before
    WHERE position.person_id = before.person_id AND before.path <> before.fresh
        AND position.person_id = ANY (ARRAY(TABLE affected))
    RETURNING before.path AS old, position.path AS new, position.kind
), ways AS (
    SELECT old AS path, kind, -1 AS people FROM moved WHERE old <> ''
    UNION ALL
    SELECT new, kind, 1 FROM moved WHERE new <> ''
)
{add_up}
"""
REGROUP = """
WITH kinds (person_id, kind) AS ({kinds}), changed AS (
    UPDATE people_position position SET kind = coalesce(kinds.kind, '')
    FROM people_position before LEFT JOIN kinds USING (person_id)
    WHERE position.person_id = before.person_id AND before.person_id = ANY (%s)
        AND before.kind <> coalesce(kinds.kind, '')
    RETURNING position.path, before.kind AS old, position.kind AS new
), ways AS (
    SELECT path, old AS kind, -1 AS people FROM changed WHERE path <> ''
    UNION ALL
    SELECT path, new, 1 FROM changed WHERE path <> ''
)
{add_up}
"""
LOCK_ALL = "LOCK TABLE people_position IN EXCLUSIVE MODE"
TAKE = "INSERT INTO people_census (id, day) VALUES (1, %s) ON CONFLICT (id) DO UPDATE SET day = %s"
PLACE = """
WITH kinds (person_id, kind) AS ({kinds})
UPDATE people_position position
SET path = coalesce(chain.path, ''), kind = coalesce(kinds.kind, '')
FROM people_position before
LEFT JOIN people_chain chain
    ON chain.person_id = before.person_id AND chain.valid @> (SELECT day FROM people_census)
LEFT JOIN kinds ON kinds.person_id = before.person_id
WHERE position.person_id = before.person_id AND (before.path, before.kind)
    IS DISTINCT FROM (coalesce(chain.path, ''), coalesce(kinds.kind, ''))
"""
FORGET = "DELETE FROM people_headcount"
COUNT = """
WITH ways AS (SELECT path, kind, 1 AS people FROM people_position WHERE path <> '')
{add_up}
"""


def know(people: Collection[int]) -> None:
    """People are new; as long as nobody says more they are below nobody and count as nothing."""
    with connection.cursor() as cursor:
        cursor.execute(ENSURE + OF_THESE, {"people": list(people)})


def about(people: Ids, statement: str) -> tuple[str, dict[str, Any]]:
    """A statement about `people`, and its parameters."""
    if isinstance(people, str):
        return statement.replace("= ANY (%(people)s)", f"IN ({people})"), {}
    return statement, {"people": list(people)}


def follow(people: Ids | None) -> None:
    """The ways up of `people` (None: of anybody) may have changed, and of those below them."""
    ensure, affected = (ENSURE + OF_ALL, ALL) if people is None else (ENSURE + OF_THESE, BELOW)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (
            ensure,
            LOCK.format(affected=affected),
            MOVE.format(affected=affected, add_up=ADD_UP),
        ):
            cursor.execute(*about(people or (), statement))


def regroup(people: Collection[int], kinds: Kinds) -> None:
    """What `people` count as may have changed."""
    if not people:
        return
    given = {"people": sorted(people)}
    sql, values = kinds.query.sql_with_params()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ENSURE + OF_THESE, given)
        cursor.execute(LOCK.format(affected="SELECT unnest(%(people)s::bigint[])"), given)
        cursor.execute(REGROUP.format(kinds=sql, add_up=ADD_UP), [*values, given["people"]])


def recount(day: datetime.date, kinds: Kinds) -> None:
    """Count everybody anew, as of a day. Others who change people wait until it is done."""
    sql, values = kinds.query.sql_with_params()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK_ALL)
        cursor.execute(TAKE, [day, day])
        cursor.execute(ENSURE + OF_ALL)
        cursor.execute(PLACE.format(kinds=sql), values)
        cursor.execute(FORGET)
        cursor.execute(COUNT.format(add_up=ADD_UP))
