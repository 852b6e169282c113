"""Rows as CSV that a spreadsheet shows and never runs."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for something else
RUNS = ("=", "+", "-", "@", "\t", "\r")


def written(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The whole file; text that a spreadsheet would run gets an apostrophe."""
    return BOM + more([head]) + more(rows)


def more(rows: Iterable[Sequence[Any]]) -> str:
    """Further rows of a file that is written piece by piece."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return text.getvalue()


def plain(text: str) -> str:
    """What stood in the cell before `written` made it harmless."""
    return text[1:] if text.startswith("'") and _runs(text) else text


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and _runs(value) else value


def _runs(text: str) -> bool:
    """Apostrophes that are text count too, so that `plain` gives back what was there."""
    return text.lstrip("'").startswith(RUNS)
