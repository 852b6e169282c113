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
standing AS (  -- where everybody stands on the day
  SELECT slices.unit_id, slices.person_id, slices.kind, slices.version_id, names.*
  FROM slices JOIN names USING (ladder_id, key)
  WHERE slices.days @> %(last)s AND (%(track)s::text IS NULL OR names.track = %(track)s)
)
SELECT
  CASE WHEN grouping(unit_id, key) = 0 THEN 'unit_level' WHEN grouping(unit_id) = 0 THEN 'unit'
    WHEN grouping(key) = 0 THEN 'level' WHEN grouping(track) = 0 THEN 'track' ELSE 'total'
  END AS cell,
  unit_id, ladder_id, key, track, ladder, ladder_title, grade, height, title,
  count(*) AS people, count(*) AS headcount,
  count(*) FILTER (WHERE kind = 'trial') AS on_trial,
  (SELECT count(DISTINCT runs.person_id) FROM runs
    WHERE runs.run = 0 AND runs.valid @> %(last)s AND %(teamless)s) AS nowhere,
  (SELECT array_agg(DISTINCT version.title || ' ' || version.number) FROM standing
    JOIN ladders_ladderversion version ON version.id = standing.version_id) AS versions
FROM standing
GROUP BY GROUPING SETS (
  (), (track), (unit_id),
  (ladder_id, key, track, ladder, ladder_title, grade, height, title),
  (unit_id, ladder_id, key, track, ladder, ladder_title, grade, height, title)
)
"""


def run(parameters: Parameters) -> Answer:
    """Answer in one statement."""
    found = history.fetch(history.query(parameters, OWN), history.values(parameters))
    hidden = cells.hidden(found, parameters.k)
    everybody = next(row["headcount"] for row in found if row["cell"] == "total")
    found = [_row(row, everybody, hidden) for row in found]
    cut = "unit_level" if parameters.group_by == "unit" else parameters.group_by
    rows = [row for row in found if row["cell"] == cut]
    total = next(row for row in found if row["cell"] == "total")
    tracks = {row["track"]: row for row in found if row["cell"] == "track"}
    rows = cells.without_small(rows, total, ("on_trial",), parameters.k)
    return Answer(
        sentence=_sentence(parameters, total, tracks),
        columns=(*wording.COLUMNS[cut], *COLUMNS),
        rows=[
            {**wording.labels(row, parameters), **_numbers(row)}
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
