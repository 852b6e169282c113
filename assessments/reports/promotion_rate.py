"""promotion-rate: promotions ÷ average daily headcount at the level they started from."""

from __future__ import annotations

import json
from typing import Any

from assessments import statistics
from assessments.reports import cells, history, wording
from assessments.reports.base import Answer, Column, Definition, Report, Row
from assessments.reports.parameters import Parameters

COLUMNS = (
    Column("promotions", "Promotions", "count"),
    Column("average_headcount", "Average headcount", "number"),
    Column("opening_headcount", "Opening headcount", "count"),
    Column("eligible_headcount", "Eligible headcount", "count"),
    Column("rate", "Rate", "share"),
    Column("rate_low", "95 % from", "share"),
    Column("rate_high", "95 % to", "share"),
)
NUMBERS = tuple(column.name for column in COLUMNS)
PARTS = ("opening_headcount", "eligible_headcount")

OWN = """
counted AS (  -- one row a person and level: days in the period, there at its start, long enough
  SELECT slices.unit_id, slices.ladder_id, slices.key, slices.person_id,
    sum(greatest(0, upper(span.days) - lower(span.days))) AS days,
    bool_or(slices.days @> %(before)s) AS opening,
    bool_or(NOT isempty(span.days) AND (upper(span.days) - slices.clock_from - coalesce((
      SELECT sum(upper(away) - lower(away)) FROM unnest(
        leave.days * datemultirange(daterange(slices.clock_from, upper(span.days)))
      ) AS gone(away)), 0)) >= coalesce(names.usual_months, 0) * 365.2425 / 12) AS eligible
  FROM slices
  JOIN names USING (ladder_id, key)
  CROSS JOIN LATERAL (
    SELECT slices.days * daterange(%(first)s, %(last)s, '[]') AS days
  ) AS span
  LEFT JOIN (
    SELECT person_id, range_agg(days) AS days FROM people_leave WHERE stops_clock
    GROUP BY person_id
  ) AS leave ON leave.person_id = slices.person_id
  GROUP BY 1, 2, 3, 4
),
begun AS (  -- placements that began in the period, with the unit of the day before
  SELECT steps.*, lines.unit_id, lines.person_id IS NOT NULL AS inside
  FROM steps
  LEFT JOIN lines ON lines.person_id = steps.person_id AND lines.valid @> lower(steps.valid) - 1
  WHERE daterange(%(first)s, %(last)s, '[]') @> lower(steps.valid)
),
promoted AS (
  SELECT begun.unit_id, names.ladder_id, names.key, begun.person_id
  FROM begun JOIN names ON (names.ladder_id, names.key) = (begun.from_ladder_id, begun.from_key)
  WHERE begun.kind = 'promotion' AND (begun.inside OR %(teamless)s)
),
cells AS (
  SELECT unit_id, ladder_id, key, person_id, days, opening, eligible, 0 AS promotions FROM counted
  UNION ALL
  SELECT unit_id, ladder_id, key, person_id, 0, false, false, 1 FROM promoted
)
SELECT
  CASE WHEN grouping(unit_id) = 0 THEN 'unit' WHEN grouping(key) = 0 THEN 'level'
    WHEN grouping(track) = 0 THEN 'track' ELSE 'total' END AS cell,
  unit_id, ladder_id, key, track, ladder, ladder_title, grade, height, title,
  coalesce(sum(promotions), 0)::int AS promotions,
  coalesce(sum(days), 0)::float8 / (%(last)s::date - %(first)s::date + 1) AS average_headcount,
  count(DISTINCT person_id) FILTER (WHERE opening) AS opening_headcount,
  count(DISTINCT person_id) FILTER (WHERE eligible) AS eligible_headcount,
  count(DISTINCT person_id) FILTER (WHERE days > 0 OR promotions > 0) AS people,
  (SELECT jsonb_object_agg(kind, n) FROM (
    SELECT kind, count(*) AS n FROM begun
    JOIN names ON (names.ladder_id, names.key) = (begun.ladder_id, begun.key)
    WHERE kind <> 'promotion' AND (inside OR %(teamless)s)
      AND (%(track)s::text IS NULL OR names.track = %(track)s)
    GROUP BY kind) AS other) AS not_promotions,
  (SELECT count(*) FROM begun WHERE kind = 'promotion' AND from_key IS NULL
    AND %(teamless)s) AS from_nowhere,
  (SELECT array_agg(DISTINCT version.title || ' ' || version.number) FROM slices
    JOIN ladders_ladderversion version ON version.id = slices.version_id
    JOIN names ON (names.ladder_id, names.key) = (slices.ladder_id, slices.key)) AS versions
FROM cells JOIN names USING (ladder_id, key)
WHERE %(track)s::text IS NULL OR track = %(track)s
GROUP BY GROUPING SETS (
  (), (track), (unit_id),
  (ladder_id, key, track, ladder, ladder_title, grade, height, title)
)
"""


