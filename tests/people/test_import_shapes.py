"""Files as HR systems really write them: headings, dates, names and managers in many shapes."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from openpyxl import Workbook

from people.imports import columns, dates, files
from people.imports.fields import PEOPLE
from people.imports.mapping import Mapping
from people.imports.report import Report

DAY = datetime.date


def read(content: str | bytes, name: str = "people.csv", **how: Any) -> tuple[dict, Report]:
    """What each column says, by field, and the report; without any database."""
    content = content.encode() if isinstance(content, str) else content
    mapping = Mapping(**how)
    table = files.read(content, name, columns.likeness(PEOPLE, mapping))
    report = Report(table.described)
    sheet = columns.understand(table, mapping, PEOPLE, report)
    return sheet.columns, report


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        (
            "Employee ID,Worker,Business Title,Supervisory Organization,Worker's Manager,Hire Date",
            "employee_number name title team manager hired_on",
        ),
        (
            "Employee #,Last Name,First Name,Job Title,Department,Reporting to,Hire Date,Status",
            "employee_number last_name first_name title team manager hired_on status",
        ),
        (
            "Personalnummer,Vorname,Nachname,E-Mail,Position,Abteilung,Vorgesetzter,Eintritt,Austritt",
            "employee_number first_name last_name email title team manager hired_on left_on",
        ),
        (
            "Pers.Nr.,Name,Vorname,Planstelle,Organisationseinheit,Führungskraft,Gültig ab",
            "employee_number last_name first_name title team manager effective_on",
        ),
        (
            "STATUS,USERID,FIRSTNAME,LASTNAME,EMAIL,MANAGER,HIREDATE,TITLE,TIMEZONE",
            "status employee_number first_name last_name email manager hired_on title time_zone",
        ),
        (
            "Employee ID,Display name,Email,Reports to,Reports to email,Start date (UTC),Status",
            "employee_number name email - manager hired_on status",
        ),
        ("PERNR,NACHN,VORNA,ORGEH,PLSTX", "employee_number last_name first_name team title"),
    ],
    ids=["Workday", "BambooHR", "Personio", "SAP", "SuccessFactors", "HiBob", "infotypes"],
)
def test_the_headings_of_usual_systems_are_understood(heading, fields):
    _, report = read(f"{heading}\n1\n")

    meant = [column["field"] or "-" for column in report.columns]
    assert meant == fields.split()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2013-06-17T00:00:00Z", DAY(2013, 6, 17)),
        ("17-Jun-2013", DAY(2013, 6, 17)),
        ("June 17, 2013", DAY(2013, 6, 17)),
        ("17. März 2013", DAY(2013, 3, 17)),
        ("17.06.13", DAY(2013, 6, 17)),
        ("06/17/2013 12:00 AM", DAY(2013, 6, 17)),
        ("41442", DAY(2013, 6, 17)),
        ("31.12.9999", None),
    ],
)
def test_a_day_is_read_in_any_usual_form(text, day):
    assert dates.read(text, dates.order([text])) == day


def test_one_day_that_can_be_read_in_one_way_decides_for_the_whole_file():
    said, report = read("id,name,hired\n1,Ann Lee,03/04/2020\n2,Bo Lee,01/13/2020\n")

    assert said["hired_on"] == [DAY(2020, 3, 4), DAY(2020, 1, 13)]
    assert report.problems == []


def test_days_that_could_be_read_in_two_ways_stop_the_file_until_somebody_chooses():
    text = "id,name,hired\n1,Ann Lee,03/04/2020\n"

    _, report = read(text)
    said, chosen = read(text, date_format="MM/DD/YYYY")

    assert [(p.line, p.column, p.code) for p in report.problems] == [(0, "hired", "order")]
    assert report.blocked
    assert (said["hired_on"], chosen.problems) == ([DAY(2020, 3, 4)], [])


def test_names_and_numbers_lose_what_systems_put_around_them():
    text = (
        "Worker ID;Worker;Email\n"
        '"=""007""";"King, Steven (On Leave)";"Steven King <S.King@x.example>"\n'
        "'008;Yang  Neena (Terminated);mailto:nyang@x.example\n"
    )
    said, report = read(text)

    assert said["employee_number"] == ["007", "008"]
    assert said["name"] == ["Steven King", "Yang Neena"]
    assert said["email"] == ["s.king@x.example", "nyang@x.example"]
    assert report.problems == []


