"""The sheets of an .xlsx workbook as rows of text, read within limits."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from people.tables.decoding import Unreadable

MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_UNPACKED = 256 * 1024 * 1024
MOST_RATIO = 200
MOST_PARTS = 2_000
MOST_MERGED = 20_000
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)
NOT_ONE = "This is not an .xlsx workbook, or it is damaged."
TOO_FAR = "This workbook unpacks to far more than it should; it is not read."
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")

ZEROS = re.compile(r"0{2,20}")
"""How a cell shows numbers that begin with zeros; the zeros are not in its value."""

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column; all count from 1."""


@dataclass
class Sheet:
    """The rows of a sheet that say something, each with its number; cells are stripped text.

    `formulas` holds the row and column of every cell that is one; its text begins with “=”.
    """

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)


def first(content: bytes) -> Sheet:
    """The first sheet of a workbook."""
    found = _read(content, lambda book: [_sheet(book.worksheets[0])])
    return found[0]


def visible(content: bytes, most_unpacked: int = MOST_UNPACKED) -> list[Sheet]:
    """Every sheet that is not hidden, with its merged cells."""

    def read(book: Any) -> list[Sheet]:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [_sheet(sheet, content) for sheet in shown or book.worksheets[:1]]

    return _read(content, read, most_unpacked)


def _read(
    content: bytes, what: Callable[[Any], list[Sheet]], most_unpacked: int = MOST_UNPACKED
) -> list[Sheet]:
    check_archive(content, most_unpacked)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception:
        raise Unreadable(NOT_ONE) from None
    try:
        return what(book)
    except IndexError:
        raise Unreadable("The workbook has no sheet.") from None
    except (*DAMAGED, KeyError, TypeError, SyntaxError, AttributeError):
        raise Unreadable(NOT_ONE) from None
    finally:
        book.close()


def check_archive(content: bytes, most_unpacked: int = MOST_UNPACKED) -> None:
    """A workbook is a zip file: look at what it claims before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if "[Content_Types].xml" not in archive.namelist():
                raise Unreadable(NOT_ONE)
            size = sum(part.file_size for part in parts)
            too_far = size > most_unpacked or size > MOST_RATIO * max(len(content), 50_000)
            if too_far or len(parts) > MOST_PARTS:
                raise Unreadable(TOO_FAR)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(2_000):
                            raise Unreadable(NOT_ONE)
    except DAMAGED:
        raise Unreadable(NOT_ONE) from None


def _sheet(source: Any, content: bytes = b"") -> Sheet:
    """`content` is the workbook where merged cells matter; the fast way to read leaves them out."""
    sheet = Sheet(source.title)
    for line, cells in _rows(source):
        sheet.rows.append((line, [_text(cell) for cell in cells]))
        sheet.formulas |= {
            (line, at) for at, cell in enumerate(cells, 1) if getattr(cell, "data_type", "") == "f"
        }
    if content:
        sheet.merged = _merged(content, source._worksheet_path)
    return sheet


def _merged(content: bytes, path: str) -> list[Span]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = MERGED.findall(archive.read(path))
    if len(found) > MOST_MERGED:
        raise Unreadable(f"A sheet has {len(found):,} merged cells; it is not read.")
    spans = [range_boundaries(place.decode()) for place in found]
    return [(top, left, bottom, right) for left, top, right, bottom in spans]


def _rows(sheet: Any) -> Iterator[tuple[int, Any]]:
    """Every row that says something."""
    sheet.reset_dimensions()
    count = 0
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if len(cells) > MOST_COLUMNS and any(_text(cell) for cell in cells[MOST_COLUMNS:]):
            message = f"Line {line} has {len(cells)} columns; at most {MOST_COLUMNS} are read."
            raise Unreadable(message, line)
        cells = cells[:MOST_COLUMNS]
        if not any(_text(cell) for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise Unreadable(f"The sheet has more than {MOST_ROWS:,} rows.", line)
        yield line, cells


def _text(cell: Any) -> str:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        shown = getattr(cell, "number_format", "")
        return str(value).zfill(len(shown)) if ZEROS.fullmatch(shown) else str(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if getattr(cell, "data_type", "") == "f":
        return "=" + str(value).removeprefix("=")
    return str(value).strip()
