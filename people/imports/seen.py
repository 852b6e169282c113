"""A row of the file beside the person it is about, as the database has them on its day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from people.imports.findings import BAD
from people.imports.organisation import LINE, STANDING, Standing
from people.imports.stage import Stage, stream

OWN_DAY = "coalesce(look.effective_on, %(on)s::date)"
SEEN = f"""
SELECT look.line, look.bad, wrong.line IS NOT NULL, held.id, held.name, held.employee_number,
    {STANDING}, {{said}}
FROM import_look look
LEFT JOIN people_person own ON own.employee_number = look.employee_number
LEFT JOIN people_person held ON held.email = look.email
LEFT JOIN people_person p
    ON p.id = coalesce(own.id, CASE WHEN held.employee_number IS NULL THEN held.id END)
{LINE.format(day=OWN_DAY)}
LEFT JOIN (SELECT DISTINCT line FROM ({BAD}) bad) wrong ON wrong.line = look.line
ORDER BY look.line
"""
MISSING = f"""
SELECT {STANDING} FROM people_person p {LINE.format(day="%(on)s::date")}
WHERE p.employee_number IS NOT NULL AND p.left_on IS NULL
    AND NOT EXISTS (SELECT FROM import_row r WHERE r.employee_number = p.employee_number)
ORDER BY p.id
"""
WIDTH = len(Standing._fields)


@dataclass(slots=True)
class Seen:
    """`person` is found by number, else somebody without one who has this e-mail; `holder` is who
    has the e-mail. Fields that the file has no column for are not in `values`, nor what is bad."""

    line: int
    values: dict[str, Any]
    wrong: bool
    person: Standing | None
    holder: int | None
    holder_name: str
    holder_key: str


def seen(stage: Stage, on: datetime.date) -> Iterator[Seen]:
    """The rows that may say something new, by line. Those with a problem are `wrong`."""
    said = ", ".join(f"look.{name}" for name in stage.said)
    for line, bad, wrong, holder, name, number, *rest in stream(SEEN.format(said=said), {"on": on}):
        values = dict(zip(stage.said, rest[WIDTH:], strict=True))
        for unreadable in (bad or "").strip(",").split(",") if bad else ():
            values.pop(unreadable, None)
        person = Standing._make(rest[:WIDTH]) if rest[0] is not None else None
        yield Seen(line, values, wrong, person, holder, name or "", number or f"#{holder}")


def missing(on: datetime.date) -> Iterator[Standing]:
    """People who work here and whom the file does not name."""
    return map(Standing._make, stream(MISSING, {"on": on}))
