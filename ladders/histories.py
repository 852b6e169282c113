"""Earlier placements out of a file: read against people, levels and what stands. Writes nothing."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from ladders.models import Level, Placement
from ladders.states import VersionState
from people.imports.columns import Row
from people.imports.mapping import Mapping
from people.imports.report import WARNING, Problem, Report
from people.models import Person

A_DAY = datetime.timedelta(days=1)
GIVES_WAY = (Placement.Kind.HIRE, Placement.Kind.IMPORT)


@dataclass(frozen=True)
class Earlier:
    """One placement that the file says and that is not there yet."""

    line: int
    person: Person
    level: Level
    valid: DateRange


@dataclass
class Plan:
    """What confirming would write, and the report that says so."""

    report: Report
    earlier: list[Earlier] = field(default_factory=list)


class Levels:
    """The levels of the published ladders, found by key, code or title."""

    def __init__(self) -> None:
        self.by_name: dict[str, dict[str, list[Level]]] = defaultdict(lambda: defaultdict(list))
        published = Level.objects.filter(version__state=VersionState.PUBLISHED)
        for level in published.select_related("version__ladder"):
            names = {level.key, level.code, *level.titles} - {""}
            for name in {name.casefold() for name in names}:
                self.by_name[level.version.ladder.slug][name].append(level)

    def find(self, ladder: str | None, text: str) -> Level | str:
        """The level, or the sentence that says why there is none. `text` may be "ladder/level"."""
        if not ladder and "/" in text:
            ladder, text = text.split("/", 1)
        ladders = [ladder] if ladder else list(self.by_name)
        if ladder and ladder not in self.by_name:
            return f"There is no published ladder “{ladder}”."
        found = [level for slug in ladders for level in self.by_name[slug].get(text.casefold(), [])]
        if len(found) == 1:
            return found[0]
        if found:
            return f"“{text}” names {len(found)} levels; write ladder/level."
        return f"There is no level “{text}” in {ladder or 'any published ladder'}."


def compare(rows: list[Row], mapping: Mapping, report: Report) -> Plan:
    """What each row would add to what stands; every row that cannot be used is named."""
    plan = Plan(report)
    said = _said(rows, mapping, report)
    standing: dict[int, list[Placement]] = defaultdict(list)
    ids = {entry.person.pk for entry in said}
    rows_standing = Placement.objects.known_at().filter(person__in=ids).order_by("valid")
    for placement in rows_standing.select_related("level"):
        standing[placement.person_id].append(placement)
    by_person: dict[int, list[Earlier]] = defaultdict(list)
    for entry in said:
        by_person[entry.person.pk].append(entry)
    for pk, entries in by_person.items():
        _fit(sorted(entries, key=_closed_first), standing[pk], plan)
    bad = {problem.line for problem in report.errors}
    report.left_out = len(bad)
    plan.earlier = [entry for entry in plan.earlier if entry.line not in bad]
    for entry in plan.earlier:
        report.created.append(_told(entry))
    return plan


def _said(rows: list[Row], mapping: Mapping, report: Report) -> list[Earlier]:
    """The rows that name a person, a level and a period."""
    numbers = {row.values.get("employee_number") for row in rows}
    people = {p.employee_number: p for p in Person.objects.filter(employee_number__in=numbers)}
    levels = Levels()
    bad = {problem.line for problem in report.errors}
    said = []
    for row in rows:
        number, text = row.values.get("employee_number"), row.values.get("level")
        if row.line in bad or not number or not text:
            continue
        level = levels.find(row.values.get("ladder"), text)
        valid = _valid(row, mapping)
        if number not in people:
            _wrong(report, row, "Employee number", f"Nobody has employee number {number}.", number)
        elif isinstance(level, str):
            _wrong(report, row, "Level", level, text)
        elif valid is None:
            _wrong(report, row, "To", "This placement ends before it begins.", "")
        else:
            said.append(Earlier(row.line, people[number], level, valid))
    return said


def _valid(row: Row, mapping: Mapping) -> DateRange | None:
    start, end = row.values["start"], row.values.get("end")
    if end is not None and mapping.end == "last_day":
        end += A_DAY
    return None if end is not None and end <= start else DateRange(start, end)


def _closed_first(entry: Earlier) -> tuple[bool, datetime.date]:
    """Periods that ended come first: the one that goes on takes the time after them."""
    return entry.valid.upper is None, entry.valid.lower


def _fit(entries: list[Earlier], standing: list[Placement], plan: Plan) -> None:
    """Fit one person's rows to each other and to what stands; what stands is never overruled,
    but a hire or an import that goes on until today gives up the time of an earlier period."""
    taken: list[Earlier] = []
    for entry in entries:
        clash = next((other for other in taken if _overlap(entry.valid, other.valid)), None)
        if entry.valid.upper is None:
            _go_on(entry, taken, standing, plan)
        elif clash:
            words = f"This period overlaps the one on line {clash.line}."
            plan.report.problems.append(Problem(entry.line, "From", words, code="overlap"))
        else:
            taken.append(entry)
            _put_before(entry, standing, plan)


def _put_before(entry: Earlier, standing: list[Placement], plan: Plan) -> None:
    over = [row for row in standing if _overlap(entry.valid, row.valid)]
    if over and all(row.level_id == entry.level.pk for row in over) and _covers(over, entry.valid):
        plan.report.unchanged += 1
    elif all(row.until is None and row.kind in GIVES_WAY for row in over):
        plan.earlier.append(entry)
    else:
        plan.report.problems.append(_stands(entry, over[0]))


def _go_on(entry: Earlier, taken: list[Earlier], standing: list[Placement], plan: Plan) -> None:
    """A row without an end: the level of today, from its start or the end of what came before."""
    now = next((row for row in standing if row.until is None), None)
    if now and now.level_id == entry.level.pk:
        plan.report.unchanged += 1
        return
    if now:
        plan.report.problems.append(_stands(entry, now))
        return
    ends = [other.valid.upper for other in taken] + [row.until for row in standing if row.until]
    start = max([entry.valid.lower, *(end for end in ends if end)])
    later = Earlier(entry.line, entry.person, entry.level, DateRange(start, None))
    taken.append(later)
    plan.earlier.append(later)


def _stands(entry: Earlier, row: Placement) -> Problem:
    words = (
        f"{entry.person.name} already stands on “{row.level.title}” since {row.since}. An import "
        "does not overrule that; correct the placement if it is wrong."
    )
    return Problem(entry.line, "Level", words, WARNING, "stands", entry.level.title)


def _covers(rows: Iterable[Placement], valid: DateRange) -> bool:
    at = valid.lower
    for row in sorted(rows, key=lambda row: row.since):
        if row.since > at:
            return False
        if row.until is None or row.until >= valid.upper:
            return True
        at = row.until
    return False


def _overlap(one: DateRange, other: DateRange) -> bool:
    begins = other.upper is None or one.lower < other.upper
    return begins and (one.upper is None or other.lower < one.upper)


def _wrong(report: Report, row: Row, column: str, words: str, value: str) -> None:
    report.problems.append(Problem(row.line, column, words, code="cell", value=value))


def _told(entry: Earlier) -> dict[str, Any]:
    return {
        "line": entry.line,
        "employee_number": entry.person.employee_number,
        "name": entry.person.name,
        "level": entry.level.title,
        "since": entry.valid.lower.isoformat(),
        "until": entry.valid.upper.isoformat() if entry.valid.upper else None,
    }
