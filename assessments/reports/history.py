"""SQL shared by reports: who held which level when and in which unit, as it was known.

Each constant is one common table expression; a report puts those it needs before its own. A rung
is a level in whatever version, numbered for the length of one statement. `start` is a first day,
`stop` the day after the last. Values are parameters of the statement, never text in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connections

from assessments.reports.parameters import Parameters

RUNGS = """
rungs AS MATERIALIZED (  -- the newest words of every rung
  SELECT row_number() OVER (ORDER BY ladder_id, key) AS rung, newest.*
  FROM (
    SELECT DISTINCT ON (version.ladder_id, level.key)
      version.ladder_id, level.key, ladder.slug AS ladder, track.kind AS track,
      grade.rank AS grade, level."order" AS height, level.typical_months_min AS usual_months,
      coalesce(nullif(level.titles[1], ''), nullif(level.code, ''), level.key) AS title
    FROM ladders_level level
    JOIN ladders_ladderversion version ON version.id = level.version_id
    JOIN ladders_ladder ladder ON ladder.id = version.ladder_id
    JOIN ladders_track track ON track.id = level.track_id
    LEFT JOIN ladders_grade grade ON grade.id = level.grade_id
    ORDER BY version.ladder_id, level.key, version.state = 'published' DESC,
      version.published_at DESC NULLS LAST, version.id DESC
  ) AS newest
),
asked AS MATERIALIZED (  -- those that the question is about
  SELECT * FROM rungs
  WHERE (%(ladder)s::bigint IS NULL OR ladder_id = %(ladder)s)
    AND (%(track)s::text IS NULL OR track = %(track)s)
),
rung_of AS MATERIALIZED (
  SELECT level.id AS level_id, rungs.rung, version.title || ' ' || version.number AS version
  FROM ladders_level level
  JOIN ladders_ladderversion version ON version.id = level.version_id
  JOIN rungs ON (rungs.ladder_id, rungs.key) = (version.ladder_id, level.key)
)"""

PLACED = """
placed AS (  -- what stood at known_at, cut off where people left
  SELECT placement.person_id, placement.kind, rung_of.rung, placement.level_id,
    lower(placement.valid) AS start, least(upper(placement.valid), person.left_on + 1) AS stop
  FROM ladders_placement placement
  JOIN rung_of ON rung_of.level_id = placement.level_id
  JOIN people_person person ON person.id = placement.person_id
  WHERE placement.recorded_at <= %(known_at)s
    AND (placement.superseded_at IS NULL OR placement.superseded_at > %(known_at)s)
    AND lower(placement.valid) <= %(last)s
    AND (person.left_on IS NULL OR person.left_on >= lower(placement.valid))
)"""

STEPS = """
steps AS MATERIALIZED (  -- the rung held, the one held before, and since when its clock runs
  SELECT *, max(start) FILTER (
      WHERE kind = 'hire' OR kind <> 'relevel' AND held_before IS DISTINCT FROM held
    ) OVER in_time AS clock_from
  FROM (
    SELECT *, lag(held) OVER in_time AS held_before
    FROM (  -- on trial: the latest rung that was no trial, found as the highest of day and rung
      SELECT *, max((start - date '0001-01-01') * 1000000::bigint + rung)
        FILTER (WHERE kind <> 'trial') OVER in_time %% 1000000 AS held
      FROM placed WINDOW in_time AS (PARTITION BY person_id ORDER BY start)
    ) AS held
    WINDOW in_time AS (PARTITION BY person_id ORDER BY start)
  ) AS followed
  WINDOW in_time AS (PARTITION BY person_id ORDER BY start)
)"""

LINES = """
units AS MATERIALIZED (  -- the row of the report that each team counts for: the nearest above it
  SELECT team.id AS team_id, (
    SELECT unit.id FROM unnest(%(unit_ids)s::bigint[], %(unit_paths)s::text[]) AS unit(id, path)
    WHERE starts_with(team.path, unit.path) ORDER BY length(unit.path) DESC LIMIT 1
  ) AS unit_id
  FROM people_team team
),
lines AS MATERIALIZED (
  SELECT line.person_id, line.valid, units.unit_id
  FROM people_reportingline line JOIN units ON units.team_id = line.team_id
  WHERE units.unit_id IS NOT NULL
    AND line.recorded_at <= %(known_at)s
    AND (line.superseded_at IS NULL OR line.superseded_at > %(known_at)s)
    AND line.valid && daterange(%(before)s, %(last)s, '[]')
)"""

NO_LINES = """
lines AS (  -- no unit is asked about
  SELECT person_id, valid, NULL::bigint AS unit_id FROM people_reportingline WHERE false
)"""


def statement(parameters: Parameters, shared: Sequence[str], own: str) -> str:
    """One statement: the shared expressions a report needs, with lines if units matter, its own."""
    lines = LINES if needs_units(parameters) else NO_LINES
    return "WITH" + ",".join([RUNGS, *shared, lines]) + "," + own


def needs_units(parameters: Parameters) -> bool:
    """True when the question is bounded or cut by unit."""
    return bool(parameters.bases) or parameters.group_by == "unit"


def values(parameters: Parameters) -> dict[str, Any]:
    """What the statement is given; `before` is the day before the period."""
    units = parameters.unit_rows if parameters.group_by == "unit" else parameters.bases
    return {
        "ladder": parameters.ladder.pk if parameters.ladder else None,
        "track": parameters.track or None,
        "known_at": parameters.known_at,
        "first": parameters.first,
        "last": parameters.last,
        "before": parameters.first.fromordinal(parameters.first.toordinal() - 1),
        "unit_ids": [team.pk for team in units],
        "unit_paths": [team.path for team in units],
        "teamless": not parameters.bases,
    }


def fetch(sql: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Run one statement on the database that reports read from."""
    with connections[settings.REPORTS_DATABASE].cursor() as cursor:
        cursor.execute(sql, given)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
