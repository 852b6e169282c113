"""A file column by column: what each one means, and the values that stand in it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from people.imports.bosses import Choice, Sample
from people.imports.cells import Bad, Cells, shown
from people.imports.choosing import Places, Rows, recognised
from people.imports.facts import Facts
from people.imports.fields import Field
from people.imports.files import Likeness, Line, Table
from people.imports.gathering import Gathered, gather, peeked
from people.imports.mapping import Mapping
from people.imports.places import (
    bosses,
    doubtful,
    no_column,
    placed,
    refuse_what_is_no_table,
)
from people.imports.progress import SILENT, Progress
from people.imports.report import ERROR, WARNING, Problem, Report

BATCH = 4_000  # rows that are at hand together
KNOWN_AS = "known_as"
"""The column of a sheet that holds the key by which managers are named."""
Reader = tuple[str, Cells]
"""The heading of a column, and what makes its cells into values."""


NO_ROWS = "There is no row below the headings."


@dataclass
class Row:
    """What one line says; fields that the file has no column for are not in `values`."""

    line: int
    values: dict[str, Any]


@dataclass
class Sheet:
    """Every row, column by column, which is small and quick; a Row is made where one is wanted."""

    lines: array = field(default_factory=lambda: array("I"))
    columns: dict[str, list[Any]] = field(default_factory=dict)
    spoilt: bool = True
    """Whether some cells may be Bad."""

    def __len__(self) -> int:
        return len(self.lines)

    def row(self, at: int) -> Row:
        """One row; what could not be read is not in it."""
        values = {name: column[at] for name, column in self.columns.items()}
        return Row(self.lines[at], {k: v for k, v in values.items() if v.__class__ is not Bad})

    def rows(self) -> list[Row]:
        """All of them; for small files."""
        return [self.row(at) for at in range(len(self))]


def likeness(fields: Iterable[Field], mapping: Mapping) -> Likeness:
    """How many cells of a line are headings, by the mapping or as they usually are."""
    fields = list(fields)
    named = {name.casefold() for names in mapping.columns.values() for name in names}

    def like(cells: list[str]) -> int:
        found = len(recognised(cells, fields)) if mapping.others == "guess" else 0
        return found + len(named & {cell.casefold() for cell in cells})

    return like


def understand(
    table: Table,
    mapping: Mapping,
    fields: Iterable[Field],
    report: Report,
    progress: Progress = SILENT,
) -> Sheet:
    """Every row with its values; problems go to the report. A row with problems is kept."""
    return next(batches(table, mapping, fields, report, Facts(), progress))


def batches(
    table: Table,
    mapping: Mapping,
    fields: Iterable[Field],
    report: Report,
    facts: Facts,
    progress: Progress = SILENT,
    size: int | None = None,
) -> Iterator[Sheet]:
    """The same, some rows at a time. What must be decided for whole columns is decided by `facts`
    and the first rows; the facts learn from all, and may have come to say something else."""
    table, peek = peeked(table)
    reading = Reading(table, peek, mapping, list(fields), report, facts)
    yield from reading.sheets(progress.over(table.rows, "Reading", table.guess), size)


class Reading:
    """Makes the rows of a table into sheets, one batch after the other."""

    def __init__(
        self,
        table: Table,
        peek: Rows,
        mapping: Mapping,
        fields: list[Field],
        report: Report,
        facts: Facts,
    ) -> None:
        self.table, self.mapping, self.fields = table, mapping, fields
        self.report, self.facts = report, facts
        self.places = placed(table.heading, mapping, fields, peek)
        required = next(f for f in fields if f.required)
        if not self.places and required.name not in mapping.constants:
            refuse_what_is_no_table(table, peek)
        self.bosses = bosses(table.heading, self.places, mapping, fields, peek)
        self.missing = required.name not in {*self.places, *mapping.constants}
        self.further = [*self.bosses.columns[1:], *self.bosses.keys]
        self.sample: Sample | None = None
        self.readers: list[Reader] = []
        if self.missing:
            why = no_column(required, table.heading)
            report.problems.append(Problem(0, required.label, why, code="column"))
        if table.doubt:
            report.problems.append(doubtful(table.doubt))
        if facts.choice:
            self._chosen(facts.choice)

    def sheets(self, rows: Iterator[Line], size: int | None) -> Iterator[Sheet]:
        """None at all where the file must be gone through before anything can be said of it."""
        for number, some in enumerate(_parts(rows, size)):
            got = gather(some, self.table, self.places, self.further, self.fields, self.report)
            self.report.rows += len(got.lines)
            self.facts.learn(got.texts, self.fields)
            if self.sample:
                self.sample.look(got.texts, got.further)
                continue
            if not number:
                self._begin(got, whole=len(some) != size)
            for column in self.report.columns:
                column["asked"] = self.facts.asked if column["field"] == "status" else []
            if not self.sample:
                yield self._sheet(got)
        if self.sample:
            self.facts.choice = self.sample.choose()
        if not self.report.rows:
            severity = ERROR if self.mapping.missing == "left" else WARNING
            self.report.problems.append(Problem(0, "", NO_ROWS, severity, "shape"))

    def _begin(self, got: Gathered, *, whole: bool) -> None:
        """Decide what the first rows can decide."""
        if not self.missing and self.bosses.doubtful and not self.facts.choice:
            if not whole:
                self.sample = Sample(self.bosses, got.texts, got.further)
                return
            self._chosen(self.bosses.choose(got.texts, got.further), applied=True)
        if not self.missing:
            self.facts.leave_out(self.places, self.mapping, self.table, self.report)
            first = self.facts.first(
                self.places, self.mapping, self.fields, self.table, self.report
            )
            self.readers = self._readers(first)
        self.report.columns = _described(self.table.heading, self.places, self.fields, got.samples)

    def _chosen(self, choice: Choice, *, applied: bool = False) -> None:
        """Managers are named in this column, by that key, which stands beside them in the sheet
        where nobody applied it."""
        heading, first = self.table.heading, self.bosses.columns[0]
        self.places["manager"] = [choice.at]
        self.further = [] if applied or choice.key is None else [choice.key]
        if choice.key is not None:
            key = heading[choice.key]
            why = f"This names managers by “{key}”, and so they were found."
        elif choice.at != first:
            other = heading[first]
            why = f"Managers are taken from here, because “{other}” names nobody in this file."
        else:
            return
        problem = Problem(self.table.heading_line, heading[choice.at], why, WARNING, "column")
        self.report.problems.append(problem)

    def _readers(self, first: str) -> list[Reader]:
        fields = [f for f in self.fields if f.name in {*self.mapping.constants, *self.places}]
        return [(self._label(f), Cells(f, self.mapping, first)) for f in fields]

    def _label(self, field_: Field) -> str:
        if field_.name in self.mapping.constants:
            return field_.label
        return " + ".join(self.table.heading[at] for at in self.places[field_.name])

    def _sheet(self, got: Gathered) -> Sheet:
        """The values of some rows; their problems go to the report."""
        if self.missing:
            return Sheet()
        sheet = Sheet(got.lines)
        for label, cells in self.readers:
            name, constant = cells.field.name, self.mapping.constants.get(cells.field.name)
            column = got.texts[name] if constant is None else [constant] * len(sheet)
            values = sheet.columns[name] = cells.read(column)
            for at, value in _bad(values) if cells.spoilt else ():
                line, shows = sheet.lines[at], shown(column[at])
                problem = Problem(line, label, value.reason, ERROR, cells.field.kind, shows)
                self.report.problems.append(problem)
            if name == "manager" and self.further and self.facts.choice:
                sheet.columns[KNOWN_AS] = cells.read(got.further[self.further[0]])
        sheet.spoilt = any(cells.spoilt for _, cells in self.readers)
        _without_team(sheet.columns)
        return sheet


def _parts(rows: Iterator[Line], size: int | None) -> Iterator[list[Line]]:
    """At least one, which may be empty."""
    some = list(islice(rows, size))
    yield some
    while some and (some := list(islice(rows, size))):
        yield some


def _without_team(columns: dict[str, list[Any]]) -> None:
    """Who is in no team of a department is in the department."""
    if "team" in columns and "team_parent" in columns:
        both = zip(columns["team"], columns["team_parent"], strict=True)
        columns["team"] = [parent if team is None else team for team, parent in both]


def _bad(values: list[Any]) -> Iterator[tuple[int, Bad]]:
    return ((at, value) for at, value in enumerate(values) if value.__class__ is Bad)


def _described(
    heading: list[str], places: Places, fields: list[Field], samples: list[str]
) -> list[dict[str, Any]]:
    labels = {f.name: f.label for f in fields}
    meant = {at: name for name, several in places.items() for at in several}
    return [
        {
            "column": name,
            "field": meant.get(at, ""),
            "label": labels.get(meant.get(at, ""), ""),
            "sample": shown(samples[at])[:60],
        }
        for at, name in enumerate(heading)
        if name or at in meant
    ]


def with_names(sheet: Sheet) -> None:
    """First and last name are the name, where there is no whole one."""
    columns = sheet.columns
    parts = [columns.pop(name) for name in ("first_name", "last_name") if name in columns]
    if not parts:
        return
    whole = columns.get("name") or [None] * len(sheet)
    columns["name"] = [
        name or _joined(several) for name, *several in zip(whole, *parts, strict=True)
    ]


def _joined(parts: list[Any]) -> Any:
    bad = next((part for part in parts if part.__class__ is Bad), None)
    return bad or " ".join(part for part in parts if part) or None
