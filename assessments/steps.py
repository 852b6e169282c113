"""The ladder of steps: who is told about a duty, on which day and at which instant."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from assessments import duties, errands
from assessments.models import reminder
from people.zones import known

STEPS = (-14, -7, -3, -1, 0, 1, 3, 5, 7)
HOUR = datetime.time(9)
ABOUT = ", ".join(f"{kind}_id" for kind in reminder.ABOUT)
HORIZON = datetime.timedelta(days=2)
"""Rows are written this long ahead, so that they follow moves, leave and working weeks."""

TOLD = """
WITH duty AS (
    SELECT task, case_id, NULL::bigint AS move_id, NULL::bigint AS pulse_id,
        NULL::bigint AS delegation_id, candidate_id, person_id, role, phase_id, due_on,
        NULL::int AS ahead
    FROM ({owed}) owed WHERE reminded
    UNION ALL SELECT task, NULL, move_id, pulse_id, delegation_id, candidate_id, person_id, role,
        NULL, due_on, ahead
    FROM ({errands}) errand WHERE reminded
), step (days) AS (
    SELECT unnest(%(steps)s::int[])
), line AS (
    SELECT person_id, manager_id FROM people_reportingline
    WHERE superseded_at IS NULL AND valid @> %(today)s::date
), heard AS (
    SELECT d.*, step.days AS step, d.person_id AS hears, d.role AS as_role
        FROM duty d JOIN step ON d.ahead IS NULL OR step.days >= -d.ahead
    UNION ALL SELECT d.*, 3, line.manager_id, 'manager'
        FROM duty d JOIN line ON line.person_id = d.person_id WHERE d.role = 'doer'
    UNION ALL SELECT d.*, 5, above.manager_id, 'skip_level'
        FROM duty d JOIN line ON line.person_id = d.person_id
        JOIN line above ON above.person_id = line.manager_id WHERE d.role = 'doer'
    UNION ALL SELECT d.*, 7, hr.id, 'hr'
        FROM duty d JOIN people_person hr ON hr.roles <> '{}' AND 'hr' = ANY(hr.roles)
        WHERE d.role = 'doer'
)
SELECT hears AS person_id, {about}, candidate_id, task, step, phase_id, due_on,
    (array_agg(as_role ORDER BY array_position(
        ARRAY['doer', 'manager', 'skip_level', 'hr'], as_role::text)))[1] AS role,
    array_agg(DISTINCT person_id) AS doers
FROM heard WHERE (hears <> candidate_id OR hears = person_id) AND {near}
GROUP BY hears, {about}, candidate_id, task, step, phase_id, due_on
"""
"""One row for each person, task and step, whatever the day. Asks what `duties.owed` asks.

Nobody hears from above of what is about them; a move asks its own person, though.
"""

DATED = """
WITH told AS MATERIALIZED ({told}), wall AS MATERIALIZED (
    SELECT told.*, p.time_zone, p.working_days, day.send_on,
        (day.send_on + %(hour)s::time) AT TIME ZONE p.time_zone AS send_at
    FROM told
    JOIN (
        SELECT id, left_on, working_days,
            CASE WHEN time_zone = ANY(%(zones)s) THEN time_zone ELSE 'UTC' END AS time_zone
        FROM people_person
    ) p ON p.id = told.person_id AND (p.left_on IS NULL OR p.left_on > %(today)s::date)
    CROSS JOIN LATERAL (SELECT {regular} AS send_on) day
), kept AS (
    SELECT wall.*, send_at < %(now)s AS missed, row_number() OVER (
        PARTITION BY person_id, {about}, task, due_on, send_at < %(now)s ORDER BY step DESC) AS nth
    FROM wall WHERE send_at < %(now)s OR NOT EXISTS (SELECT FROM people_leave a
        WHERE a.person_id = wall.person_id AND a.valid @> wall.send_on
            AND a.superseded_at IS NULL AND a.pauses_reminders)
), timed AS (
    SELECT k.person_id, {about}, k.candidate_id, k.task, k.step, k.phase_id, k.due_on, k.role,
        k.time_zone, day.send_on, (day.send_on + %(hour)s::time) AT TIME ZONE k.time_zone AS send_at
    FROM kept k CROSS JOIN LATERAL (
        SELECT CASE WHEN k.missed THEN {late} ELSE k.send_on END AS send_on) day
    WHERE (NOT k.missed OR k.nth = 1) AND NOT EXISTS (SELECT FROM people_leave a
        WHERE a.person_id = k.person_id AND a.valid @> day.send_on
            AND a.superseded_at IS NULL AND a.pauses_reminders)
)
SELECT DISTINCT ON (person_id, {about}, task, due_on, send_on) *
FROM timed ORDER BY person_id, {about}, task, due_on, send_on, step DESC
"""
"""Who is told when: 09:00 of a working day where the person is, never on leave.

