"""A file is read in the shapes that spreadsheets write, and refused when it is not what it says."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from people.imports import files
from people.models import Person
from people.refusals import Invalid
from tests.people.conftest import STAFF, bring_in, problems

pytestmark = pytest.mark.django_db
ROWS = [["Employee ID", "Name", "Hire date"], ["1", "Zoë “Z” Groß", "2020-04-01"]]


def as_csv(delimiter: str = ",", end: str = "\n") -> str:
    """The rows as CSV."""
    return end.join(delimiter.join(row) for row in ROWS) + end


def as_workbook(rows: list[list]) -> bytes:
    """The rows as an .xlsx file."""
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_delimiter_is_understood(delimiter, end):
    table = files.read(as_csv(delimiter, end).encode(), "people.csv")

    assert [table.heading, *(cells for _, cells in table.rows)] == ROWS


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_any_usual_encoding_is_understood(codec, told):
    table = files.read(as_csv().encode(codec), "people.csv")

    assert next(table.rows)[1][1] == "Zoë “Z” Groß"
    assert told in table.described


def test_quoted_cells_hold_delimiters_quotes_and_line_ends():
    text = 'id,name\n1,"Groß, ""Z""\nZoë"\n2,Bert\n'

    table = files.read(text.encode(), "people.csv")

    assert list(table.rows) == [(2, ["1", 'Groß, "Z"\nZoë']), (4, ["2", "Bert"])]


def test_empty_lines_are_no_rows_but_count():
    table = files.read(b"id,name\n\n1,Anna\n,,\n2,Bert\n", "people.csv")

    assert [line for line, _ in table.rows] == [3, 5]


def test_a_workbook_is_read_with_its_dates_and_numbers():
    rows = [["Employee ID", "Name", "Hire date"], [1, "Zoë", datetime.date(2020, 4, 1)]]

    report = bring_in(as_workbook(rows), filename="people.xlsx")

    assert problems(report) == []
    zoe = Person.objects.get()
    assert (zoe.employee_number, zoe.hired_on) == ("1", datetime.date(2020, 4, 1))


def test_a_formula_in_a_workbook_is_refused_by_line():
    rows = [["Employee ID", "Name"], [1, "Anna"], [2, '=HYPERLINK("http://x","y")']]

    found = problems(bring_in(as_workbook(rows), filename="people.xlsx"))

    assert [line for line, _ in found] == [3]
    assert "formula" in found[0][1]


def bomb() -> bytes:
    """A small workbook that unpacks to 300 MB."""
    content = io.BytesIO(as_workbook(ROWS))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image.bin", b"\0" * (300 * 1024 * 1024))
    return content.getvalue()


def doctype() -> bytes:
    """A workbook with an entity declaration."""
    content = io.BytesIO(as_workbook(ROWS))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/extra.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>')
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "people.csv", "empty"),
        (b"%PDF-1.7 ...", "people.csv", "It looks like a PDF"),
        (as_workbook(ROWS), "people.csv", "workbook"),
        (b"a,b\n\0\0,c\n", "people.csv", "binary"),
        (b"\xef\xbb\xbfid,na\0me\n1,c\n", "people.csv", "binary"),
        ("id,na\0me\n1,c\n".encode("utf-16"), "people.csv", "binary"),
        (as_workbook([["id", "name"], ["1"] * 600]), "people.xlsx", "has 600 columns"),
        (STAFF.encode(), "people.xlsx", "not an .xlsx workbook"),
        (as_workbook(ROWS)[:400], "people.xlsx", "not an .xlsx workbook"),
        (bomb(), "people.xlsx", "unpacks to far more"),
        (doctype(), "people.xlsx", "not an .xlsx workbook"),
        (STAFF.encode(), "people.pdf", "Choose a .csv or an .xlsx file."),
        (b"x" * (files.MOST_BYTES + 1), "people.csv", "at most 64 MB"),
        (b'id,name\n1,"never closed\n2,Bert\n', "people.csv", "Line 2: the quoting"),
        (b"<html><body>Sign in</body></html>", "people.csv", "It looks like a web page"),
        (b"\n\n\n", "people.csv", "no rows"),
        (("x," * 600).encode(), "people.csv", "at most 500"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_a_file_of_people_is_refused_and_nothing_is_written(content, name, message):
    with pytest.raises(Invalid) as refused:
        bring_in(content, filename=name)

    assert message in refused.value.errors["file"][0]
    assert not Person.objects.exists()


def test_a_file_of_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 2)

    with pytest.raises(Invalid, match="more than 2 rows"):
        bring_in(STAFF)
