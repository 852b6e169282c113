"""Rows of a spreadsheet as pieces of evidence: what is new, what is there, what is wrong."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from assessments import pieces
from people.folding import fold
from people.imports.files import Table

COLUMNS = {
    "what": ("what", "what did you do", "title", "description"),
    "happened_on": ("happened_on", "happened on", "date", "day", "on"),
    "competencies": ("competencies", "competency", "shows", "it shows"),
    "links": ("links", "link", "url"),
    "tags": ("tags", "tag"),
}
"""Field → how its column may be called."""
NEEDED = ("what", "happened_on", "competencies")
MOST_ROWS = 1_000
_RUNS = re.compile(r"^'(?=[=+\-@\t\r])")  # the apostrophe that our own files put there
Key = tuple[datetime.date, str]


@dataclass(frozen=True)
class Row:
    """One piece, ready to be added."""

    line: int
    what: str
    happened_on: datetime.date
    competencies: list[str]
    links: list[str]
    tags: list[str]


@dataclass(frozen=True)
class Problem:
    """What is wrong on a line, in which column."""

    line: int
    column: str
    message: str


@dataclass
class Report:
    """What a file would do."""

    described: str
    new: list[Row] = field(default_factory=list)
    there: int = 0
    problems: list[Problem] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    @property
    def lines_with_problems(self) -> int:
        """How many lines stay out."""
        return len({problem.line for problem in self.problems})


def key_of(happened_on: datetime.date, what: str) -> Key:
    """What makes two pieces the same: their day and their words."""
    return happened_on, fold(what)


def likeness(cells: list[str]) -> int:
    """How many of these cells name a column."""
    return len(_places(cells))


def missing(table: Table) -> list[str]:
    """The columns that have to be there and are not."""
    known = _places(table.heading)
    return [name for name in NEEDED if name not in known]


def understand(table: Table, known: Mapping[str, str], there: Collection[Key]) -> Report:
    """Compare a table with what is there. `known` are competencies: key → name.

    A piece that is there, or twice in the file, is left as it is: a second import changes nothing.
    """
    places = _places(table.heading)
    taken = set(there)
    used = set(places.values())
    report = Report(table.described)
    report.unused = [name for at, name in enumerate(table.heading) if at not in used]
    names = {fold(word): key for key, name in known.items() for word in (key, name)}
    for line, cells in table.rows:
        given = {
            name: _RUNS.sub("", cells[at]) if at < len(cells) else "" for name, at in places.items()
        }
        row, wrong = _row(line, given, names)
        report.problems += wrong
        if row is None:
            continue
        key = key_of(row.happened_on, row.what)
        if key in taken:
            report.there += 1
        else:
            taken.add(key)
            report.new.append(row)
    return report


def _places(names: list[str]) -> dict[str, int]:
    heading = [fold(name) for name in names]
    found: dict[str, int] = {}
    for name, words in COLUMNS.items():
        at = next((heading.index(word) for word in words if word in heading), None)
        if at is not None:
            found[name] = at
    return found


def _row(
    line: int, given: dict[str, str], names: Mapping[str, str]
) -> tuple[Row | None, list[Problem]]:
    day = _day(given["happened_on"])
    asked = _words(given["competencies"], ";")
    what = given["what"].replace("\r\n", "\n")
    fields = {
        "links": given.get("links", "").split(),
        "tags": _words(given.get("tags", ""), ";"),
    }
    found = pieces.problems(what=what, **fields, **({"happened_on": day} if day else {}))
    problems = [Problem(line, name, message) for name, (message,) in found.items()]
    if day is None:
        said = given["happened_on"] or "nothing"
        message = f"“{said[:40]}” is not a day; write it as 2026-03-31."
        problems.append(Problem(line, "happened_on", message))
    problems += [
        Problem(line, "competencies", f"“{word[:60]}” is not on your ladder.")
        for word in asked
        if fold(word) not in names
    ]
    if not asked or len(asked) > pieces.MOST:
        message = f"Name one to {pieces.MOST} competencies, with semicolons between them."
        problems.append(Problem(line, "competencies", message))
    if problems or day is None:
        return None, problems
    keys = list(dict.fromkeys(names[fold(word)] for word in asked))
    return (
        Row(
            line,
            what.strip(),
            day,
            keys,
            pieces.links(fields["links"]),
            pieces.tags(fields["tags"]),
        ),
        [],
    )


def _words(text: str, between: str) -> list[str]:
    return [word.strip() for word in text.split(between) if word.strip()]


def _day(text: str) -> datetime.date | None:
    for shape in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.datetime.strptime(text.strip(), shape).date()
        except ValueError:
            continue
    return None