def run(parameters: Parameters) -> Answer:
    """Answer in one statement."""
    found = history.fetch(history.query(parameters, OWN), history.values(parameters))
    hidden = cells.hidden(found, parameters.k)
    rows = [_row(row, hidden) for row in found if row["cell"] == parameters.group_by]
    total = next(_row(row, hidden) for row in found if row["cell"] == "total")
    tracks = {row["track"]: _row(row, hidden) for row in found if row["cell"] == "track"}
    rows = cells.without_small(rows, total, PARTS, parameters.k)
    return Answer(
        sentence=_sentence(parameters, total, tracks),
        columns=(*wording.COLUMNS[parameters.group_by], *COLUMNS),
        rows=[
            {**wording.labels(row, parameters), **_numbers(row)}
            for row in sorted(rows, key=wording.order)
            if row["people"] or row["opening_headcount"] or row["hidden"]
        ],
        total=_numbers(total),
        excluded=_excluded(found[0], parameters.k),
        versions=sorted(found[0]["versions"] or []),
        suppressed=sum(row["hidden"] for row in rows),
    )


def _row(row: Row, hidden: frozenset) -> Row:
    """One cell with its rate and interval, or with nothing where it is hidden."""
    count, average = row["promotions"], row["average_headcount"]
    low, high = statistics.wilson(count, average) or (None, None)
    rate = statistics.share(count, average)
    row = {**row, "rate": rate, "rate_low": low, "rate_high": high}
    return cells.shown(row, (*NUMBERS, "people"), hide=cells.key_of(row) in hidden)


def _numbers(row: Row) -> Row:
    return {name: _rounded(row[name]) for name in NUMBERS} | {"hidden": row["hidden"]}


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


def _excluded(row: Row, k: int) -> list[dict[str, Any]]:
    """What the numerator leaves out, and why."""
    left_out = [
        {"what": wording.KINDS[kind], "count": count, "why": wording.NOT_PROMOTIONS[kind]}
        for kind, count in sorted(json.loads(row["not_promotions"] or "{}").items())
    ]
    if row["from_nowhere"]:
        left_out.append(
            {
                "what": "promotions from no known level",
                "count": row["from_nowhere"],
                "why": "there is no headcount to divide by",
            }
        )
    return [each | {"count": wording.at_least(each["count"], k)} for each in left_out]


def _sentence(parameters: Parameters, total: Row, tracks: dict[str, Row]) -> str:
    period = wording.period(parameters)
    if total["hidden"]:
        return f"Too few people are counted {period} to show a rate."
    if total["rate"] is None:
        return f"Nobody stood on these levels {period}."
    who = wording.counted(total["promotions"], "person was,people were")
    said = [
        f"{track} {wording.percent(row['rate'], 0)}"
        for track in ("staff", "manager")
        if (row := tracks.get(track)) and row["rate"] is not None
    ]
    sides = f"; {' and '.join(said)}" if len(said) == 2 else ""
    rate = wording.percent(total["rate"], 0)
    return f"{who} promoted {period}, {rate} of the average headcount{sides}"


def chart(answer: Answer) -> dict[str, Any]:
    """Rates with their intervals, in per cent, for the drawing."""
    return {
        "kind": "intervals",
        "title": "Promotion rate",
        "caption": "Promotions per 100 people, with 95 % intervals",
        "description": answer.sentence,
        "data": wording.grouped(answer.rows, "rate", scale=100, low="rate_low", high="rate_high"),
    }


REPORT = Report(
    id="promotion-rate",
    title="Promotion rate",
    question="How many of the people on a level were promoted from it?",
    definition=Definition(
        definition=(
            "Only placements of the kind promotion that began in the period are promotions. "
            "People on trial count at the level they hold. Where people stay briefly, the rate "
            "can pass 100 % and has no interval."
        ),
        formula="promotions ÷ average daily headcount; interval: Wilson score, 95 %",
        numerator="Promotions that began in the period, counted at the level held the day before",
        denominator=(
            "Days spent on the level in the period, summed over people, ÷ days of the period. "
            "Opening headcount: on the level on the day before the period. Eligible headcount: "
            "reached the usual months in level, net of leave, at some time in the period"
        ),
        population="Everybody with a placement on the level in the period, until their last day",
    ),
    group_bys=("level", "track", "unit"),
    takes_period=True,
    run=run,
    chart=chart,
)
