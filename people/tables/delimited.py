"""Text with a sign between its cells, as spreadsheets write CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TextIO

from people.tables.decoding import Unreadable

MOST_ROWS = 500_000
LONGEST_CELL = 10_000
SEEN = 100_000  # letters that the sign between cells is looked for in
LINES_SEEN = 25
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
Headings = Callable[[list[list[str]]], int]


def delimiter(text: str, headings: Headings = lambda lines: 0) -> str:
    """The sign between which most `headings` stand among the first lines; where none are known,
    the one that parts those lines most evenly. Some programs name it in the first line.
    """
    if text[:4].casefold() == "sep=" and text[4:5] in DELIMITERS:
        return text[4]
    return max(DELIMITERS, key=lambda sign: _parts(text[:SEEN], sign, headings))


def _parts(text: str, sign: str, headings: Headings) -> tuple[int, int]:
    """How many headings it parts, and how many signs part the lines with equally many of them."""
    lines: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    doubt = 1
    try:
        lines.extend(cells for cells in islice(reader, LINES_SEEN) if any(cells))
    except csv.Error:  # the quotes of these cells mean nothing between such signs
        doubt = 2
    widths = Counter(len(cells) - 1 for cells in lines)
    even = max((width * count for width, count in widths.items()), default=0) // doubt
    return headings(lines), even


def records(text: str | TextIO, between: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; a quoted cell may go over several lines.

    `text` may be an open file, which is read as far as records are asked for.
    """
    csv.field_size_limit(LONGEST_CELL * 4)
    lines = io.StringIO(text, newline="") if isinstance(text, str) else text
    named = lines.read(4).casefold() == "sep="
    lines.seek(0)
    reader = csv.reader(lines, delimiter=between, strict=True)
    begins = 1
    try:
        if named:
            next(reader)
            begins = 2
        for count, record in enumerate(reader):
            if count > MOST_ROWS:
                raise Unreadable(f"The file has more than {MOST_ROWS:,} rows.", MOST_ROWS)
            cells = [cell.strip() for cell in record]
            if any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as wrong:
        message = f"Line {begins}: the quoting of this line cannot be read ({wrong})."
        raise Unreadable(message, begins) from None
