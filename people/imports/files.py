"""A file of rows as text: CSV in the shapes that spreadsheets write it. No meaning yet."""

from __future__ import annotations

from dataclasses import dataclass

from people.refusals import Invalid
from people.tables import decoding, delimited, workbook
from people.tables.delimited import MOST_ROWS
from people.tables.workbook import MOST_COLUMNS

MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True)
class Table:
    """The heading and the rows, each with the line it begins on; all cells are stripped text."""

    described: str
    heading: list[str]
    rows: list[tuple[int, list[str]]]


def refuse(message: str) -> Invalid:
    """The whole file is refused, in words for the person who chose it."""
    return Invalid({"file": [message]})


def read(content: bytes, filename: str) -> Table:
    """The table in a file. Raises Invalid when it is not what its name says, or too large."""
    if not content:
        raise refuse("The file is empty.")
    if len(content) > MOST_BYTES:
        raise refuse(too_large(len(content)))
    name = filename.lower()
    try:
        if name.endswith((".xlsx", ".xlsm")):
            return _workbook(content)
        if name.endswith((".csv", ".tsv", ".txt")):
            return _csv(content)
    except decoding.Unreadable as wrong:
        raise refuse(wrong.reason) from None
    raise refuse("Choose a .csv or an .xlsx file.")


def too_large(size: int) -> str:
    """How the refusal of a large file reads."""
    million = 1024 * 1024
    return f"The file has {size // million} MB; at most {MOST_BYTES // million} MB are read."


def _workbook(content: bytes) -> Table:
    sheet = workbook.first(content)
    if not sheet.rows:
        raise refuse("The first sheet has no rows.")
    described = f"Excel workbook, sheet “{sheet.name}”"
    return _table(described, sheet.rows[0][1], sheet.rows[1:])


def _csv(content: bytes) -> Table:
    text, encoding = decoding.decode(content)
    between = delimited.delimiter(text)
    lines = list(delimited.records(text, between))
    if not lines:
        raise refuse("The file has no rows.")
    described = f"CSV, {delimited.DELIMITERS[between]} between cells, {encoding}"
    return _table(described, lines[0][1], lines[1:])


def _table(described: str, heading: list[str], rows: list[tuple[int, list[str]]]) -> Table:
    """Check the size and shape that every kind of file shares."""
    while heading and not heading[-1]:
        heading.pop()
    if not heading:
        raise refuse("The first line must name the columns.")
    if len(heading) > MOST_COLUMNS:
        raise refuse(f"The file has {len(heading)} columns; at most {MOST_COLUMNS} are read.")
    if len(rows) > MOST_ROWS:
        raise refuse(f"The file has more than {MOST_ROWS:,} rows.")
    return Table(described, heading, [row for row in rows if any(row[1])])
