"""The file against the database: who is new, who changed and how, who left. Nothing is written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from people.imports import checks, managers
from people.imports.cells import Bad
from people.imports.columns import Row, Sheet
from people.imports.fields import PEOPLE
from people.imports.interest import rows_of_interest
from people.imports.mapping import Mapping
from people.imports.organisation import Organisation, Standing
from people.imports.progress import SILENT, Progress
from people.imports.report import WARNING, Problem, Report
from people.imports.teams import NewTeam, resolve

LABELS = {field.name: field.label for field in PEOPLE}
KEPT_WHEN_EMPTY = ("email", "time_zone", "hired_on", "name")
REASON = "they may be up to ten years ago or a year ahead"
OWN = ("employee_number", "name", "email", "title", "time_zone", "hired_on", "left_on")


@dataclass(slots=True)
class Change:
    """What one row would write. `fields` are a person's own; `line` is None when it stays."""

    number: str
    person: Standing | None
    fields: dict[str, Any] = field(default_factory=dict)
    line: tuple[str | None, str | None] | None = None
    since: datetime.date | None = None


@dataclass
class Plan:
    """Everything that confirming would write, and the report that says so."""

    report: Report
    changes: list[Change] = field(default_factory=list)
    teams: list[NewTeam] = field(default_factory=list)
    on: datetime.date = datetime.date.min
    today: datetime.date = datetime.date.min
    mapping: dict[str, Any] = field(default_factory=dict)


def compare(
    sheet: Sheet,
    known: Organisation,
    mapping: Mapping,
    report: Report,
    *,
    on: datetime.date,
    today: datetime.date,
    never_manager: int | None = None,
    progress: Progress = SILENT,
) -> Plan:
    """Check the rows against each other and the database; then say what would change on `on`.

    `never_manager` is whom this file may make nobody's manager: an importer who is not HR.
    """
    plan = Plan(report, on=on, today=today)
    if "employee_number" not in sheet.columns:
        return plan
    _names(sheet)
    managers.resolve(sheet, known, report)
    numbers = sheet.columns["employee_number"]
    lines = dict(zip(numbers, sheet.lines, strict=True))
    named = set(lines)
    rows = [sheet.row(at) for at in rows_of_interest(sheet, known, report)]
    report.unchanged = len(sheet) - len(rows)
    rows = checks.doubles(rows, report)
    rows = [row for row in rows if row.values.get("employee_number")]
    checks.double_emails(rows, report)
    _on_their_days(rows, known, plan)
    barred = _keys(never_manager, rows, known)
    unreadable = {problem.line for problem in report.errors}
    for row in rows:
        _check(row, known, plan, unreadable=row.line in unreadable)
        _check_own_power(row, known, report, barred)
    empty = mapping.unknown_manager == "leave_empty"
    checks.Managers(rows, lines, known, report, may_be_empty=empty).check()
    bad = {problem.line for problem in report.errors}
    report.left_out = len(bad - {0})
    good = [row for row in rows if row.line not in bad]
    plan.teams = resolve(good, known, report)
    for row in progress.over(good, "Comparing", len(good)):
        _weigh(row, known, plan)
    _missing(named, known, mapping, plan)
    return plan


def _names(sheet: Sheet) -> None:
    """First and last name are the name, where there is no whole one."""
    columns = sheet.columns
    parts = [columns.pop(name) for name in ("first_name", "last_name") if name in columns]
    if not parts:
        return
    whole = columns.get("name") or [None] * len(sheet)
    columns["name"] = [
        name or _joined(several) for name, *several in zip(whole, *parts, strict=True)
    ]


def _joined(parts: list[Any]) -> Any:
    bad = next((part for part in parts if part.__class__ is Bad), None)
    return bad or " ".join(part for part in parts if part) or None


def _on_their_days(rows: list[Row], known: Organisation, plan: Plan) -> None:
    """Rows with a day of their own are compared with what stands on that day."""
    days = {}
    for row in rows:
        day = row.values.get("effective_on")
        if day and not within_reason(day, plan.today):
            words = f"Changes from {day} on are too far away; {REASON}."
            plan.report.problems.append(
                Problem(row.line, "Effective from", words, code="date", value=str(day))
            )
        elif day and (person := who(row, known)):
            days[person.key] = day
    known.on_their_days(days)


def within_reason(day: datetime.date, today: datetime.date) -> bool:
    """Days from which a change may hold."""
    return datetime.timedelta(days=-3_653) <= day - today <= datetime.timedelta(days=366)


def who(row: Row, known: Organisation) -> Standing | None:
    """The person a row is about: by number, else somebody without one who has this e-mail."""
    if person := known.people.get(row.values["employee_number"]):
        return person
    person = known.by_email.get(row.values.get("email") or "")
    return person if person and person.employee_number is None else None


def _keys(pk: int | None, rows: list[Row], known: Organisation) -> set[str]:
    """Every name that the file could have for the person of this id."""
    keys = {person.key for person in known.people.values() if person.pk == pk}
    own = (row for row in rows if (person := who(row, known)) and person.pk == pk)
    return keys | {row.values["employee_number"] for row in own}


