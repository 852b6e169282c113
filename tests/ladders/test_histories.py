"""Earlier placements come in from a file, and overrule nothing that stands."""

import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ladders.actions import histories, placements
from ladders.models import Level, Placement
from people.actions import people
from people.models import Person

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent.parent / "samples"
DAY = datetime.date
HEADING = "employee_number,start,end,level,ladder\n"


@pytest.fixture
def jobs(db) -> dict[str, Level]:
    """The sample ladder, by code."""
    call_command("import_ladder", SAMPLES / "sample-jobs.ladder.yaml", stdout=StringIO())
    return {level.code: level for level in Level.objects.all()}


@pytest.fixture
def carl(db) -> Person:
    """Somebody with an employee number."""
    return people.add(by=None, name="Carl", employee_number="7", hired_on=DAY(2015, 1, 1))


def bring_in(rows: str, **options):
    """Import lines of CSV."""
    text = (HEADING + rows).encode()
    return histories.bring_in(text, "history.csv", options.pop("mapping", {}), by=None, **options)


def standing(person: Person) -> list[tuple]:
    """(from, to, code, kind) of what stands, in order."""
    placed = Placement.objects.known_at().filter(person=person).order_by("valid")
    return [(row.since, row.until, row.level.code, row.kind) for row in placed]


def said(report) -> list[tuple[int, str]]:
    """(line, message) of every problem."""
    return [(problem.line, problem.message) for problem in report.problems]


@pytest.mark.parametrize("swapped", [False, True])
def test_a_former_job_cuts_the_one_that_goes_on_whatever_the_order(jobs, carl, swapped):
    rows = ["7,2015-01-01,,IT_PROG,\n", "7,2015-01-01,2017-12-31,ST_CLERK,sample-jobs\n"]
    for row in reversed(rows) if swapped else rows:
        assert said(bring_in(row)) == []

    assert standing(carl) == [
        (DAY(2015, 1, 1), DAY(2018, 1, 1), "ST_CLERK", "import"),
        (DAY(2018, 1, 1), None, "IT_PROG", "import"),
    ]
    before = Placement.objects.count()
    report = bring_in("".join(rows))
    assert (report.unchanged, Placement.objects.count()) == (2, before)


def test_the_day_after_may_be_meant(jobs, carl):
    bring_in("7,2015-01-01,2016-01-01,ST_CLERK,\n", mapping={"end": "day_after"})

    assert standing(carl)[0][1] == DAY(2016, 1, 1)


def test_what_stands_is_not_overruled(jobs, carl):
    placements.place(carl, jobs["ST_CLERK"], by=None, on=DAY(2015, 1, 1), kind="hire")
    placements.place(carl, jobs["ST_MAN"], by=None, on=DAY(2020, 1, 1), kind="promotion")
    before = standing(carl)

    report = bring_in("7,2021-01-01,2021-12-31,SH_CLERK,\n7,2015-01-01,,SH_CLERK,\n")

    assert standing(carl) == before
    assert [line for line, _ in said(report)] == [2, 3]
    assert "does not overrule" in said(report)[0][1]


def test_a_job_in_the_middle_of_a_hire_makes_no_second_hire(jobs, carl):
    placements.place(carl, jobs["ST_CLERK"], by=None, on=DAY(2015, 1, 1), kind="hire")

    bring_in("7,2016-01-01,2016-12-31,SH_CLERK,\n")

    assert [kind for *_, kind in standing(carl)] == ["hire", "import", "import"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("8,2015-01-01,,IT_PROG,", "Nobody has employee number 8."),
        ("7,2015-01-01,,NO_SUCH,", "There is no level “NO_SUCH” in any published ladder."),
        ("7,2015-01-01,,IT_PROG,nowhere", "There is no published ladder “nowhere”."),
        ("7,2015-01-01,2014-01-01,IT_PROG,", "This placement ends before it begins."),
        ("7,,,IT_PROG,", "From is missing."),
        ("7,2015-01-01,,,", "Level is missing."),
    ],
)
def test_a_bad_row_is_named_and_stops_everything(jobs, carl, row, message):
    report = bring_in(f"7,2014-01-01,2014-06-30,ST_CLERK,\n{row}\n")

    assert said(report) == [(3, message)]
    assert report.blocked
    assert standing(carl) == []


def test_the_other_rows_come_in_when_asked(jobs, carl):
    rows = "7,2014-01-01,2014-06-30,ST_CLERK,\n7,,,IT_PROG,\n"

    bring_in(rows, skip_problem_rows=True)

    assert len(standing(carl)) == 1


def test_periods_that_overlap_in_the_file_are_named(jobs, carl):
    report = bring_in("7,2014-01-01,2014-06-30,ST_CLERK,\n7,2014-06-30,2015-01-01,IT_PROG,\n")

    assert said(report) == [(3, "This period overlaps the one on line 2.")]


def test_a_dry_run_writes_nothing(jobs, carl):
    assert bring_in("7,2014-01-01,,ST_CLERK,\n", dry_run=True).counts()["created"] == 1
    assert standing(carl) == []


def test_the_command_fails_with_problems(jobs, carl, tmp_path):
    file = tmp_path / "history.csv"
    file.write_text(HEADING + "8,2015-01-01,,IT_PROG,\n")

    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_placements", file, stdout=StringIO())


def test_a_real_history_comes_in_before_the_present_jobs(real_input, jobs):
    folder = "hr-oracle-sample-schema"
    staff, former = real_input(f"{folder}/employees.csv"), real_input(f"{folder}/job_history.csv")

    def run(command: str, file: Path, how: str) -> str:
        out = StringIO()
        call_command(command, file, mapping=SAMPLES / f"{how}.mapping.yaml", stdout=out)
        return out.getvalue()

    run("import_people", staff, "oracle-people")
    run("import_placements", staff, "oracle-present")
    assert "created: 9" in run("import_placements", former, "oracle-history")
    garcia = Person.objects.get(employee_number="102")
    assert standing(garcia) == [
        (DAY(2011, 1, 13), DAY(2016, 7, 25), "IT_PROG", "import"),
        (DAY(2016, 7, 25), None, "AD_VP", "import"),
    ]
    today = Placement.objects.as_of(DAY(2026, 1, 1))
    assert today.count() == 107
    before = Placement.objects.count()
    for file, how in ((former, "oracle-history"), (staff, "oracle-present")):
        assert "Nothing to change" in run("import_placements", file, how)
    assert Placement.objects.count() == before
