"""People come in from a file: new, changed, left, unchanged, and nothing half written."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.actions import imports, intake, lines, people
from people.models import Event, ImportRun, Person, ReportingLine, Team
from people.refusals import Conflict, Invalid
from tests.people.conftest import HEADING, STAFF, bring_in, problems

pytestmark = pytest.mark.django_db
DAY = datetime.date


def line_of(number: str) -> ReportingLine:
    """The line that holds today."""
    return ReportingLine.objects.as_of(DAY.today()).get(person__employee_number=number)


def changes(report) -> list[tuple[str, str, str, str]]:
    """(number, field, old, new) of everything that changed or left."""
    return [
        (entry["employee_number"], told["field"], told["old"], told["new"])
        for entry in [*report.changed.first, *report.left.first]
        for told in entry["differences"]
    ]


def test_a_first_file_brings_people_teams_and_lines():
    report = bring_in(STAFF)

    assert report.counts()["created"] == 3
    assert problems(report) == []
    carl = Person.objects.get(employee_number="3")
    assert (carl.name, carl.email, carl.hired_on) == (
        "Carl Candidate",
        "carl@x.example",
        DAY(2019, 3, 1),
    )
    assert carl.search_key == "carl candidate carl@x.example"
    assert not carl.has_usable_password()
    assert line_of("3").manager.employee_number == "2"
    assert line_of("3").team.name == "Payments"
    assert line_of("3").since == DAY(2019, 3, 1)
    assert line_of("1").manager is None


def test_a_second_run_changes_nothing_and_writes_no_row():
    bring_in(STAFF)
    counts = [model.objects.count() for model in (Person, ReportingLine, Team, Event, ImportRun)]

    with CaptureQueriesContext(connection) as queries:
        report = bring_in(STAFF)

    assert report.unchanged == 3
    assert not report.changes
    assert counts == [
        model.objects.count() for model in (Person, ReportingLine, Team, Event, ImportRun)
    ]
    written = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert written == []


def test_what_changed_is_told_field_by_field():
    bring_in(STAFF)
    report = bring_in(STAFF.replace("Engineer,2,Payments", "Senior Engineer,1,Search"))

    assert report.unchanged == 2
    assert changes(report) == [
        ("3", "title", "Engineer", "Senior Engineer"),
        ("3", "manager", "2", "1"),
        ("3", "team", "Payments", "Search"),
    ]
    assert line_of("3").manager.employee_number == "1"
    assert line_of("3").since == DAY.today()
    assert ReportingLine.objects.filter(person__employee_number="3").count() == 3


def test_who_is_said_to_have_left_can_no_longer_sign_in():
    bring_in(STAFF)
    report = bring_in(STAFF.replace("2019-03-01,active", "2019-03-01,terminated"))

    assert [entry["employee_number"] for entry in report.left.first] == ["3"]
    carl = Person.objects.get(employee_number="3")
    assert (carl.is_active, carl.left_on) == (False, DAY.today())
    again = bring_in(STAFF.replace("2019-03-01,active", "2019-03-01,terminated"))
    assert again.unchanged == 3


def test_who_comes_back_can_sign_in_again():
    bring_in(STAFF.replace("2019-03-01,active", "2019-03-01,terminated"))
    bring_in(STAFF)

    carl = Person.objects.get(employee_number="3")
    assert (carl.is_active, carl.left_on) == (True, None)
    assert line_of("3").manager.employee_number == "2"


def test_a_last_day_in_the_future_is_a_warning():
    text = "employee_number,name,left_on\n1,Vera Top,2199-01-01\n"
    report = bring_in(text)

    assert problems(report) == [(2, "Will leave on 2199-01-01; import again after that day.")]
    assert Person.objects.get().is_active


def test_the_year_9999_means_no_end():
    report = bring_in("employee_number,name,left_on\n1,Vera Top,9999-12-31\n")

    assert problems(report) == []
    assert Person.objects.get().left_on is None


def test_people_who_are_missing_stay_unless_the_mapping_says_that_they_left():
    bring_in(STAFF)
    shorter = "\n".join(STAFF.splitlines()[:3])

    report = bring_in(shorter)
    assert [entry["employee_number"] for entry in report.not_in_file.first] == ["3"]
    assert Person.objects.get(employee_number="3").is_active

    report = bring_in(shorter, {"missing": "left"})
    assert [entry["employee_number"] for entry in report.left.first] == ["3"]
    assert not Person.objects.get(employee_number="3").is_active
    assert not bring_in(shorter, {"missing": "left"}).changes


def test_somebody_without_a_number_is_known_by_their_address():
    people.add(by=None, name="Vera", email="vera@x.example")

    report = bring_in(STAFF)

    assert report.counts()["created"] == 2
    assert ("1", "employee_number", None, "1") in changes(report)
    assert Person.objects.count() == 3


def test_columns_that_are_not_there_are_not_touched():
    bring_in(STAFF)
    report = bring_in("employee_number,title\n3,Principal\n")

    assert changes(report) == [("3", "title", "Engineer", "Principal")]
    assert line_of("3").manager.employee_number == "2"


def test_empty_cells_clear_what_may_be_empty_and_keep_the_rest():
    bring_in(STAFF)
    bring_in(f"{HEADING}\n3,,,,,,,active\n")

    carl = Person.objects.get(employee_number="3")
    assert (carl.name, carl.email, carl.title) == ("Carl Candidate", "carl@x.example", "")
    assert (line_of("3").manager, line_of("3").team) == (None, None)


def test_a_mapping_says_which_column_is_what():
    mapping = {
        "columns": {
            "employee_number": "Nr",
            "first_name": "Vorname",
            "last_name": "Nachname",
            "email": "Login",
            "hired_on": "Eintritt",
            "status": "Aktiv",
        },
        "date_format": "DD.MM.YYYY",
        "email_domain": "example.com",
        "values": {"status": {"J": "active", "N": "left"}},
        "constants": {"time_zone": "Europe/Berlin", "team": "Werk"},
    }
    text = "Nr;Vorname;Nachname;Login;Eintritt;Aktiv\n7;Zoë;Groß;zoe;01.04.2020;J\n"

    bring_in(text.encode("cp1252"), mapping)

    zoe = Person.objects.get()
    assert (zoe.name, zoe.email, zoe.hired_on) == ("Zoë Groß", "zoe@example.com", DAY(2020, 4, 1))
    assert zoe.time_zone == "Europe/Berlin"
    assert line_of("7").team.key == "Werk"


def test_teams_come_with_their_parents():
    text = (
        "employee_number,name,team,team_name,team_parent\n"
        "1,Vera,pay,Payments,eng\n2,Sam,eng,Engineering,\n"
    )
    bring_in(text)

    pay, eng = Team.objects.get(key="pay"), Team.objects.get(key="eng")
    assert (pay.name, pay.parent, eng.parent) == ("Payments", eng, None)
    assert pay.path == f"/{eng.pk}/{pay.pk}/"
    assert bring_in(text).unchanged == 2


def test_one_problem_stops_everything():
    bad = STAFF + "4,Dora,not-an-address,,2,,,\n"

    report = bring_in(bad)

    assert report.blocked
    assert not Person.objects.exists()
    assert not Team.objects.exists()
    assert not ImportRun.objects.exists()


def test_rows_with_problems_stay_out_when_asked():
    bad = STAFF + "4,Dora,not-an-address,,2,,,\n5,Emil,,,4,,,\n"

    report = bring_in(bad, skip_problem_rows=True)

    assert report.left_out == 2  # Emil would report to somebody who is not there
    assert set(Person.objects.values_list("employee_number", flat=True)) == {"1", "2", "3"}


def test_a_dry_run_writes_nothing():
    report = bring_in(STAFF, dry_run=True)

    assert report.counts()["created"] == 3
    assert not Person.objects.exists()
    assert not Event.objects.exists()


def test_a_preview_that_is_out_of_date_must_be_looked_at_again(hana):
    run = imports.preview(by=hana, content=STAFF.encode(), filename="people.csv")
    people.add(by=hana, name="Vera", employee_number="1")

    with pytest.raises(Conflict, match="look at it once more"):
        imports.confirm(run, by=hana)
    assert Person.objects.filter(employee_number__isnull=False).count() == 1

    run.refresh_from_db()
    assert run.report["counts"]["created"] == 2
    imports.confirm(run, by=hana)
    assert Person.objects.filter(employee_number__isnull=False).count() == 3


def test_who_was_added_at_the_same_moment_makes_it_a_conflict(hana, monkeypatch):
    run = imports.preview(by=hana, content=STAFF.encode(), filename="people.csv")
    write = intake.write

    def late(plan, *, by, progress=None):
        people.add(by=hana, name="Vera", employee_number="1")
        write(plan, by=by)

    monkeypatch.setattr(intake, "write", late)
    with pytest.raises(Conflict, match="at the same moment"):
        imports.confirm(run, by=hana)

    assert not Person.objects.filter(employee_number__isnull=False).exists()
    run.refresh_from_db()
    assert run.state == ImportRun.State.PREVIEWED


def test_a_scheduled_change_gives_way_to_what_the_file_says_today():
    bring_in(STAFF)
    carl, vera = (Person.objects.get(employee_number=number) for number in "31")
    lines.change(carl, by=None, on=DAY(2199, 1, 1), manager=vera)

    bring_in(STAFF.replace("Engineer,2,Payments", "Engineer,,Payments"))

    rows = ReportingLine.objects.known_at().filter(person=carl).order_by("valid")
    assert [row.manager_id for row in rows][-1] is None
    assert rows.last().until is None


def test_who_starts_next_year_is_unchanged_the_second_time():
    text = f"{HEADING}\n1,Vera,,,,,2015-01-01,active\n2,Neo,,,1,New,2199-01-01,active\n"
    bring_in(text)

    assert bring_in(text).unchanged == 2


def test_the_number_of_queries_does_not_grow_with_the_file():
    def queries(first: int, count: int) -> int:
        rows = "".join(f"{n},Person {n},,,,T,2020-01-01,\n" for n in range(first, first + count))
        with CaptureQueriesContext(connection) as captured:
            assert bring_in(f"{HEADING}\n{rows}").counts()["created"] == count
        return len(captured)

    bring_in(f"{HEADING}\n9,First,,,,T,2020-01-01,\n")
    assert queries(10, 2) == queries(100, 200)


def test_managers_are_named_by_number_address_or_name():
    text = (
        "Employee ID,Name,Email,Manager\n"
        "001,Vera Top,vera@x.example,\n"
        '2,"Skip, Sam",sam@x.example,Vera Top (001)\n'
        "3,Carl,carl@x.example,SAM@x.example\n"
        '4,Dora,,"Skip, Sam"\n'
        "5,Emil,,1\n6,Zoë Groß,,sam skip\n7,Finn,,zoe gross\n"
    )

    report = bring_in(text)

    assert problems(report) == []
    managers = {n: line_of(n).manager.employee_number for n in "234567"}
    assert managers == {"2": "001", "3": "2", "4": "2", "5": "001", "6": "2", "7": "6"}
    assert bring_in(text).unchanged == 7


def test_a_name_that_two_people_have_is_no_manager():
    text = "Employee ID,Name,Manager\n1,Ann Lee,\n2,Ann Lee,\n3,Bo,Ann Lee\n"

    assert problems(bring_in(text)) == [
        (4, "2 people are called that: 1, 2. Write the employee number.")
    ]


def test_a_team_is_the_same_whoever_leads_it():
    text = "Worker ID,Worker,Supervisory Organization\n1,Vera Top,Payments (Vera Top)\n"
    bring_in(text)
    bring_in(text.replace("(Vera Top)", "(Ann Lee)") + "2,Ann Lee,Payments (Ann Lee (On Leave))\n")

    assert [team.key for team in Team.objects.all()] == ["Payments"]


def test_a_team_with_a_long_name_keeps_it():
    name = "Department of " + "very " * 12 + "long names"
    text = f"employee_number,name,team\n1,Vera,{name}\n"
    bring_in(text)

    team = Team.objects.get()
    assert (team.name, len(team.key)) == (name, 64)
    assert bring_in(text).unchanged == 1


def test_changes_hold_from_the_day_that_was_chosen():
    bring_in(STAFF)
    before, moved = DAY.today() - datetime.timedelta(days=90), STAFF.replace(",2,Pay", ",1,Pay")

    report = bring_in(moved, on=before)

    assert changes(report) == [("3", "manager", "2", "1")]
    assert line_of("3").since == before
    assert bring_in(moved, on=before).unchanged == 3
    later = DAY.today() + datetime.timedelta(days=30)
    bring_in(STAFF, on=later)
    assert line_of("3").manager.employee_number == "1"
    rows = ReportingLine.objects.as_of(later).filter(person__employee_number="3")
    assert rows.get().manager.employee_number == "2"


def test_a_row_may_have_a_day_of_its_own():
    bring_in(STAFF)
    text = "employee_number,manager,Effective date\n3,1,{}\n2,1,\n"
    on = DAY.today() - datetime.timedelta(days=10)

    report = bring_in(text.format(on))

    assert changes(report) == [("3", "manager", "2", "1")]
    assert line_of("3").since == on
    assert bring_in(text.format(on)).unchanged == 2
    far = problems(bring_in(text.replace("3,1", "3,2").format("1950-01-01")))
    assert [line for line, _ in far] == [2]


def test_a_day_out_of_reason_is_refused():
    with pytest.raises(Invalid) as refused:
        bring_in(STAFF, on=DAY(1990, 1, 1))

    assert list(refused.value.errors) == ["effective_on"]
