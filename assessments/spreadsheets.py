"""Rows as files that a spreadsheet shows and never runs: CSV and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter

_RUNS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for something else


def cell(value: Any) -> Any:
    """One value as it goes into a file; text that a spreadsheet would run gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.startswith(_RUNS):
        return f"'{value}"
    return value


def lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file line by line, so that a long one never stands in memory."""
    yield BOM + _line(head)
    for row in rows:
        yield _line(row)


def _line(values: Sequence[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([cell(value) for value in values])
    return text.getvalue()


def workbook(
    head: Sequence[str], rows: Iterable[Sequence[Any]], about: Iterable[Sequence[Any]] = ()
) -> bytes:
    """The rows as one sheet, and what they mean as another; text stays text always."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("Rows")
        sheet.freeze_panes(1, 0)
        _fill(sheet, [head, *rows])
        if about := list(about):
            _fill(book.add_worksheet("About"), about)
    return file.getvalue()


def _fill(sheet: Any, rows: Iterable[Sequence[Any]]) -> None:
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, ["" if value is None else value for value in row])
