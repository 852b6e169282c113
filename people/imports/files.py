"""A file of rows as text: CSV in the shapes that spreadsheets write it. No meaning yet."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from people.refusals import Invalid

MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 10_000
BINARY = "This is not a CSV file: it holds binary data."
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
KNOWN = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls); save it as .xlsx or CSV"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"PK\x03\x04", "a zip file or a workbook; a workbook is named .xlsx"),
)


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
    from people.imports import workbook

    if not content:
        raise refuse("The file is empty.")
    if len(content) > MOST_BYTES:
        raise refuse(too_large(len(content)))
    name = filename.lower()
    if name.endswith((".xlsx", ".xlsm")):
        return workbook.read(content)
    if name.endswith((".csv", ".tsv", ".txt")):
        return _csv(content)
    raise refuse("Choose a .csv or an .xlsx file.")


def too_large(size: int) -> str:
    """How the refusal of a large file reads."""
    million = 1024 * 1024
    return f"The file has {size // million} MB; at most {MOST_BYTES // million} MB are read."


def _csv(content: bytes) -> Table:
    for mark, what in KNOWN:
        if content.startswith(mark):
            raise refuse(f"This is not a CSV file. It looks like {what}.")
    text, encoding = _decode(content)
    if "\0" in text:
        raise refuse(BINARY)
    delimiter = _delimiter(text)
    lines = list(_records(text, delimiter))
    if not lines:
        raise refuse("The file has no rows.")
    heading = lines[0][1]
    described = f"CSV, {DELIMITERS[delimiter]} between cells, {encoding}"
    return table(described, heading, lines[1:])


def table(described: str, heading: list[str], rows: list[tuple[int, list[str]]]) -> Table:
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


def _decode(content: bytes) -> tuple[str, str]:
    for mark, codec, name in MARKS:
        if content.startswith(mark):
            try:
                return content.decode(codec), name
            except UnicodeDecodeError:
                raise refuse(f"The file begins like {name} but is not.") from None
    if b"\0" in content:
        raise refuse(BINARY)
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise refuse("The letters of this file cannot be read. Save it as UTF-8.") from None


def _delimiter(text: str) -> str:
    """The sign that stands most often between the names of the columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; a quoted cell may go over several lines."""
    csv.field_size_limit(LONGEST_CELL * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for count, record in enumerate(reader):
            if count > MOST_ROWS:
                raise refuse(f"The file has more than {MOST_ROWS:,} rows.")
            cells = [cell.strip() for cell in record]
            if any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as wrong:
        raise refuse(f"Line {begins}: the quoting of this line cannot be read ({wrong}).") from None
