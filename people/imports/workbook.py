"""The first sheet of an .xlsx workbook as rows of text, read within limits."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from people.imports.files import MOST_COLUMNS, MOST_ROWS, Table, refuse, table

MOST_UNPACKED = 256 * 1024 * 1024
MOST_RATIO = 200
MOST_PARTS = 2_000
NOT_ONE = "This is not an .xlsx workbook, or it is damaged."


def read(content: bytes) -> Table:
    """The rows of the first sheet. Raises Invalid for what is no workbook, or unpacks too far."""
    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception:
        raise refuse(NOT_ONE) from None
    try:
        sheet = book.worksheets[0]
        rows = list(_rows(sheet))
        described = f"Excel workbook, sheet “{sheet.title}”"
    except IndexError:
        raise refuse("The workbook has no sheet.") from None
    except (ValueError, KeyError, TypeError, SyntaxError, zipfile.BadZipFile):
        raise refuse(NOT_ONE) from None
    finally:
        book.close()
    if not rows:
        raise refuse("The first sheet has no rows.")
    return table(described, rows[0][1], rows[1:])


def _check_archive(content: bytes) -> None:
    """A workbook is a zip file: look at what it claims before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if "[Content_Types].xml" not in archive.namelist():
                raise refuse(NOT_ONE)
            size = sum(part.file_size for part in parts)
            too_far = size > MOST_UNPACKED or size > MOST_RATIO * max(len(content), 50_000)
            if too_far or len(parts) > MOST_PARTS:
                raise refuse("This workbook unpacks to far more than it should; it is not read.")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(2_000):
                            raise refuse(NOT_ONE)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise refuse(NOT_ONE) from None


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Every row that says something; a formula stays a formula, which the cells' check refuses."""
    count = 0
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if len(cells) > MOST_COLUMNS:
            raise refuse(f"Line {line} has {len(cells)} columns; at most {MOST_COLUMNS} are read.")
        texts = [_text(cell) for cell in cells]
        if not any(texts):
            continue
        count += 1
        if count > MOST_ROWS:
            raise refuse(f"The sheet has more than {MOST_ROWS:,} rows.")
        yield line, texts


def _text(cell: Any) -> str:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if getattr(cell, "data_type", "") == "f":
        return "=" + str(value).removeprefix("=")
    return str(value).strip()
