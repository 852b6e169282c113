"""SQL shared by reports: who held which level when and in which unit, as it was known.

Each constant is one common table expression; `query` puts them before a report's own. Days are
counted from the first to the last of a period, a range's upper bound is the day after. Values are
parameters of the statement, never text in it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections

from assessments.reports.parameters import Parameters

NAMES = """
names AS (  -- one row a rung: its newest words
  SELECT DISTINCT ON (version.ladder_id, level.key)
    version.ladder_id, level.key, ladder.slug AS ladder, ladder.title AS ladder_title,
    track.kind AS track, grade.rank AS grade, level."order" AS height,
    coalesce(nullif(level.titles[1], ''), nullif(level.code, ''), level.key) AS title,
    level.typical_months_min AS usual_months
  FROM ladders_level level
  JOIN ladders_ladderversion version ON version.id = level.version_id
  JOIN ladders_ladder ladder ON ladder.id = version.ladder_id
  JOIN ladders_track track ON track.id = level.track_id
  LEFT JOIN ladders_grade grade ON grade.id = level.grade_id
  WHERE (%(ladder)s::bigint IS NULL OR ladder.id = %(ladder)s)
  ORDER BY version.ladder_id, level.key, version.state = 'published' DESC,
    version.published_at DESC NULLS LAST, version.id DESC
)"""

PLACED = """
placed AS (  -- what stood at known_at, cut off where people left
  SELECT placement.person_id, placement.kind, version.ladder_id, level.key,
    version.id AS version_id,
    placement.valid * daterange(NULL, person.left_on, '[]') AS valid
  FROM ladders_placement placement
  JOIN ladders_level level ON level.id = placement.level_id
  JOIN ladders_ladderversion version ON version.id = level.version_id
  JOIN people_person person ON person.id = placement.person_id
  WHERE placement.recorded_at <= %(known_at)s
    AND (placement.superseded_at IS NULL OR placement.superseded_at > %(known_at)s)
    AND placement.valid && daterange(NULL, %(last)s, '[]')
)"""

RUNS = """
runs AS (  -- a trial belongs to the run of the level held before it; run 0 has none
  SELECT *, count(*) FILTER (WHERE kind <> 'trial')
    OVER (PARTITION BY person_id ORDER BY lower(valid)) AS run
  FROM placed WHERE NOT isempty(valid)
)"""

HELD = """
held AS (
  SELECT person_id, kind, valid, run, version_id, key AS placed_key,
    first_value(ladder_id) OVER of_run AS ladder_id, first_value(key) OVER of_run AS key
  FROM runs WHERE run > 0
  WINDOW of_run AS (PARTITION BY person_id, run ORDER BY lower(valid))
)"""

STEPS = """
steps AS (  -- with the level held before, and the day from which the clock of this one runs
  SELECT *, min(lower(valid)) OVER (PARTITION BY person_id, stretch) AS clock_from
  FROM (
    SELECT *, count(*) FILTER (WHERE kind = 'hire' OR kind <> 'relevel'
        AND (from_ladder_id, from_key) IS DISTINCT FROM (ladder_id, key))
      OVER (PARTITION BY person_id ORDER BY lower(valid)) AS stretch
    FROM (
      SELECT *, lag(ladder_id) OVER in_time AS from_ladder_id, lag(key) OVER in_time AS from_key
      FROM held WINDOW in_time AS (PARTITION BY person_id ORDER BY lower(valid))
    ) AS followed
  ) AS stretched
)"""

UNITS = """
units AS (  -- the row of the report that each team counts for: the nearest above it
  SELECT team.id AS team_id, (
    SELECT unit.id FROM unnest(%(unit_ids)s::bigint[], %(unit_paths)s::text[]) AS unit(id, path)
    WHERE starts_with(team.path, unit.path) ORDER BY length(unit.path) DESC LIMIT 1
  ) AS unit_id
  FROM people_team team
)"""

LINES = """
lines AS (
  SELECT line.person_id, line.valid, units.unit_id
  FROM people_reportingline line JOIN units ON units.team_id = line.team_id
  WHERE units.unit_id IS NOT NULL
    AND line.recorded_at <= %(known_at)s
    AND (line.superseded_at IS NULL OR line.superseded_at > %(known_at)s)
    AND line.valid && daterange(%(before)s, %(last)s, '[]')
)"""

NOWHERE = """
lines AS (  -- no unit is asked about
  SELECT person_id, valid, NULL::bigint AS unit_id FROM people_reportingline WHERE false
)"""

ANYWHERE = """
slices AS (
  SELECT steps.*, valid AS days, NULL::bigint AS unit_id
  FROM steps WHERE valid && daterange(%(before)s, %(last)s, '[]')
)"""

IN_UNITS = """
slices AS (  -- days on a level, cut by the unit in which they were spent
  SELECT steps.*, steps.valid * lines.valid AS days, lines.unit_id
  FROM steps JOIN lines ON lines.person_id = steps.person_id AND lines.valid && steps.valid
  WHERE steps.valid && daterange(%(before)s, %(last)s, '[]')
  UNION ALL
  SELECT steps.*, rest.days, NULL
  FROM steps
  LEFT JOIN (
    SELECT person_id, range_agg(valid) AS days FROM lines GROUP BY person_id
  ) AS covered ON covered.person_id = steps.person_id
  CROSS JOIN LATERAL unnest(
    datemultirange(steps.valid * daterange(%(before)s, %(last)s, '[]'))
      - coalesce(covered.days, '{}'::datemultirange)
  ) AS rest(days)
  WHERE %(teamless)s
)"""


def query(parameters: Parameters, own: str) -> str:
    """One statement: the shared expressions that `parameters` need, then the report's own."""
    shared = [NAMES, PLACED, RUNS, HELD, STEPS]
    shared += [UNITS, LINES, IN_UNITS] if needs_units(parameters) else [NOWHERE, ANYWHERE]
    return "WITH" + ",".join(shared) + "," + own


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


def fetch(statement: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Run one statement on the database that reports read from."""
    with connections[settings.REPORTS_DATABASE].cursor() as cursor:
        cursor.execute(statement, given)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
