"""A file column by column: what each one means, and the values that stand in it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from people.imports import dates, words
from people.imports.bosses import Bosses
from people.imports.cells import Bad, Cells, shown
from people.imports.choosing import Places, Rows, candidates, guessed, keys, recognised
from people.imports.fields import Field
from people.imports.files import Likeness, Table, refuse
from people.imports.gathering import Gathered, gather, peeked
from people.imports.mapping import Mapping
from people.imports.progress import SILENT, Progress
from people.imports.report import ERROR, WARNING, Problem, Report

MOST_ASKED = 20
ADD_HEADINGS = "Add a line of headings, such as: Employee number, Name, E-mail."


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
    table, rows = peeked(table)
    places = _places(table.heading, mapping, fields, rows)
    required = next(f for f in fields if f.required)
    if not places and required.name not in mapping.constants:
        _refuse_what_is_no_table(table, rows)
    bosses = _bosses(table.heading, places, mapping, fields, rows)
    got = gather(table, places, [*bosses.columns[1:], *bosses.keys], fields, report, progress)
    sheet = Sheet(got.lines)
    report.rows = len(sheet)
    _doubt(table, report)
    asked: list[str] = []
    missing = [f for f in fields if f.required and f.name not in {*places, *mapping.constants}]
    if missing:
        words_ = _no_column(missing[0], table.heading)
        report.problems.append(Problem(0, missing[0].label, words_, code="column"))
        sheet.lines = array("I")
    else:
        _choose_managers(bosses, got, places, table, report)
        asked = _asked(got.texts.get("status", ()))
        _leave_out(got.texts, places, mapping, table, report)
        _convert(sheet, got.texts, places, mapping, fields, table, report)
    report.columns = _described(table.heading, places, fields, got.samples)
    for column in report.columns:
        column["asked"] = asked if column["field"] == "status" else []
    return sheet


def _places(heading: list[str], mapping: Mapping, fields: list[Field], rows: Rows) -> Places:
    """As the mapping says, else as heading and cells say."""
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
    return places | guessed(heading, open_, taken, rows)


def _refuse_what_is_no_table(table: Table, rows: Rows) -> None:
    """A table in a language that nobody taught us can be read by whoever names its columns."""
    cells = table.heading
    if any("@" in cell or cell.isdigit() for cell in cells):
        raise refuse(f"The first line holds no headings but “{shown(cells[0])}”. {ADD_HEADINGS}")
    if len(cells) < 2 or not rows or not all(len(row) > 1 for row in rows[:2]):
        raise refuse(f"No columns of people were found. {ADD_HEADINGS}")


def _bosses(
    heading: list[str], places: Places, mapping: Mapping, fields: list[Field], rows: Rows
) -> Bosses:
    """Where managers could be named; nowhere else to look when the columns leave no doubt."""
    if len(places.get("manager", ())) != 1 or len(places.get("employee_number", ())) != 1:
        return Bosses()
    first, guess = places["manager"][0], mapping.others == "guess"
    used = {at for several in places.values() for at in several}
    could = candidates(heading, fields, used).get("manager", []) if guess else []
    also = could if "manager" not in mapping.columns else []
    others = {**places, "?": also}
    return Bosses([first, *also], keys(heading, others, rows))


def _doubt(table: Table, report: Report) -> None:
    """A file that does not say how its letters are encoded is not read silently."""
    if not (doubt := table.doubt):
        return
    if doubt.likely:
        why = "The file does not say how its letters are encoded. Choose that if this looks wrong."
    else:
        other = f" As {doubt.better} it says “{shown(doubt.instead)}”." if doubt.better else ""
        why = f"These letters do not look right. Choose how the file is encoded.{other}"
    severity = WARNING if doubt.likely else ERROR
    report.problems.append(Problem(0, "Letters", why, severity, "encoding", shown(doubt.word)))


def _choose_managers(
    bosses: Bosses, got: Gathered, places: Places, table: Table, report: Report
) -> None:
    if len(bosses.columns) < 2 and not bosses.keys:
        return
    at, key = bosses.choose(got.texts, got.further)
    first = table.heading[places["manager"][0]]
    places["manager"] = [at]
    if key is not None:
        why = f"This names managers by “{table.heading[key]}”, and so they were found."
    elif at != bosses.columns[0]:
        why = f"Managers are taken from here, because “{first}” names nobody in this file."
    else:
        return
    line = table.heading_line
    report.problems.append(Problem(line, table.heading[at], why, WARNING, "column"))


def _no_column(field: Field, heading: list[str]) -> str:
    names = ", ".join(f"“{name[:40]}”" for name in heading[:12])
    return (
        f"No column for “{field.label}” was found. Say which column tells people apart. "
        f"The columns are: {names}."
    )


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
            status = name == "status"
            wrong = not any(
                words.status(text) if status else "/" in text or text == "UTC" for text in cells
            )
            why = "Nothing here is known as " + (
                "a status such as active or left. Not read."
                if status
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

    _without_team(sheet.columns)


def _without_team(columns: dict[str, list[Any]]) -> None:
    """Who is in no team of a department is in the department."""
    if "team" in columns and "team_parent" in columns:
        both = zip(columns["team"], columns["team_parent"], strict=True)
        columns["team"] = [parent if team is None else team for team, parent in both]


def _asked(texts: Iterable[str]) -> list[str]:
    """Words for a status that need somebody to say what they mean."""
    said = {text for text in texts if text and text.casefold() not in words.EMPTY}
    return sorted(text for text in said if not words.status(text))[:MOST_ASKED]


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
    cells = sorted({text for name in names for text in set(texts[name])})
    first = dates.order(cells)
    if first != dates.UNSURE:
        return first
    if not mapping.date_format:
        column = " + ".join(table.heading[at] for name in names for at in places[name])
        doubtful = (text for text in cells if dates.order([text]) == dates.UNSURE)
        if example := next(doubtful, ""):
            why = "Does the day or the month come first here? The file does not say; choose it."
            report.problems.append(Problem(0, column, why, ERROR, "order", shown(example)))
    return dates.DAY_FIRST


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
