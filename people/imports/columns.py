"""A file column by column: what each one means, and the values that stand in it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from people.imports import dates, words
from people.imports.cells import Bad, Cells, shown
from people.imports.fields import Field, heading_key, headings, recognised
from people.imports.files import Likeness, Table, refuse
from people.imports.mapping import Mapping
from people.imports.progress import SILENT, Progress
from people.imports.report import ERROR, WARNING, Problem, Report

SAMPLED = 200  # rows among which a first word of each column is looked for
UNIQUE = ("employee_number", "name", "email", "first_name", "last_name")
Places = dict[str, list[int]]
"""In which columns each field stands; several are joined by a space."""


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
    fields = list(fields)
    places = _places(table.heading, mapping, fields)
    required = next(f for f in fields if f.required)
    if not places and required.name not in mapping.constants:
        raise refuse(_no_column(required, table.heading))
    sheet, texts, samples = _gather(table, places, required, report, progress)
    report.rows = len(sheet)
    missing = [f for f in fields if f.required and f.name not in {*places, *mapping.constants}]
    if missing:
        words_ = _no_column(missing[0], table.heading)
        report.problems.append(Problem(0, missing[0].label, words_, code="column"))
        sheet.lines = array("I")
    else:
        _leave_out(texts, places, mapping, table, report)
        _convert(sheet, texts, places, mapping, fields, table, report)
    report.columns = _described(table.heading, places, fields, samples)
    return sheet


def _places(heading: list[str], mapping: Mapping, fields: list[Field]) -> Places:
    """As the mapping says, else under a usual heading."""
    position = {name.casefold(): at for at, name in reversed(list(enumerate(heading)))}
    places: Places = {}
    for name, wanted in mapping.columns.items():
        if missing := [column for column in wanted if column.casefold() not in position]:
            raise refuse(f"The mapping names “{missing[0]}”, but the file has no such column.")
        places[name] = [position[column.casefold()] for column in wanted]
    if mapping.others == "ignore":
        return places
    taken = {at for columns in places.values() for at in columns}
    open_ = [f for f in fields if f.name not in places and f.name not in mapping.constants]
    found = recognised(heading, open_, taken)
    halves = "first_name" in found and "last_name" not in found and "name" in found
    if halves and heading_key(heading[found["name"]]) == "name":
        found["last_name"] = found.pop("name")  # “Name, Vorname”
    return places | {name: [at] for name, at in found.items()}


def _no_column(field: Field, heading: list[str]) -> str:
    names = ", ".join(f"“{name[:40]}”" for name in heading[:12])
    return f"No column for “{field.label}” was found. The columns are: {names}."


Gathered = tuple[Sheet, dict[str, list[str]], list[str]]


def _gather(
    table: Table, places: Places, key: Field, report: Report, progress: Progress
) -> Gathered:
    """The texts of the columns that mean something, and the first text of every column."""
    width, sheet = len(table.heading), Sheet()
    texts: dict[str, list[str]] = {name: [] for name in places}
    samples = [""] * width
    kept: dict[str, str] = {}
    put = [
        (texts[name].append, at[0], name in UNIQUE) for name, at in places.items() if len(at) == 1
    ]
    joined = [(texts[name].append, at) for name, at in places.items() if len(at) > 1]
    first = places.get(key.name, [0])[0]
    for line, cells in progress.over(table.rows, "Reading", table.guess):
        if len(cells) < width:
            cells += [""] * (width - len(cells))
        elif len(cells) > width and any(cells[width:]):
            many = f"This line has {len(cells)} cells, but there are {width} columns."
            report.problems.append(Problem(line, "", many, code="shape"))
        if not cells[first].isdigit() and (why := _is_nobody(cells, first, key, table)):
            report.problems.append(Problem(line, "", why, WARNING, "shape", shown(cells[first])))
            continue
        if len(sheet.lines) < SAMPLED:
            samples = [old or cell for old, cell in zip(samples, cells, strict=False)]
        sheet.lines.append(line)
        for append, at, unique in put:
            text = cells[at]
            append(text if unique else kept.setdefault(text, text))
        for append, several in joined:
            append(" ".join(cells[at] for at in several if cells[at]))
    return sheet, texts, samples


def _is_nobody(cells: list[str], first: int, key: Field, table: Table) -> str:
    """Why a line is about no person: a total, a footer, the headings once more; else blank."""
    text = cells[first]
    said = [cell for cell in cells if cell]
    if cells[: len(table.heading)] == table.heading or (
        len(said) > 1 and heading_key(text) in headings(key)
    ):
        return "This line repeats the headings; it is not read."
    if said and words.TOTALS.match(said[0]) and (text in ("", said[0]) or len(said) < 3):
        return "This line is a total or a footer; it is not read."
    if len(said) == 1 and text and " " in text and len(table.heading) > 2:
        return "This line names nobody; it is not read."
    return ""


def _leave_out(
    texts: dict[str, list[str]], places: Places, mapping: Mapping, table: Table, report: Report
) -> None:
    """Columns that a heading promised but whose cells hold something else are not read."""
    for name in [name for name in ("email", "status", "time_zone") if name in texts]:
        if name in mapping.values:
            continue
        cells = {text for text in texts[name] if text} - words.EMPTY
        heading = " + ".join(table.heading[at] for at in places[name])
        if name == "email":
            wrong = not mapping.email_domain and not any("@" in text for text in cells)
            why = "Nothing here is an address; name the domain that completes these. Not read."
        elif name in mapping.columns:
            continue
        else:
            known = words.STATUSES if name == "status" else None
            wrong = not any(
                text.casefold() in known if known else "/" in text or text == "UTC"
                for text in cells
            )
            why = "Nothing here is known as " + (
                "a status such as active or left. Not read."
                if known
                else "a time zone such as Europe/Paris. Not read."
            )
        if cells and wrong:
            value = shown(min(cells))
            report.problems.append(
                Problem(table.heading_line, heading, why, WARNING, "column", value)
            )
            del texts[name], places[name]


def _convert(
    sheet: Sheet,
    texts: dict[str, list[str]],
    places: Places,
    mapping: Mapping,
    fields: list[Field],
    table: Table,
    report: Report,
) -> None:
    first = _first(texts, places, mapping, fields, table, report)
    for field_ in fields:
        if field_.name in mapping.constants:
            column, label = [mapping.constants[field_.name]] * len(sheet), field_.label
        elif field_.name in texts:
            column = texts.pop(field_.name)
            label = " + ".join(table.heading[at] for at in places[field_.name])
        else:
            continue
        values = Cells(field_, mapping, first).read(column)
        sheet.columns[field_.name] = values
        for at, value in _bad(values):
            report.problems.append(
                Problem(sheet.lines[at], label, value.reason, ERROR, field_.kind, shown(column[at]))
            )


def _bad(values: list[Any]) -> Iterator[tuple[int, Bad]]:
    return ((at, value) for at, value in enumerate(values) if value.__class__ is Bad)


def _first(
    texts: dict[str, list[str]],
    places: Places,
    mapping: Mapping,
    fields: list[Field],
    table: Table,
    report: Report,
) -> str:
    """Whether days or months come first in this file; a file that leaves it open is stopped."""
    names = [f.name for f in fields if f.kind == "date" and f.name in texts]
    cells = {text for name in names for text in set(texts[name])}
    first = dates.order(sorted(cells))
    if first != dates.UNSURE:
        return first
    if not mapping.date_format:
        column = " + ".join(table.heading[at] for name in names for at in places[name])
        example = next(text for text in sorted(cells) if dates.order([text]) == dates.UNSURE)
        why = "Does the day or the month come first here? Nothing in the file says so; choose it."
        report.problems.append(Problem(0, column, why, ERROR, "order", shown(example)))
    return dates.DAY_FIRST


def _described(
    heading: list[str], places: Places, fields: list[Field], samples: list[str]
) -> list[dict[str, str]]:
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
