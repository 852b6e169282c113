"""Files that say how people were and will be, and numbers that lost their zeros."""

from __future__ import annotations

import pytest

from people.actions import imports
from people.models import Person, ReportingLine
from tests.people.conftest import bring_in, problems

pytestmark = pytest.mark.django_db
HISTORY = """Employee ID,Name,Effective date,Title,Department
1,Ann Lee,2001-01-01,CTO,IT
2,Bo Lee,2018-01-01,Junior,IT
2,Bo Lee,2023-01-01,Senior,Platform
2,Bo Lee,2100-01-01,Staff,Platform
"""


def test_of_a_history_the_row_of_today_is_read_and_the_others_are_told():
    report = bring_in(HISTORY)

    assert problems(report) == [
        (3, "Employee 2 was like this from 2018-01-01 on; line 4 is read."),
        (5, "Employee 2 will be like this from 2100-01-01 on; import again then."),
    ]
    bo = Person.objects.get(employee_number="2")
    line = ReportingLine.objects.get(person=bo)
    assert (bo.title, line.team.key, str(line.valid.lower)) == ("Senior", "Platform", "2023-01-01")


def test_a_day_of_long_ago_is_no_matter_where_people_are_as_the_file_says():
    bring_in(HISTORY)

    again = bring_in(HISTORY)
    moved = bring_in(HISTORY.replace("CTO,IT", "CTO,Board"))

    assert not again.changes
    assert not again.blocked
    assert "Changes from 2001-01-01 on are too far away" in problems(moved)[0][1]


def test_rows_of_one_person_that_are_no_history_are_still_doubted():
    report = bring_in("ID,Name,Title\n1,Ann Lee,CTO\n1,Ann Lee,Trainer\n")

    assert [line for line, _ in problems(report)] == [2, 3]
    assert report.blocked


@pytest.mark.parametrize(("name", "blocked"), [("Ann Lee", True), ("Zoe New", False)])
def test_a_number_without_its_zeros_is_told(name, blocked):
    bring_in("ID,Name\n00042,Ann Lee\n")

    report = bring_in(f"ID,Name\n42,{name}\n", dry_run=True)

    assert problems(report)[0] == (
        2,
        "42 is not known here, but 00042 is Ann Lee. Write all zeros of the number.",
    )
    assert report.blocked is blocked


def test_a_file_without_rows_is_told_and_makes_nobody_leave():
    bring_in("ID,Name\n1,Ann Lee\n")

    told = bring_in("ID,Name\n")
    refused = imports.bring_in(b"ID,Name\n", "people.csv", {"missing": "left"}, by=None)

    assert problems(told) == [(0, "There is no row below the headings.")]
    assert not told.blocked
    assert refused.stopped
    assert Person.objects.get(employee_number="1").left_on is None


def test_a_day_of_hire_years_from_now_was_misread():
    report = bring_in("ID,Name,Hired on\n1,Ann Lee,20/03/31\n2,Bo Lee,19/11/30\n")

    assert [line for line, _ in problems(report)] == [2, 3]
    assert "Hired on 2031-03-20, years from now." in problems(report)[0][1]
