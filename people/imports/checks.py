"""What is wrong between the rows of a file: doubles, unknown managers, circles. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from people.imports.columns import Row
from people.imports.organisation import Organisation
from people.imports.report import ERROR, WARNING, Problem, Report

NAMED = 8  # other lines that a message names


def doubles(rows: list[Row], report: Report) -> list[Row]:
    """Rows with one employee number. Lines that say the same twice are read once, with a warning;
    lines that differ are errors, all of them, because none can be trusted over the others."""
    by_number: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if number := row.values.get("employee_number"):
            by_number[number].append(row)
    repeated: set[int] = set()
    for number, same in by_number.items():
        if len(same) == 1:
            continue
        differ = any(row.values != same[0].values for row in same)
        repeated |= set() if differ else {row.line for row in same[1:]}
        for row in same if differ else same[1:]:
            others = _lines(other.line for other in same if other is not row)
            words = (
                f"Employee number {number} also stands on {others}, with other content."
                if differ
                else f"Employee number {number} says the same on {others}; it is read once."
            )
            severity = ERROR if differ else WARNING
            report.problems.append(
                Problem(row.line, "Employee number", words, severity, "duplicate", number)
            )
    return [row for row in rows if row.line not in repeated]


def double_emails(rows: list[Row], report: Report) -> None:
    """An e-mail address signs in one person."""
    by_email: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if email := row.values.get("email"):
            by_email[email].append(row)
    for email, same in by_email.items():
        if len({row.values.get("employee_number") for row in same}) > 1:
            for row in same:
                others = _lines(other.line for other in same if other is not row)
                words = f"This e-mail address also stands on {others}."
                report.problems.append(
                    Problem(row.line, "E-mail", words, code="email", value=email)
                )


class Managers:
    """Who would manage whom if the file were imported, checked until nothing more falls out."""

    def __init__(
        self,
        rows: list[Row],
        lines: dict[str, int],
        known: Organisation,
        report: Report,
        *,
        may_be_empty: bool,
    ) -> None:
        """`rows` are those that could change something, `lines` where everybody stands."""
        self.known, self.report, self.may_be_empty = known, report, may_be_empty
        self.all = [row for row in rows if row.values.get("manager")]
        self.rows = {row.values["employee_number"]: row for row in rows if "manager" in row.values}
        self.lines = lines

    def check(self) -> None:
        """Name every self-manager, unknown manager and circle, by line."""
        self.report.problems.extend(list(self._strangers()))
        bad = {problem.line for problem in self.report.errors}
        while found := list(self._fallen(bad)) or list(self._circles(bad)):
            self.report.problems.extend(found)
            bad |= {problem.line for problem in found if problem.severity == ERROR}

    def _strangers(self) -> Iterator[Problem]:
        """In every row, also in those that have other problems."""
        for row in self.all:
            manager = row.values["manager"]
            if manager == row.values["employee_number"]:
                yield self._problem(row, f"{manager} is named as their own manager.", "self", ERROR)
            elif manager not in self.known.people and manager not in self.lines:
                who = f"Manager {manager}" if manager.isalnum() else f"“{manager}”"
                words = f"{who} is neither in the file nor in the database."
                yield self._missing(row, words, "manager")

    def _fallen(self, bad: set[int]) -> Iterator[Problem]:
        """Rows whose manager would be new, but cannot come because of a problem."""
        for row in self.rows.values():
            manager = row.values["manager"]
            if row.line in bad or manager is None or manager in self.known.people:
                continue
            if self.lines.get(manager) in bad:
                line = self.lines[manager]
                yield self._missing(
                    row, f"Manager {manager} has a problem on line {line}.", "fallen"
                )

    def _missing(self, row: Row, words: str, code: str) -> Problem:
        if not self.may_be_empty:
            return self._problem(row, words, code, ERROR)
        problem = self._problem(row, f"{words} Imported without a manager.", code, WARNING)
        row.values["manager"] = None
        return problem

    def _circles(self, bad: set[int]) -> Iterator[Problem]:
        if not any(self._moves(row) for row in self.all):
            return
        above = {key: person.manager for key, person in self.known.people.items()}
        above |= {
            number: row.values["manager"]
            for number, row in self.rows.items()
            if row.line not in bad
        }
        done: set[str] = set()
        for start in above:
            way: dict[str, None] = {}
            at: str | None = start
            while at is not None and at not in done and at not in way:
                way[at] = None
                at = above.get(at)
            if at is not None and at in way:
                circle = list(way)[list(way).index(at) :]
                yield from self._circle(circle, bad)
            done |= set(way)

    def _moves(self, row: Row) -> bool:
        person = self.known.people.get(row.values["employee_number"])
        return person is None or person.manager != row.values["manager"]

    def _circle(self, circle: list[str], bad: set[int]) -> Iterator[Problem]:
        way = " → ".join([*circle[:NAMED], "…"] if len(circle) > NAMED else [*circle, circle[0]])
        for number in circle:
            row = self.rows.get(number)
            if row and row.line not in bad:
                yield self._problem(row, f"A circle of managers: {way}.", "circle", ERROR)

    def _problem(self, row: Row, words: str, code: str, severity: str) -> Problem:
        return Problem(row.line, "Manager", words, severity, code, row.values["manager"] or "")


def _lines(numbers: Iterator[int]) -> str:
    lines = [str(number) for number in numbers]
    if len(lines) > NAMED:
        lines = [*lines[:NAMED], f"{len(lines) - NAMED} more"]
    return ("line " if len(lines) == 1 else "lines ") + ", ".join(lines)
