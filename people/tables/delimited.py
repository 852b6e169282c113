"""Text with a sign between its cells, as spreadsheets write CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from people.tables.decoding import Unreadable

MOST_ROWS = 200_000
LONGEST_CELL = 10_000
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def delimiter(text: str) -> str:
    """The sign that stands most often between the names of the columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def records(text: str, between: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; a quoted cell may go over several lines."""
    csv.field_size_limit(LONGEST_CELL * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    begins = 1
    try:
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
