"""Rows as CSV that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

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
