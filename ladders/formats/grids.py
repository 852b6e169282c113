"""Cells in rows and columns, wherever they stood: in CSV, in a workbook, in a table of a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from ladders.formats.report import Report
from ladders.formats.text import FORBIDDEN, described
from people import sheets
from people.tables import decoding, delimited, workbook
from people.tables.workbook import Span

MOST_ROWS = 20_000
MOST_UNPACKED = 48 * 1024 * 1024


class Place(NamedTuple):
    """Where a cell stands; `cell` is empty where only lines are counted."""

    line: int
    cell: str = ""


@dataclass(frozen=True)
class Row:
    """A row that says something. `number` is its line in a text, or its row in a sheet."""

    number: int
    cells: list[str]

    def __getitem__(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    def said(self) -> list[int]:
        """The columns that hold something."""
        return [at for at, text in enumerate(self.cells) if text]


@dataclass
class Grid:
    """One table; columns count from 0. `above` are the headings over it, outermost first.

    `lines` has the line of each row where rows are only counted.
    """

    name: str
    rows: list[Row]
    file: str = ""
    above: tuple[str, ...] = ()
    merged: list[Span] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    lettered: bool = False
    turned: bool = False
    lines: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.origins = dict(self._origins())
        if self.origins:
            self._fill()

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)

    def place(self, row: Row, column: int) -> Place:
        """Where to look for a cell."""
        if not self.lettered:
            return Place(self.lines.get(row.number, row.number))
        across, down = (row.number, column + 1) if self.turned else (column + 1, row.number)
        return Place(down, f"{self.name}!{get_column_letter(across)}{down}")

    def origin(self, row: Row, column: int) -> tuple[int, int]:
        """Row number and column of the cell whose text this is: itself, unless it was merged."""
        return self.origins.get((row.number, column), (row.number, column))

    def _fill(self) -> None:
        """Merged cells all say what their first cell says."""
        rows = {row.number: row for row in self.rows}
        for (line, column), (top, left) in self.origins.items():
            if line in rows and top in rows and (line, column) != (top, left):
                cells = rows[line].cells
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = rows[top][left]

    def _origins(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        room = MOST_ROWS * 10
        for top, left, bottom, right in self.merged:
            room -= (bottom - top + 1) * (right - left + 1)
            if room < 0 or (bottom - top + 1) * (right - left + 1) > MOST_ROWS:
                continue
            for line in range(top, bottom + 1):
                for column in range(left - 1, right):
                    yield (line, column), (top, left - 1)


def from_csv(text: str, name: str, report: Report) -> list[Grid]:
    """The rows of a CSV text; what a spreadsheet would run is plain text again."""
    between = delimited.delimiter(text)
    rows: list[Row] = []
    for line, cells in delimited.records(text, between):
        if len(rows) > MOST_ROWS or len(cells) > workbook.MOST_COLUMNS:
            raise decoding.Unreadable("This has more rows or columns than a ladder.", line)
        rows.append(Row(line, [_text(cell, report, Place(line)) for cell in cells]))
    if between != ",":
        report.note(f"The sign between cells was taken to be the {delimited.DELIMITERS[between]}.")
    return [Grid("", rows, file=name)]


def from_workbook(content: bytes, name: str, report: Report) -> list[Grid]:
    """Every visible sheet of a workbook."""
    grids = []
    for sheet in workbook.visible(content, MOST_UNPACKED):
        if len(sheet.rows) > MOST_ROWS:
            raise decoding.Unreadable(f"The sheet “{sheet.name}” has more rows than a ladder.", 1)
        rows = [
            Row(number, [_clean(cell, report, Place(number, sheet.name)) for cell in cells])
            for number, cells in sheet.rows
        ]
        formulas = {(number, column - 1) for number, column in sheet.formulas}
        grid = Grid(sheet.name, rows, name, (), sheet.merged, formulas, lettered=True)
        grids.append(grid)
    return grids


def turned(grid: Grid) -> Grid:
    """The same table with its rows as columns."""
    height, width = grid.rows[-1].number if grid.lettered else len(grid.rows), grid.width
    by_number = {(row.number if grid.lettered else at): row for at, row in enumerate(grid.rows, 1)}
    rows = [
        Row(
            column + 1,
            [by_number[at][column] if at in by_number else "" for at in range(1, height + 1)],
        )
        for column in range(width)
    ]
    spans = [(left, top, right, bottom) for top, left, bottom, right in grid.merged]
    formulas = {(column + 1, number - 1) for number, column in grid.formulas}
    kept = [row for row in rows if any(row.cells)]
    if grid.lettered:
        return Grid(
            grid.name, kept, grid.file, grid.above, spans, formulas, lettered=True, turned=True
        )
    return _Turned(grid, kept)


class _Turned(Grid):
    """A table of a text with its rows as columns: a line is now where a column came from."""

    def __init__(self, before: Grid, rows: list[Row]) -> None:
        super().__init__(before.name, rows, before.file, before.above)
        self.places = [before.place(row, 0) for row in before.rows]

    def place(self, row: Row, column: int) -> Place:
        return self.places[min(column, len(self.places) - 1)]


def _text(cell: str, report: Report, place: Place) -> str:
    return sheets.plain(_clean(cell, report, place))


def _clean(cell: str, report: Report, place: Place) -> str:
    text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    if found := FORBIDDEN.search(text):
        report.error(f"{described(found[0])} does not belong in a text.", (), *place)
        return ""
    return text
