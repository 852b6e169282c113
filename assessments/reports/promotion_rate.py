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

ANYWHERE = """
slices AS (  -- days on a rung
  SELECT person_id, held AS rung, level_id, clock_from, daterange(start, stop) AS days,
    NULL::bigint AS unit_id
  FROM steps WHERE held IS NOT NULL AND (stop IS NULL OR stop > %(before)s)
)"""

IN_UNITS = """
spans AS MATERIALIZED (
  SELECT person_id, held AS rung, level_id, clock_from, daterange(start, stop) AS days
  FROM steps WHERE held IS NOT NULL AND (stop IS NULL OR stop > %(before)s)
),
slices AS (  -- days on a rung, cut by the unit in which they were spent
  SELECT spans.person_id, rung, level_id, clock_from, days * lines.valid AS days, lines.unit_id
  FROM spans JOIN lines ON lines.person_id = spans.person_id AND lines.valid && spans.days
  UNION ALL
  SELECT spans.person_id, rung, level_id, clock_from, rest.days, NULL
  FROM spans
  LEFT JOIN (
    SELECT person_id, range_agg(valid) AS days FROM lines GROUP BY person_id
  ) AS covered ON covered.person_id = spans.person_id
  CROSS JOIN LATERAL unnest(
    datemultirange(spans.days * daterange(%(before)s, %(last)s, '[]'))
      - coalesce(covered.days, '{}'::datemultirange)
  ) AS rest(days)
  WHERE %(teamless)s
)"""

OWN = """
inside AS MATERIALIZED (
  SELECT slices.*, slices.days * daterange(%(first)s, %(last)s, '[]') AS span, usual_months
  FROM slices JOIN asked USING (rung)
  WHERE slices.days && daterange(%(before)s, %(last)s, '[]')
),
away AS (
  SELECT person_id, range_agg(valid) AS days FROM people_leave
  WHERE stops_clock AND recorded_at <= %(known_at)s
    AND (superseded_at IS NULL OR superseded_at > %(known_at)s)
  GROUP BY person_id
),
counted AS (  -- one row a person and rung: days in the period, there at its start, long enough
  SELECT inside.unit_id, inside.rung, inside.person_id,
    sum(greatest(0, upper(span) - lower(span))) AS days,
    bool_or(inside.days @> %(before)s) AS opening,
    bool_or(NOT isempty(span) AND upper(span) - clock_from - CASE WHEN away.days IS NULL THEN 0
      ELSE (SELECT coalesce(sum(upper(gone) - lower(gone)), 0)
        FROM unnest(away.days * datemultirange(daterange(clock_from, upper(span)))) AS each(gone))
      END >= coalesce(usual_months, 0) * 365.2425 / 12) AS eligible
  FROM inside LEFT JOIN away ON away.person_id = inside.person_id
  GROUP BY 1, 2, 3
),
begun AS MATERIALIZED (  -- placements that began in the period, with the unit of the day before
  SELECT steps.person_id, steps.kind, steps.held, steps.held_before, lines.unit_id,
    lines.person_id IS NOT NULL OR %(teamless)s AS counts
  FROM steps
  LEFT JOIN lines ON lines.person_id = steps.person_id AND lines.valid @> steps.start - 1
  WHERE steps.start BETWEEN %(first)s AND %(last)s AND steps.held IS NOT NULL
),
cells AS (
  SELECT unit_id, rung, person_id, days, opening, eligible, 0 AS promotions FROM counted
  UNION ALL
  SELECT unit_id, held_before, person_id, 0, false, false, 1 FROM begun
  WHERE kind = 'promotion' AND counts
),
summed AS (
  SELECT grouping(unit_id, rung, track) AS cut, unit_id, rung, track,
    coalesce(sum(promotions), 0)::int AS promotions,
    coalesce(sum(days), 0)::float8 / (%(last)s::date - %(first)s::date + 1) AS average_headcount,
    count(DISTINCT person_id) FILTER (WHERE opening) AS opening_headcount,
    count(DISTINCT person_id) FILTER (WHERE eligible) AS eligible_headcount,
    count(DISTINCT person_id) FILTER (WHERE days > 0 OR promotions > 0) AS people
  FROM cells JOIN asked USING (rung)
  GROUP BY GROUPING SETS ((), (track), (rung), (unit_id))
)
SELECT (ARRAY['unit', 'level', 'track', 'total'])[array_position(ARRAY[3, 5, 6, 7], cut)] AS cell,
  unit_id, ladder_id, key, coalesce(summed.track, asked.track) AS track, ladder, grade, height,
  title, promotions, average_headcount, opening_headcount, eligible_headcount, people,
  (SELECT jsonb_object_agg(kind, n) FROM (
    SELECT kind, count(*) AS n FROM begun JOIN asked ON asked.rung = begun.held
    WHERE kind <> 'promotion' AND counts GROUP BY kind) AS other) AS not_promotions,
  (SELECT count(*) FROM begun
    WHERE kind = 'promotion' AND held_before IS NULL AND %(teamless)s) AS from_nowhere,
  (SELECT array_agg(DISTINCT version) FROM (SELECT DISTINCT level_id FROM inside) AS levels
    JOIN rung_of USING (level_id)) AS versions
FROM summed LEFT JOIN asked USING (rung)
"""


def run(parameters: Parameters) -> Answer:
    """Answer in one statement."""
    slices = IN_UNITS if history.needs_units(parameters) else ANYWHERE
    shared = (history.PLACED, history.STEPS)
    sql = history.statement(parameters, shared, slices + "," + OWN)
    found = history.fetch(sql, history.values(parameters))
    hidden = cells.hidden(found, parameters.k)
    rows = [_row(row, hidden) for row in found if row["cell"] == parameters.group_by]
    total = next(_row(row, hidden) for row in found if row["cell"] == "total")
    tracks = {row["track"]: _row(row, hidden) for row in found if row["cell"] == "track"}
    rows = cells.without_small(rows, total, PARTS, parameters.k)
    units = wording.named_units(parameters)
    return Answer(
        sentence=_sentence(parameters, total, tracks),
        columns=(*wording.COLUMNS[parameters.group_by], *COLUMNS),
        rows=[
            {**wording.labels(row, units), **_numbers(row)}
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