def test_titles_above_totals_below_and_headings_repeated_are_no_people():
    text = (
        "Active workers\nReport run on 1 March 2026 by HR, for all units\n\n"
        "Employee ID,Name,Job Title\n1,Ann Lee,Engineer\n"
        "Employee ID,Name,Job Title\n2,Bo Lee,Engineer\nTotal,2,\nConfidential - do not share,,\n"
    )
    said, report = read(text)

    assert said["employee_number"] == ["1", "2"]
    assert [(p.line, p.severity) for p in report.problems] == [
        (6, "warning"),
        (8, "warning"),
        (9, "warning"),
    ]


def test_a_workbook_is_read_from_the_sheet_and_line_that_hold_the_people():
    book, content = Workbook(), io.BytesIO()
    book.active.append(["About this file"])
    sheet = book.create_sheet("Staff")
    for row in (
        ["All staff"],
        [],
        ["Employee ID", "Name", "Start date"],
        [1, "Ann", DAY(2020, 4, 1)],
    ):
        sheet.append(row)
    book.save(content)

    said, report = read(content.getvalue(), "people.xlsx")

    assert "sheet “Staff”" in report.described
    assert said["hired_on"] == [DAY(2020, 4, 1)]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "cp1252"])
def test_any_encoding_with_or_without_a_mark(codec):
    said, _ = read("sep=;\nPersonalnummer;Name\n1;Jörg Groß\n".encode(codec))

    assert said["name"] == ["Jörg Groß"]


def test_three_hundred_columns_of_which_some_have_one_name():
    heading = ["Employee ID", "Name", "Name", *(f"Custom {n}" for n in range(297))]
    said, report = read(",".join(heading) + "\n1,Ann,Lee" + ",x" * 297 + "\n")

    assert said["name"] == ["Ann"]
    assert report.unused[:2] == ["Name (2)", "Custom 0"]
    assert len(report.columns) == 300


def test_columns_that_hold_something_else_than_their_heading_says_are_left_alone():
    text = "Employee ID,Name,Email,Status,Time zone\n1,Ann,ALEE,Married,Headquarters\n"
    said, report = read(text)

    assert set(said) == {"employee_number", "name"}
    assert [p.column for p in report.problems] == ["Email", "Status", "Time zone"]
    assert not report.blocked
    said, report = read(text, email_domain="x.example")
    assert said["email"] == ["alee@x.example"]


def test_columns_that_nobody_named_can_be_ignored():
    said, report = read(
        "Nr,Name,Title\n1,Ann,Boss\n",
        columns={"employee_number": ["Nr"], "name": ["Name"]},
        others="ignore",
    )

    assert set(said) == {"employee_number", "name"}
    assert report.unused == ["Title"]


def test_a_file_without_the_number_is_shown_and_stopped():
    said, report = read("Name,Title\nAnn,Boss\n")

    assert said == {}
    assert report.blocked
    assert "No column for “Employee number”" in report.problems[0].message
    assert [column["sample"] for column in report.columns] == ["Ann", "Boss"]


def test_zeros_that_a_workbook_only_shows_are_read():
    book, content = Workbook(), io.BytesIO()
    book.active.append(["Employee ID", "Name", "Manager ID"])
    book.active.append([42, "Ann", 7.0])
    for cell in ("A2", "C2"):
        book.active[cell].number_format = "00000"
    book.save(content)

    said, _ = read(content.getvalue(), "people.xlsx")

    assert (said["employee_number"], said["manager"]) == (["00042"], ["00007"])
