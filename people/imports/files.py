"""A file of rows as text: CSV in the shapes that spreadsheets write it. No meaning yet."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from people.refusals import Invalid
from people.tables import decoding, delimited, workbook
from people.tables.decoding import Letters
from people.tables.delimited import MOST_ROWS
from people.tables.encodings import Doubt, doubt, foreign
from people.tables.workbook import MOST_COLUMNS

MOST_BYTES = 64 * 1024 * 1024
WORKBOOKS = (".xlsx", ".xlsm")
TITLES = 25  # lines among which the headings are looked for


SAVE = "open it in a spreadsheet and save it as .xlsx or CSV"
NO_TABLES = (
    (b"<!doctype", f"a web page; {SAVE}"),
    (b"<html", f"a web page; {SAVE}"),
    (b"<?xml", f"XML; {SAVE}"),
    (b"[{", "JSON; export it as CSV"),
    (b'{"', "JSON; export it as CSV"),
)

Source = bytes | Path
"""A small file at hand, or where a large one lies on the disk, to be read piece by piece."""
Line = tuple[int, list[str]]
Likeness = Callable[[list[str]], int]
"""How many of a line's cells are headings."""


@dataclass(frozen=True)
class Table:
    """The heading and the rows below it, each with the line it begins on; all cells are stripped
    text. `rows` can be gone through once."""

    described: str
    heading: list[str]
    rows: Iterator[Line]
    heading_line: int = 1
    guess: int = 0
    """About how many rows there are."""
    doubt: Doubt | None = None
    """What to ask about its letters, where they were guessed."""


def refuse(message: str) -> Invalid:
    """The whole file is refused, in words for the person who chose it."""
    return Invalid({"file": [message]})


def read(
    content: Source, filename: str, likeness: Likeness = lambda cells: 0, encoding: str = ""
) -> Table:
    """The table in a file. Raises Invalid when it is not what its name says, or too large.

    `encoding` is one of CODECS that somebody chose for a CSV; blank: the file decides.
    The heading is the first line, or the one of the first TITLES that is most like a heading.
    """
    check(size(content), filename)
    try:
        if filename.lower().endswith(WORKBOOKS):
            return _workbook(content, likeness)
        return _csv(content, likeness, encoding)
    except decoding.Unreadable as wrong:
        raise refuse(wrong.reason) from None


def _is_a_table(begins: bytes) -> None:
    begins = begins.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, what in NO_TABLES:
        if begins.startswith(start):
            raise refuse(f"This is not a CSV file. It looks like {what}.")


def size(content: Source) -> int:
    """In bytes."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def opened(content: Source) -> BinaryIO:
    """The bytes from the first on; who asks closes it."""
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def check(size: int, filename: str) -> None:
    """Refuse at a glance what cannot be a file of people."""
    if not size:
        raise refuse("The file is empty.")
    if size > MOST_BYTES:
        raise refuse(too_large(size))
    if not filename.lower().endswith((*WORKBOOKS, ".csv", ".tsv", ".txt")):
        raise refuse("Choose a .csv or an .xlsx file.")


def too_large(size: int) -> str:
    """How the refusal of a large file reads."""
    million = 1024 * 1024
    return f"The file has {-(-size // million)} MB; at most {MOST_BYTES // million} MB are read."


def _workbook(content: Source, likeness: Likeness) -> Table:
    content = content if isinstance(content, bytes) else content.read_bytes()
    sheet = workbook.first(content)
    if _heading_at(sheet.rows[:TITLES], likeness)[1] < 2:
        likely = [(_heading_at(s.rows[:TITLES], likeness)[1], s) for s in workbook.visible(content)]
        best = max(likely, key=lambda found: found[0], default=(0, sheet))
        sheet = best[1] if best[0] >= 2 or not sheet.rows else sheet
    if not sheet.rows:
        raise refuse("The first sheet has no rows.")
    return _table(
        f"Excel workbook, sheet “{sheet.name}”", iter(sheet.rows), likeness, len(sheet.rows)
    )


def _csv(content: Source, likeness: Likeness, chosen: str) -> Table:
    with opened(content) as stream:
        _is_a_table(stream.read(200))
        letters = decoding.letters(stream, chosen, lenient=True)
        stream.seek(0)
        asked = doubt(foreign(stream)) if letters.encoding == decoding.WESTERN else None
    with opened(content) as stream, letters.of(stream) as text:
        start = text.read(delimited.SEEN)
    between = delimited.delimiter(start, lambda lines: _headings_in(lines, likeness))
    described = f"CSV, {delimited.DELIMITERS[between]} between cells, {letters.encoding}"
    read = len(start.encode(letters.codec, "replace"))
    guess = start.count("\n") * size(content) // max(read, 1)
    lines = _readable(_records(content, letters, between))
    return replace(_table(described, lines, likeness, guess), doubt=asked)


def _records(content: Source, letters: Letters, between: str) -> Iterator[Line]:
    with opened(content) as stream, letters.of(stream) as text:
        yield from delimited.records(text, between)


def _readable(lines: Iterator[Line]) -> Iterator[Line]:
    try:
        yield from lines
    except decoding.Unreadable as wrong:
        raise refuse(wrong.reason) from None


def _headings_in(lines: list[list[str]], likeness: Likeness) -> int:
    """How many headings there are; one that is alike by chance is none."""
    best = max((likeness([cell.strip() for cell in cells]) for cells in lines), default=0)
    return best if best >= 2 else 0


def _heading_at(lines: list[Line], likeness: Likeness) -> tuple[int, int]:
    """Where the heading stands among the first lines, and how like a heading it is."""
    found = [likeness(cells) for _, cells in lines]
    best = max(found, default=0)
    return (found.index(best), best) if best >= 2 else (0, best)


def _table(described: str, lines: Iterator[Line], likeness: Likeness, guess: int) -> Table:
    """Check the size and shape that every kind of file shares."""
    first = list(islice(lines, TITLES))
    if not first:
        raise refuse("The file has no rows.")
    at, _ = _heading_at(first, likeness)
    line, heading = first[at]
    heading = _one_of_each(heading)
    if not heading:
        raise refuse("The first line must name the columns.")
    if len(heading) > MOST_COLUMNS:
        raise refuse(f"The file has {len(heading)} columns; at most {MOST_COLUMNS} are read.")
    return Table(described, heading, _few(chain(first[at + 1 :], lines)), line, guess)


def _one_of_each(heading: list[str]) -> list[str]:
    """The names of the columns without empty ones at the end; a second “Name” is “Name (2)”."""
    seen: Counter[str] = Counter()
    names = []
    for name in (" ".join(cell.split()) for cell in heading):
        seen[name.casefold()] += 1
        count = seen[name.casefold()]
        names.append(f"{name} ({count})" if name and count > 1 else name)
    while names and not names[-1]:
        names.pop()
    return names


def _few(rows: Iterator[Line]) -> Iterator[Line]:
    for count, row in enumerate(rows):
        if count >= MOST_ROWS:
            raise refuse(f"The file has more than {MOST_ROWS:,} rows.")
        yield row