def _check_own_power(row: Row, known: Organisation, report: Report, barred: set[str]) -> None:
    """Who leads somebody may read about their case: only HR hands that out."""
    manager, person = row.values.get("manager"), who(row, known)
    if manager in barred and not (person and person.manager == manager):
        words = "Only HR may bring in a file that makes you a manager."
        report.problems.append(Problem(row.line, "Manager", words, code="cell", value=manager))


def _check(row: Row, known: Organisation, plan: Plan, *, unreadable: bool) -> None:
    person = who(row, known)
    values, found = row.values, plan.report.problems
    if person is None and not values.get("name") and not unreadable:
        found.append(Problem(row.line, "Name", "A new person needs a name.", code="name"))
    holder = known.by_email.get(values.get("email") or "")
    if holder and (person is None or holder.pk != person.pk):
        words = f"This e-mail address belongs to {holder.name} ({holder.key})."
        found.append(Problem(row.line, "E-mail", words, code="email", value=holder.email or ""))
    came, left = values.get("hired_on") or (person and person.hired_on), values.get("left_on")
    if came and left and left < came:
        words = f"Left on {left}, before being hired on {came}."
        found.append(Problem(row.line, "Left on", words, code="date", value=str(left)))
    if left and left > plan.today:
        words = f"Will leave on {left}; import again after that day."
        found.append(Problem(row.line, "Left on", words, WARNING, "date", str(left)))


def _left_on(row: Row, person: Standing | None, plan: Plan) -> datetime.date | None:
    """The last day, as far as the file says it; None means: works here."""
    left, status = row.values.get("left_on"), row.values.get("status")
    if left and left <= plan.today:
        return left
    if status == "left":
        came = row.values.get("hired_on") or (person.hired_on if person else None) or plan.on
        return (person.left_on if person else None) or max(plan.on, came)
    says = "left_on" in row.values or status is not None
    return None if says or person is None else person.left_on


def _weigh(row: Row, known: Organisation, plan: Plan) -> None:
    """Sort one good row into created, changed, left or unchanged."""
    person, values = who(row, known), row.values
    wanted = {name: values[name] for name in OWN if name in values and name != "left_on"}
    for name in KEPT_WHEN_EMPTY:
        if name in wanted and wanted[name] is None:
            del wanted[name]
    if "title" in wanted:
        wanted["title"] = wanted["title"] or ""
    left = wanted["left_on"] = _left_on(row, person, plan)
    old = {name: getattr(person, name) for name in wanted} if person else {}
    fields = {name: value for name, value in wanted.items() if not person or old[name] != value}
    line = None if left else _line(row, person)
    change = Change(values["employee_number"], person, fields, line, _since(row, person, plan))
    if person and not fields and line is None:
        plan.report.unchanged += 1
        return
    plan.changes.append(change)
    _tell(row, change, left, plan.report)


def _since(row: Row, person: Standing | None, plan: Plan) -> datetime.date:
    """From when a line holds: its own day or that of the import, but not before the first day."""
    own = row.values.get("effective_on")
    came = row.values.get("hired_on") or (person.hired_on if person else None)
    if person is None:
        return max(own, came) if own and came else own or came or plan.on
    return max(own or plan.on, came) if came else own or plan.on


def _line(row: Row, person: Standing | None) -> tuple[str | None, str | None] | None:
    """Manager and team as they would be; None when they stay as they are."""
    before = (person.manager, person.team) if person else (None, None)
    after = (row.values.get("manager", before[0]), row.values.get("team", before[1]))
    return None if after == before else after


def _tell(row: Row, change: Change, left: datetime.date | None, report: Report) -> None:
    name = change.fields.get("name") or (change.person.name if change.person else change.number)
    entry: dict[str, Any] = {"line": row.line, "employee_number": change.number, "name": name}
    if change.person is None:
        shown = {key: value for key, value in change.fields.items() if value not in (None, "")}
        shown |= dict(zip(("manager", "team"), change.line or (), strict=False))
        entry["values"] = [_said(key, value) for key, value in shown.items() if key != "name"]
        report.created.append(entry)
        return
    entry["differences"] = _differences(change)
    gone = left is not None and change.person.left_on is None
    (report.left if gone else report.changed).append(entry)


def _differences(change: Change) -> list[dict[str, Any]]:
    person = change.person
    pairs = {name: (getattr(person, name), value) for name, value in change.fields.items()}
    if change.line is not None and person:
        pairs |= {
            "manager": (person.manager, change.line[0]),
            "team": (person.team, change.line[1]),
        }
    return [
        {"field": name, "label": LABELS[name], "old": _plain(old), "new": _plain(new)}
        for name, (old, new) in pairs.items()
        if old != new
    ]


def _missing(numbers: set[str], known: Organisation, mapping: Mapping, plan: Plan) -> None:
    """People the file does not name; they stay, unless the mapping says that they have left."""
    for person in known.people.values():
        number = person.employee_number
        if number is None or person.left_on or number in numbers:
            continue
        entry = {"line": 0, "employee_number": number, "name": person.name}
        plan.report.not_in_file.append(entry)
        if mapping.missing == "left":
            day = max(plan.on, person.hired_on or plan.on)
            change = Change(number, person, {"left_on": day}, since=day)
            plan.changes.append(change)
            plan.report.left.append({**entry, "differences": _differences(change)})


def _said(name: str, value: Any) -> dict[str, Any]:
    return {"field": name, "label": LABELS[name], "value": _plain(value)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
