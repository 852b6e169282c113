"""How many people are below a leader, by track: from what is stored, or by the ways up of a day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection

from django.db import connection
from django.db.models import OuterRef, Q, Subquery, Sum, Value

from people.models import Headcount, Position, ReportingLine

Counts = dict[int, dict[str, int]]
"""Leader → track ("" for who stands on no level) → people below."""

DATED = """
WITH found AS (
    SELECT person_id, split_part(path, '/', %(place)s) AS leader
    FROM people_chain
    WHERE valid @> %(on)s::date AND path > %(path)s
        AND path < left(%(path)s, -1) || '0'
)
SELECT coalesce(nullif(found.leader, '')::bigint, 0), coalesce(track.kind, ''), count(*),
    count(*) FILTER (WHERE found.person_id = found.leader::bigint)
FROM found
LEFT JOIN ladders_placement placement ON placement.person_id = found.person_id
    AND placement.superseded_at IS NULL AND placement.valid @> %(on)s::date
LEFT JOIN ladders_level level ON level.id = placement.level_id
LEFT JOIN ladders_track track ON track.id = level.track_id
GROUP BY 1, 2
"""
# An overlap as NOT isempty(…) keeps the planner from the index on periods, which all rows fit.
LED = """
SELECT person_id, manager_id FROM people_reportingline
WHERE manager_id = {manager} AND superseded_at IS NULL
    AND NOT isempty(valid * daterange(%(on)s::date, %(on)s::date, '[]')) OFFSET 0
"""
NEAR = """
WITH reports AS MATERIALIZED ({of_leader}), near AS (
    TABLE reports
    UNION ALL
    SELECT led.* FROM reports CROSS JOIN LATERAL ({of_report}) led
)
SELECT manager_id, kind, count(*) FROM near
JOIN people_position USING (person_id) GROUP BY 1, 2
"""


def stored(
    leaders: Collection[int], *, and_reports_of: Collection[int] = ()
) -> tuple[Counts, dict[int, int]]:
    """On the day of the last count, and who manages whom of those counted. One query.

    With `and_reports_of` also for these, and for whoever leads among their reports.
    """
    which = Q(leader__in=leaders)
    path: Value | Subquery = Value("")
    if and_reports_of:
        lines = ReportingLine.objects.known_at().filter(manager__in=and_reports_of)
        which |= Q(leader__in=and_reports_of) | Q(leader__in=lines.values("person"))
        path = Subquery(Position.objects.filter(person=OuterRef("leader")).values("path"))
    rows = Headcount.objects.filter(which).values_list("leader", "kind", path)
    found: Counts = defaultdict(dict)
    managers: dict[int, int] = {}
    for leader, kind, way, people in rows.annotate(total=Sum("people")).order_by():
        if people:
            found[leader][kind] = people
            above = (way or "").split("/")[-3:-2]
            if above and above[0]:
                managers[leader] = int(above[0])
    return found, managers


def dated(path: str, on: datetime.date) -> Counts:
    """On any day: everybody below the end of a way up ("/" for all), and each of the reports
    there. One query over all who are below.
    """
    layers = path.count("/") - 1
    node = int(path.split("/")[-2]) if layers else 0
    found: Counts = defaultdict(lambda: defaultdict(int))
    with connection.cursor() as cursor:
        cursor.execute(DATED, {"path": path, "on": on, "place": layers + 2})
        for leader, kind, people, themselves in cursor.fetchall():
            found[node][kind] += people
            if people > themselves:
                found[leader][kind] += people - themselves
    return found


def by_manager(leader: int, on: datetime.date) -> Counts:
    """The reports of a leader and the reports of these, counted by who manages them. One query."""
    found: Counts = defaultdict(dict)
    first, then = LED.format(manager="%(leader)s"), LED.format(manager="reports.person_id")
    with connection.cursor() as cursor:
        cursor.execute(NEAR.format(of_leader=first, of_report=then), {"leader": leader, "on": on})
        for manager, kind, people in cursor.fetchall():
            found[manager][kind] = people
    return found