Who is told, and the wall clock, are worked out once: merged into the rest they take longer to plan
than to run.

A step before the due date moves to an earlier working day, one after it to a later. Of the steps
that were missed, the latest is told at the next 09:00, which after a leave is the first working day
back. Two steps on one day are told as one. What lies beyond the horizon is left out early; a
working day is at most six days away.
"""

_NEAR = """due_on + step <= %(today)s::date + %(ahead)s
    + CASE WHEN step > 0 THEN 0 ELSE 6 END"""
_REGULAR = "told.due_on + told.step"
_LATE = """(%(now)s AT TIME ZONE k.time_zone)::date
    + CASE WHEN (%(now)s AT TIME ZONE k.time_zone)::time > %(hour)s THEN 1 ELSE 0 END"""
_WORKING_DAY = """({day}) + CASE WHEN extract(isodow FROM {day}) - 1 = ANY({days}) THEN 0
    ELSE coalesce((
        SELECT n * ({way}) FROM generate_series(1, 6) n
        WHERE extract(isodow FROM ({day}) + n * ({way})) - 1 = ANY({days})
        ORDER BY n LIMIT 1), 0) END"""
"""The day, or the next one in the direction `way` (1 or -1) that belongs to `days`."""


def told(scope: str, others: errands.Scope = errands.NOWHERE, near: str = "TRUE") -> str:
    """SQL of who hears of which task at which step, over the cases of a scope of `duties` and
    what else a scope of `errands` lets in; `near` is a condition on `due_on` and `step`."""
    sql = TOLD.replace("{owed}", duties.owed(scope)).replace("{errands}", errands.owed(others))
    return sql.replace("{about}", ABOUT).replace("{near}", near)


def dated(scope: str, others: errands.Scope) -> str:
    """SQL of the same with the day and the instant."""
    way = "CASE WHEN told.step > 0 THEN 1 ELSE -1 END"
    regular = _WORKING_DAY.format(day=_REGULAR, days="p.working_days", way=way)
    late = _WORKING_DAY.format(day=_LATE, days="k.working_days", way="1")
    sql = DATED.replace("{told}", told(scope, others, _NEAR)).replace("{about}", ABOUT)
    return sql.replace("{regular}", regular).replace("{late}", late)


def parameters(now: datetime.datetime, **more: Any) -> dict[str, Any]:
    """The values that `told` and `dated` ask for."""
    values = duties.parameters(now.astimezone(datetime.UTC).date(), **more)
    own = {"now": now, "steps": list(STEPS), "hour": HOUR, "zones": list(zones())}
    return {**own, "ahead": HORIZON.days + 1, **values}


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """Time zones that Python and the database know alike; anybody else gets UTC.

    Names such as CET are left out: the database takes them for an offset without summer time.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_timezone_names"
            " WHERE name = 'UTC' OR name NOT IN (SELECT abbrev FROM pg_timezone_abbrevs)"
        )
        return frozenset(name for (name,) in cursor.fetchall()) & known()
