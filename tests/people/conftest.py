"""Somebody from HR, and a short way to import a few lines."""

from __future__ import annotations

from typing import Any

import pytest

from people.actions import imports, people
from people.imports.report import Report
from people.models import Person, Role

HEADING = "employee_number,name,email,title,manager,team,hired_on,status"
STAFF = f"""{HEADING}
1,Vera Top,vera@x.example,Director,,Engineering,2015-01-01,active
2,Sam Skip,sam@x.example,Manager,1,Engineering,2016-02-01,active
3,Carl Candidate,carl@x.example,Engineer,2,Payments,2019-03-01,active
"""


@pytest.fixture
def hana(db) -> Person:
    """HR, not on any file."""
    hana = people.add(by=None, name="Hana HR", email="hana@example.com")
    return people.set_roles(hana, by=None, roles=[Role.HR])


def bring_in(text: str | bytes, mapping: dict[str, Any] | None = None, **options: Any) -> Report:
    """Import lines of CSV in one go."""
    content = text.encode() if isinstance(text, str) else text
    options = {"by": None, "filename": "people.csv"} | options
    return imports.bring_in(content, mapping=mapping or {}, **options)


def problems(report: Report) -> list[tuple[int, str]]:
    """(line, message) of every problem, in order."""
    return sorted((problem.line, problem.message) for problem in report.problems)
