"""Files of people by others, through the command: every problem by line, the second run silent."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from people.actions import imports
from people.imports import mapping
from people.models import Event, ImportRun, Person, ReportingLine, Team

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent.parent / "samples"
ORACLE = "hr-oracle-sample-schema/employees.csv"
ENTRA = "hr-entra-csv2scim/csv-with-1000-records.csv"


def run(file: Path, how: str, **options) -> str:
    """What the command prints."""
    out = StringIO()
    call_command(
        "import_people", str(file), mapping=SAMPLES / f"{how}.mapping.yaml", stdout=out, **options
    )
    return out.getvalue()


def rows() -> list[int]:
    """How many rows there are of everything an import writes."""
    return [model.objects.count() for model in (Person, ReportingLine, Team, ImportRun, Event)]


def test_a_company_comes_in_whole(real_input):
    file = real_input(ORACLE)

    assert "created: 107" in run(file, "oracle-people", dry_run=True)
    assert rows() == [0] * 5
    run(file, "oracle-people")
    before = rows()
    assert before[:3] == [107, 107, 11]
    king, yang = (Person.objects.get(employee_number=number) for number in ("100", "101"))
    assert king.email == "sking@hr.example.com"
    assert str(king.hired_on) == "2013-06-17"
    assert yang.lines.get().manager == king
    assert king.lines.get().manager is None

    assert "Nothing to change" in run(file, "oracle-people")
    assert rows() == before


def test_without_a_mapping_the_company_comes_in_without_addresses(real_input):
    file = real_input(ORACLE)
    report = imports.bring_in(file.read_bytes(), file.name, {}, by=None)

    assert [(p.line, p.column, p.severity) for p in report.problems] == [(1, "email", "warning")]
    assert "name the domain" in report.problems[0].message
    assert len(report.created) == 107
    king = Person.objects.get(employee_number="100")
    assert (king.name, king.email, str(king.hired_on)) == ("Steven King", None, "2013-06-17")


def test_every_problem_of_a_broken_company_is_named_by_line(real_input):
    file = real_input(ENTRA)
    how = mapping.parse((SAMPLES / "entra-people.mapping.yaml").read_bytes())
    report = imports.bring_in(file.read_bytes(), file.name, how, by=None)

    by_kind = {
        code: [problem for problem in report.problems if problem.code == code]
        for code in ("duplicate", "manager", "self")
    }
    doubles = by_kind["duplicate"]
    assert (len(doubles), len({problem.value for problem in doubles})) == (641, 265)
    assert len({problem.line for problem in by_kind["manager"]}) == 366
    assert [(problem.line, problem.value) for problem in by_kind["self"]] == [(515, "1961")]
    assert all(2 <= problem.line <= 1001 for problem in report.problems)
    assert report.blocked
    assert rows() == [0] * 5


def test_the_command_fails_when_it_is_refused(real_input):
    with pytest.raises(CommandError, match="Nothing was written"):
        run(real_input(ENTRA), "entra-people")
    assert rows() == [0] * 5


def test_the_good_rows_come_in_when_asked_and_the_second_run_is_silent(real_input):
    file = real_input(ENTRA)

    said = run(file, "entra-lenient", skip_problem_rows=True)
    assert "left out: 641 rows" in said
    before = rows()
    assert before[0] == 359

    assert "Nothing to change" in run(file, "entra-lenient", skip_problem_rows=True)
    assert rows() == before
