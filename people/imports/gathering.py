"""The rows of a table taken apart into the columns that mean something, once and in passing."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from people.imports import words
from people.imports.cells import shown
from people.imports.choosing import Places, Rows, recognised
from people.imports.fields import Field, headings, squeezed
from people.imports.files import Line, Table
from people.imports.report import WARNING, Problem, Report

SAMPLED = 200  # rows by which a column is known, and among which its first word is looked for
NEAR = 3  # lines below the headings where they may stand a second time, in other words
Append = Callable[[str], None]
Put = tuple[Append, int]


@dataclass
class Gathered:
    """The line of each row; the texts of each column that means something, by field; those of
    further columns, by place; and the first text of every column."""

    lines: array = field(default_factory=lambda: array("I"))
    texts: dict[str, list[str]] = field(default_factory=dict)
    further: dict[int, list[str]] = field(default_factory=dict)
    samples: list[str] = field(default_factory=list)


def peeked(table: Table) -> tuple[Table, Rows]:
    """A table that can still be read from its beginning, and its first rows."""
    first = list(islice(table.rows, SAMPLED))
    return replace(table, rows=chain(first, table.rows)), [cells for _, cells in first]


def gather(
    rows: Iterable[Line],
    table: Table,
    places: Places,
    further: Sequence[int],
    fields: Sequence[Field],
    report: Report,
) -> Gathered:
    """The texts of the columns in `places` and `further`; what is about nobody is reported."""
    width, got = len(table.heading), Gathered(samples=[""] * len(table.heading))
    got.texts = {name: [] for name in places}
    got.further = {at: [] for at in further}
    put, joined = _put(got, places)
    nobody = _Nobody(table, fields, places).why
    first = _key_column(places, fields)
    for line, cells in rows:
        if len(cells) < width:
            cells += [""] * (width - len(cells))
        elif len(cells) > width and any(cells[width:]):
            report.problems.append(Problem(line, "", _many(cells, width), code="shape"))
        if not cells[first].isdigit() and (why := nobody(line, cells)):
            report.problems.append(Problem(line, "", why, WARNING, "shape", shown(cells[first])))
            continue
        if len(got.lines) < SAMPLED:
            got.samples = [old or cell for old, cell in zip(got.samples, cells, strict=False)]
        got.lines.append(line)
        for append, at in put:
            append(cells[at])
        for append, several in joined:
            append(" ".join(cells[at] for at in several if cells[at]))
    return got


def _put(got: Gathered, places: Places) -> tuple[list[Put], list[tuple[Append, list[int]]]]:
    """Where to put which cell of a row, and which cells together."""
    one = {name: at[0] for name, at in places.items() if len(at) == 1}
    put = [(got.texts[name].append, at) for name, at in one.items()]
    put += [(texts.append, at) for at, texts in got.further.items()]
    return put, [(got.texts[k].append, at) for k, at in places.items() if len(at) > 1]


def _many(cells: Sequence[str], width: int) -> str:
    return (
        f"This line has {len(cells)} cells, but there are {width} columns. Put quotes around a "
        "cell that holds the sign between cells."
    )


def _key_column(places: Places, fields: Sequence[Field]) -> int:
    return places.get(next(f.name for f in fields if f.required), [0])[0]


class _Nobody:
    """Tells the lines that are about no person."""

    def __init__(self, table: Table, fields: Sequence[Field], places: Places) -> None:
        self.heading, self.near = table.heading, table.heading_line + NEAR
        self.fields, self.wanted = fields, max(3, len(places) // 2)
        self.first = _key_column(places, fields)
        self.keys = headings(next(f for f in fields if f.required))

    def why(self, line: int, cells: Sequence[str]) -> str:
        """That it is a total, a footer, the headings once more; blank for a person."""
        text = cells[self.first]
        said = [cell for cell in cells if cell]
        if self._repeats(line, cells, text, len(said)):
            return "This line repeats the headings; it is not read."
        if said and words.TOTALS.match(said[0]) and (text in ("", said[0]) or len(said) < 3):
            return "This line is a total or a footer; it is not read."
        if len(said) == 1 and text and " " in text and len(self.heading) > 2:
            return "This line names nobody; it is not read."
        return ""

    def _repeats(self, line: int, cells: Sequence[str], text: str, said: int) -> bool:
        if list(cells[: len(self.heading)]) == self.heading:
            return True
        if said > 1 and not text[-1:].isdigit() and squeezed(text) in self.keys:
            return True
        numbered = any(letter.isdigit() or letter == "@" for letter in text)
        if numbered or line > self.near:
            return False
        return len(recognised(cells, self.fields)) >= self.wanted
