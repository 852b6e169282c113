"""Which rows of a file may say something new; all others are as they are and cost little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from people.imports.cells import Bad
from people.imports.columns import Sheet
from people.imports.organisation import Organisation, Standing
from people.imports.report import Report

NUMBER = "employee_number"
COMPARED = ("name", "email", "title", "time_zone", "hired_on", "manager", "team")


def rows_of_interest(sheet: Sheet, known: Organisation, report: Report) -> list[int]:
    """Where the rows stand that may say something new, or that have a problem: a superset.

    Of a large file that was imported before this leaves a few; all others are as they are.
    """
    columns = sheet.columns
    numbers = columns[NUMBER]
    forced = _shared(numbers) | _shared(columns.get("email", []))
    wrong = {problem.line for problem in report.problems}
    forced |= {at for at, line in enumerate(sheet.lines) if line in wrong} if wrong else set()
    forced |= {at for at, day in enumerate(columns.get("effective_on", [])) if day}
    forced |= {at for at, day in enumerate(columns.get("left_on", [])) if day}
    works = (None, "active")
    forced |= {at for at, status in enumerate(columns.get("status", [])) if status not in works}
    there = {*columns, "team"} if "team_name" in columns else columns.keys()
    names = [name for name in COMPARED if name in there]
    compared = [_compared(name, sheet, known) for name in names]
    # The number is compared too: a row of two columns or more is a tuple, as `pick` makes them.
    says = zip(numbers, *(compared or [numbers]), strict=True)
    pick = itemgetter(*map(Standing._fields.index, (NUMBER, *(names or [NUMBER]))))
    people, found = known.people, []
    for at, (number, row) in enumerate(zip(numbers, says, strict=True)):
        person = people.get(number)
        if person is None or person.left_on or pick(person) != row or at in forced:
            found.append(at)
    return found


def _compared(name: str, sheet: Sheet, known: Organisation) -> Iterable[Any]:
    """A column as the database would have it, where that is quickly said."""
    columns = sheet.columns
    if name == "title":
        return (text or "" if text.__class__ is not Bad else text for text in columns[name])
    if name != "team":
        return columns[name]
    keys: dict[Any, Any] = {None: None}
    texts = columns.get("team") or columns.get("team_name") or ()
    if "team_name" in columns and "team" in columns:
        texts = [team or name for team, name in zip(texts, columns["team_name"], strict=True)]
    for text in set(texts):
        keys[text] = known.team_key(text) if text.__class__ is str else text
    return (keys[text] for text in texts)


def _shared(values: list[Any]) -> set[int]:
    """Where a value stands that stands somewhere else too."""
    if len(set(values)) == len(values):
        return set()
    often = {value for value, count in Counter(values).items() if count > 1 and value is not None}
    return {at for at, value in enumerate(values) if value in often}
