"""level-distribution: how many people stand on each level, by unit, track and level."""

from __future__ import annotations

from typing import Any

from assessments import statistics
from assessments.reports import cells, history, wording
from assessments.reports.base import Answer, Column, Definition, Report, Row
from assessments.reports.parameters import Parameters

COLUMNS = (
    Column("headcount", "People", "count"),
    Column("on_trial", "of them on trial", "count"),
    Column("share", "Share of all", "share"),
)
NUMBERS = tuple(column.name for column in COLUMNS)

OWN = """
today AS (  -- where everybody is placed on the day
  SELECT placement.person_id, placement.kind, placement.level_id, lower(placement.valid) AS start
  FROM ladders_placement placement JOIN people_person person ON person.id = placement.person_id
  WHERE placement.valid @> %(last)s
    AND placement.recorded_at <= %(known_at)s
    AND (placement.superseded_at IS NULL OR placement.superseded_at > %(known_at)s)
    AND (person.left_on IS NULL OR person.left_on >= %(last)s)
),
trials AS MATERIALIZED (  -- on trial, the level held is the latest one that was no trial
  SELECT today.person_id, (
    SELECT before.level_id FROM ladders_placement before
    WHERE before.person_id = today.person_id AND before.kind <> 'trial'
      AND before.recorded_at <= %(known_at)s
      AND (before.superseded_at IS NULL OR before.superseded_at > %(known_at)s)
      AND lower(before.valid) < today.start
    ORDER BY lower(before.valid) DESC LIMIT 1) AS level_id
  FROM today WHERE kind = 'trial'
),
held AS (
  SELECT person_id, level_id, false AS trial FROM today WHERE kind <> 'trial'
  UNION ALL
  SELECT person_id, level_id, true FROM trials
),
standing AS MATERIALIZED (  -- people counted once by all that tells them apart
  SELECT lines.unit_id, held.level_id, held.trial, count(*) AS people
  FROM held LEFT JOIN lines ON lines.person_id = held.person_id AND lines.valid @> %(last)s
  WHERE %(teamless)s OR lines.person_id IS NOT NULL
  GROUP BY 1, 2, 3
),
named AS MATERIALIZED (
  SELECT standing.*, asked.rung, asked.track, rung_of.version
  FROM standing JOIN rung_of USING (level_id) JOIN asked USING (rung)
),
summed AS (
  SELECT grouping(unit_id, rung, track) AS cut, unit_id, rung, track,
    coalesce(sum(people), 0)::int AS people,
    coalesce(sum(people) FILTER (WHERE trial), 0)::int AS on_trial
  FROM named GROUP BY GROUPING SETS ((), (track), (rung), (unit_id), (unit_id, rung))
)
SELECT (ARRAY['unit_level', 'unit', 'level', 'track', 'total'])[
    array_position(ARRAY[1, 3, 5, 6, 7], cut)] AS cell,
  unit_id, ladder_id, key, coalesce(summed.track, asked.track) AS track, ladder, grade, height,
  title, people, people AS headcount, on_trial,
  (SELECT count(*) FROM trials WHERE level_id IS NULL AND %(teamless)s) AS nowhere,
  (SELECT array_agg(DISTINCT version) FROM named) AS versions
FROM summed LEFT JOIN asked USING (rung)
"""


def run(parameters: Parameters) -> Answer:
    """Answer in one statement."""
    sql = history.statement(parameters, (), OWN)
    found = history.fetch(sql, history.values(parameters))
    hidden = cells.hidden(found, parameters.k)
    everybody = next(row["headcount"] for row in found if row["cell"] == "total")
    found = [_row(row, everybody, hidden) for row in found]
    cut = "unit_level" if parameters.group_by == "unit" else parameters.group_by
    rows = [row for row in found if row["cell"] == cut]
    total = next(row for row in found if row["cell"] == "total")
    tracks = {row["track"]: row for row in found if row["cell"] == "track"}
    rows = cells.without_small(rows, total, ("on_trial",), parameters.k)
    units = wording.named_units(parameters)
    return Answer(
        sentence=_sentence(parameters, total, tracks),
        columns=(*wording.COLUMNS[cut], *COLUMNS),
        rows=[
            {**wording.labels(row, units), **_numbers(row)}
            for row in sorted(rows, key=wording.order)
        ],
        total=_numbers(total),
        excluded=_excluded(total, parameters.k),
        versions=sorted(total["versions"] or []),
        suppressed=sum(row["hidden"] for row in rows),
    )


def _row(row: Row, everybody: int, hidden: frozenset) -> Row:
    row = {**row, "share": statistics.share(row["headcount"], everybody)}
    return cells.shown(row, NUMBERS, hide=cells.key_of(row) in hidden)


def _numbers(row: Row) -> Row:
    share = row["share"]
    return {
        "headcount": row["headcount"],
        "on_trial": row["on_trial"],
        "share": None if share is None else round(share, 4),
        "hidden": row["hidden"],
    }


def _excluded(row: Row, k: int) -> list[dict[str, Any]]:
    if not row["nowhere"]:
        return []
    return [
        {
            "what": "people on trial",
            "count": wording.at_least(row["nowhere"], k),
            "why": "they held no level before the trial",
        }
    ]


def _sentence(parameters: Parameters, total: Row, tracks: dict[str, Row]) -> str:
    day = wording.long_day(parameters.as_of)
    if total["hidden"]:
        return f"Too few people are counted on {day} to show where they stand."
    if not total["headcount"]:
        return f"Nobody stood on these levels on {day}."
    said = [
        f"{wording.number(row['headcount'])} on the {track} track"
        for track in ("shared", "staff", "manager")
        if (row := tracks.get(track)) and not row["hidden"]
    ]
    people = wording.counted(total["headcount"], "person stands,people stand")
    sides = f": {wording.listed(said)}" if len(said) > 1 else ""
    return f"{people} on the ladder on {day}{sides}"


def chart(answer: Answer) -> dict[str, Any]:
    """Headcounts for the drawing."""
    return {
        "kind": "bars",
        "title": "People by level",
        "caption": "People who hold the level",
        "description": answer.sentence,
        "data": wording.grouped(answer.rows, "headcount"),
    }


REPORT = Report(
    id="level-distribution",
    title="Level distribution",
    question="How many people stand on which level?",
    definition=Definition(
        definition=(
            "Where everybody stands on one day. People on trial count at the level they hold."
        ),
        formula="people who hold the level on the day",
        numerator="People who hold the level",
        denominator="For the share: everybody who is counted",
        population="Everybody with a placement on the day who has not left",
    ),
    group_bys=("level", "track", "unit"),
    takes_period=False,
    run=run,
    chart=chart,
)
