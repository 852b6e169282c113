"""Writes workbooks: a ladder as a wide matrix, and the template to fill in."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from ladders.formats import about
from ladders.formats.wide import Sheet

MATRIX = "Ladder"
EXPLAINED = "How to fill this in"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LONGEST = 32_767
"""What a cell of a workbook can hold."""

TEMPLATE = Sheet(
    [
        ["Track", "", "Shared", "Shared", "Staff", "Manager"],
        ["Pillar", "Competency", "E1 – Engineer", "E2 – Senior Engineer", "S3 – Staff Engineer",
         "M3 – Engineering Manager"],
    ],
    [
        ["Technology", "Engineering craft",
         "• Writes code that others can read\n  Example: Names things after what they are",
         "• Decides how a change is tested", "• Sets the standard that teams follow",
         "Not expected"],
        ["People", "Growing others", "Not expected", "• Gives feedback that changes something",
         "• Teaches seniors to lead without a title",
         "• Helps every report to know the next step"],
    ],
    [
        ["id", "my-ladder"], ["title", "My ladder"], ["version", "1.0.0"],
        ["summary", "Whom this ladder is for, in a sentence or two."],
        ["grade", "id: g1", "rank: 1", "name: Grade 1"],
        ["grade", "id: g2", "rank: 2", "name: Grade 2"],
        ["grade", "id: g3", "rank: 3", "name: Grade 3"],
        ["track", "id: shared", "kind: shared", "name: Shared"],
        ["track", "id: staff", "kind: individual_contributor", "name: Staff"],
        ["track", "id: manager", "kind: management", "name: Manager"],
        ["level", "id: e1", "track: shared", "grade: g1", "code: E1", 'titles: ["Engineer"]'],
        ["level", "id: e2", "track: shared", "grade: g2", "code: E2",
         'titles: ["Senior Engineer"]'],
        ["level", "id: s3", "track: staff", "grade: g3", "code: S3",
         'titles: ["Staff Engineer"]'],
        ["level", "id: m3", "track: manager", "grade: g3", "code: M3",
         'titles: ["Engineering Manager"]'],
        ["link", "from: e2", "to: s3", "type: branches_to"],
        ["link", "from: e2", "to: m3", "type: branches_to"],
        ["link", "from: s3", "to: m3", "type: equivalent"],
    ],
)  # fmt: skip
GUIDE = (
    f"Sheet “{MATRIX}”",
    "One row a competency, one column a level. The first row names the track of each level.",
    "A level is headed by its code and title: “S3 – Staff Engineer”. Either may be left out.",
    "One line that begins with • or - is one statement. A line before the first is the summary.",
    "A line that begins with “Example:” under a statement is an example of it.",
    "“Not expected” says that a level asks nothing here. An empty cell says nothing yet.",
    "A merged cell over several levels is one expectation, shown at each of them.",
    "",
    f"Sheet “{about.MARK}”",
    "The first column says what the row is about: id, title, version, summary, licence, source;",
    "or grade, track, level, link, pillar, competency, each with “field: value” in its cells.",
    "Rows there are needed only for what the matrix does not show, such as grades and links.",
    "Kinds of track: shared, individual_contributor (staff), management (manager).",
    "Types of link: equivalent, branches_to, rejoins, precedes, comparable, not_equivalent.",
    "Keep the ids when you change words: versions are compared by them.",
)


def matrix(sheet: Sheet, notes: tuple[str, ...] = ()) -> bytes:
    """A ladder as a workbook; `notes` say what it leaves out."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        _matrix(book, sheet)
        _beside(book, about.MARK, sheet.beside)
        if notes:
            _lines(book, "Left out", notes)
    return target.getvalue()


def template() -> bytes:
    """A small ladder to write over, with a sheet that explains."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        _matrix(book, TEMPLATE)
        _beside(book, about.MARK, TEMPLATE.beside)
        _lines(book, EXPLAINED, GUIDE)
    return target.getvalue()


def _matrix(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(MATRIX)
    strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    rows = [*sheet.head, *sheet.rows]
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                page.write_string(at, column, text, strong if at < len(sheet.head) else plain)
    for at, left, right in sheet.merged:
        page.merge_range(at, left, at, right, "", plain)
        page.write_string(at, left, rows[at][left], plain)
    page.freeze_panes(len(sheet.head), 2)
    page.set_column(0, 1, 22)
    page.set_column(2, max(2, len(rows[0]) - 1), 44)


def _beside(book: Any, name: str, rows: list[list[str]]) -> None:
    page = book.add_worksheet(name)
    page.set_column(0, 9, 26)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            page.write_string(at, column, text)


def _lines(book: Any, name: str, lines: tuple[str, ...]) -> None:
    page = book.add_worksheet(name)
    page.set_column(0, 0, 100)
    for at, line in enumerate(lines):
        page.write_string(at, 0, line)
