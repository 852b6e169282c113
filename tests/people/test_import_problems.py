"""Every problem of a file is named by line, and says what to do."""

import pytest

from people.actions import people
from people.models import Person, Role
from people.refusals import Invalid
from tests.people.conftest import HEADING, STAFF, bring_in, problems

pytestmark = pytest.mark.django_db


def said(row: str, mapping: dict | None = None) -> list[tuple[int, str]]:
    """The problems of one row after the three good ones."""
    report = bring_in(STAFF + row, mapping, dry_run=True)
    return problems(report)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",Nobody,,,,,,", "Employee number is missing."),
        ("4,,,,,,,", "A new person needs a name."),
        ("4,Dora,dora,,,,,", "This is not an e-mail address."),
        ("4,Dora,,,2,,soon,", "This is not a date like 2026-03-31; name its format"),
        ("4,Dora,,,2,,2021-02-30,", "This is not a date like"),
        ("4,Dora,,,2,,1021-02-20,", "This is not a date like"),
        ("4,Dora,,,,,,on a boat", "This status is not known"),
        ("4,Dora,dora@böse.example,,,,,", "Write this e-mail address with plain letters"),
        ("#4,Dora,,,,,,", "An employee number does not begin with #."),
        ("4,Dora,,,#1,,,", "An employee number does not begin with #."),
        ("4,Dora,,,9,,,", "Manager 9 is neither in the file nor in the database."),
        ("4,Dora,,,4,,,", "4 is named as their own manager."),
        (f"4,{'x' * 201},,,,,,", "Name has 201 characters; at most 200 fit."),
        ("4,Do\x07ra,,,,,,", "This cell holds control characters."),
        ("4,Do\u202era,,,,,,", "This cell holds control characters."),
        ("4,=1+1,,,,,,", "This cell begins like a formula"),
        ("4,@SUM(A1),,,,,,", "This cell begins like a formula"),
        ("4,+49 30,,,,,,", "This cell begins like a formula"),
        ("4,-Dora,,,,,,", "This cell begins like a formula"),
        ("4,Dora,,,,,,,,more", "This line has 10 cells, but there are 8 columns."),
    ],
)
def test_a_bad_row_is_named(row, message):
    found = said(row)

    assert [line for line, _ in found] == [5]
    assert found[0][1].startswith(message)


def test_two_rows_of_one_number_are_both_named():
    found = said("3,Carl Other,other@x.example,,2,,,\n")

    assert found == [
        (4, "Employee number 3 also stands on line 5, with other content."),
        (5, "Employee number 3 also stands on line 4, with other content."),
    ]


def test_a_row_that_says_the_same_twice_is_read_once():
    report = bring_in(STAFF + STAFF.splitlines()[-1] + "\n")

    assert problems(report) == [(5, "Employee number 3 says the same on line 4; it is read once.")]
    assert Person.objects.count() == 3


def test_one_address_on_two_rows_is_named_on_both():
    found = said("4,Dora,carl@x.example,,2,,,\n")

    assert found == [
        (4, "This e-mail address also stands on line 5."),
        (5, "This e-mail address also stands on line 4."),
    ]


def test_an_address_of_somebody_else_is_named():
    bring_in(STAFF)

    report = bring_in(f"{HEADING}\n4,Dora,sam@x.example,,2,,,\n", dry_run=True)

    assert problems(report) == [(2, "This e-mail address belongs to Sam Skip (2).")]


def test_a_circle_is_named_on_each_of_its_lines():
    text = f"{HEADING}\n1,Anna,,,3,,,\n2,Bert,,,1,,,\n3,Cleo,,,2,,,\n4,Dora,,,1,,,\n"
    found = problems(bring_in(text, dry_run=True))

    assert [line for line, message in found if "circle" in message] == [2, 3, 4]
    assert (5, "Manager 1 has a problem on line 2.") in found


def test_a_circle_through_people_who_are_not_in_the_file_is_found():
    bring_in(STAFF)

    report = bring_in("employee_number,manager\n1,3\n", dry_run=True)

    assert problems(report) == [(2, "A circle of managers: 1 → 3 → 2 → 1.")]


def test_who_leaves_before_being_hired_is_named():
    text = "employee_number,name,hired_on,left_on\n1,Anna,2020-05-01,2019-05-01\n"

    assert problems(bring_in(text, dry_run=True)) == [
        (2, "Left on 2019-05-01, before being hired on 2020-05-01.")
    ]


def test_an_unknown_manager_may_be_left_empty_when_the_mapping_says_so():
    report = bring_in(STAFF + "4,Dora,,,9,,,\n", {"unknown_manager": "leave_empty"})

    assert not report.blocked
    assert "Imported without a manager." in report.problems[0].message
    assert not Person.objects.get(employee_number="4").lines.exists()


def test_a_problem_in_one_line_of_a_long_cell_is_counted_from_the_file():
    text = 'employee_number,name,title\n1,Anna,"two\nlines"\n2,Bert,=x\n'
    found = problems(bring_in(text, dry_run=True))

    assert [line for line, _ in found] == [4]


def test_a_lone_dash_is_an_empty_cell():
    assert said("4,Dora,-,-,2,-,-,-\n") == []


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"column": {}}, "Unknown entries"),
        ({"columns": {"salary": "Pay"}}, "is not a field"),
        ({"columns": {"name": "No such"}}, "has no such column"),
        ({"columns": ["name"]}, "list of names"),
        ({"unknown_manager": "guess"}, "must be one of"),
        ({"values": {"status": {"a": {"b": "c"}}}}, "must be a word"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(mapping, message):
    with pytest.raises(Invalid, match=message):
        bring_in(STAFF, mapping, dry_run=True)


@pytest.mark.parametrize(
    ("number", "row"), [("50", ""), (None, "50,Ada,ada@x.example,,,,,\n")], ids=["known", "adopted"]
)
def test_who_may_import_but_is_not_hr_cannot_make_themselves_a_manager(number, row):
    ada = people.add(by=None, name="Ada", email="ada@x.example", employee_number=number)
    ada = people.set_roles(ada, by=None, roles=[Role.ADMIN])

    report = bring_in(STAFF.replace(",2,Payments", ",50,Payments") + row, by=ada)

    assert problems(report) == [(4, "Only HR may bring in a file that makes you a manager.")]
    assert report.blocked
