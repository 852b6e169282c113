"""The file against the database: who is new, who changed and how, who left. Nobody is touched."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from people.imports import checks, histories, interest, managers
from people.imports.changes import Change, Changes
from people.imports.fields import PEOPLE
from people.imports.findings import BAD
from people.imports.mapping import Mapping
from people.imports.organisation import Standing, Teams
from people.imports.progress import SILENT, Progress
from people.imports.report import WARNING, Problem, Report
from people.imports.seen import Seen, missing, seen
from people.imports.stage import Stage, rows, run
from people.imports.teams import NewTeam, Resolver

LABELS = {field.name: field.label for field in PEOPLE}
KEPT_WHEN_EMPTY = ("email", "time_zone", "hired_on", "name")
LONG, SOON = datetime.timedelta(days=3_653), datetime.timedelta(days=366)
REASON = "they may be up to ten years ago or a year ahead"
OWN = ("employee_number", "name", "email", "title", "time_zone", "hired_on", "left_on")
KEY = "SELECT coalesce(employee_number, '#' || id) FROM people_person WHERE id = %(pk)s"


@dataclass
class Plan:
    """Everything that confirming would write, and the report that says so."""

    report: Report
    changes: Changes
    teams: list[NewTeam] = field(default_factory=list)
    on: datetime.date = datetime.date.min
    today: datetime.date = datetime.date.min
    mapping: dict[str, Any] = field(default_factory=dict)


def compare(
    stage: Stage,
    known: Teams,
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
    plan, findings = Plan(report, Changes(), on=on, today=today), report.problems
    if "employee_number" not in stage.said:
        return plan
    run("ANALYZE import_row (line, employee_number)")
    histories.one_row_each(stage, findings, on)
    managers.resolve(stage, known, findings)
    report.unchanged, count = interest.look(stage, known, findings, on)
    histories.forget_long_ago(stage, on, today - LONG)
    if count:
        _check_all(stage, mapping, plan, count, never_manager, progress)
    findings.flush()
    [(report.left_out,)] = rows(f"SELECT count(DISTINCT line) FROM ({BAD}) bad WHERE line > 0")
    teams = Resolver(known)
    for row in progress.over(seen(stage, on) if count else (), "Comparing", count):
        if not row.wrong:
            teams.resolve(row.values)
            _weigh(row, plan)
    plan.teams = teams.founded(report)
    _missing(mapping, plan)
    plan.changes.flush()
    return plan


def _check_all(
    stage: Stage,
    mapping: Mapping,
    plan: Plan,
    count: int,
    never_manager: int | None,
    progress: Progress,
) -> None:
    findings = plan.report.problems
    checks.doubles(stage, findings)
    checks.double_emails(stage, findings)
    checks.lost_zeros(stage, findings)
    findings.flush()
    barred = _keys(never_manager, stage, plan.on)
    for row in progress.over(seen(stage, plan.on), "Checking", count):
        _check(row, plan)
        _check_own_power(row, plan.report, barred)
    empty = mapping.unknown_manager == "leave_empty"
    checks.managers(stage, findings, plan.on, may_be_empty=empty)


def within_reason(day: datetime.date, today: datetime.date) -> bool:
    """Days from which a change may hold."""
    return -LONG <= day - today <= SOON


def _keys(pk: int | None, stage: Stage, on: datetime.date) -> set[str]:
    """Every name that the file could have for the person of this id."""
    if pk is None:
        return set()
    own = (row for row in seen(stage, on) if row.person and row.person.pk == pk)
    return {key for (key,) in rows(KEY, {"pk": pk})} | {r.values["employee_number"] for r in own}


def _check_own_power(row: Seen, report: Report, barred: set[str]) -> None:
    """Who leads somebody may read about their case: only HR hands that out."""
    manager, person = row.values.get("manager"), row.person
    if manager in barred and not (person and person.manager == manager):
        words = "Only HR may bring in a file that makes you a manager."
        report.problems.append(Problem(row.line, "Manager", words, code="cell", value=manager))


def _check(row: Seen, plan: Plan) -> None:
    person, values, found = row.person, row.values, plan.report.problems
    day, wrong = values.get("effective_on"), row.wrong
    if day and (day - plan.today > SOON or (person and plan.today - day > LONG)):
        words, wrong = f"Changes from {day} on are too far away; {REASON}.", True
        found.append(Problem(row.line, "Effective from", words, code="date", value=str(day)))
    if person is None and not values.get("name") and not wrong:
        found.append(Problem(row.line, "Name", "A new person needs a name.", code="name"))
    if row.holder and (person is None or row.holder != person.pk):
        words = f"This e-mail address belongs to {row.holder_name} ({row.holder_key})."
        found.append(Problem(row.line, "E-mail", words, code="email", value=values["email"]))
    if (hired := values.get("hired_on")) and hired - plan.today > 2 * SOON:
        words = f"Hired on {hired}, years from now. Say how dates are written if this was misread."
        found.append(Problem(row.line, "Hired on", words, WARNING, "date", str(hired)))
    came, left = values.get("hired_on") or (person and person.hired_on), values.get("left_on")
    if came and left and left < came:
        words = f"Left on {left}, before being hired on {came}."
        found.append(Problem(row.line, "Left on", words, code="date", value=str(left)))
    if left and left > plan.today:
        words = f"Will leave on {left}; import again after that day."
        found.append(Problem(row.line, "Left on", words, WARNING, "date", str(left)))


def _left_on(row: Seen, person: Standing | None, plan: Plan) -> datetime.date | None:
    """The last day, as far as the file says it; None means: works here."""
    left, status = row.values.get("left_on"), row.values.get("status")
    if left and left <= plan.today:
        return left
    if status == "left":
        came = row.values.get("hired_on") or (person.hired_on if person else None) or plan.on
        return (person.left_on if person else None) or max(plan.on, came)
    says = "left_on" in row.values or status is not None
    return None if says or person is None else person.left_on


def _weigh(row: Seen, plan: Plan) -> None:
    """Sort one good row into created, changed, left or unchanged."""
    person, values = row.person, row.values
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
    if person and not fields and line is None:
        plan.report.unchanged += 1
        return
    change = Change(values["employee_number"], person, fields, line, _since(row, person, plan))
    plan.changes.append(change, plan.today)
    _tell(row, change, left, plan.report)


def _since(row: Seen, person: Standing | None, plan: Plan) -> datetime.date:
    """From when a line holds: its own day or that of the import, but not before the first day."""
    own = row.values.get("effective_on")
    came = row.values.get("hired_on") or (person.hired_on if person else None)
    if person is None:
        return max(own, came) if own and came else own or came or plan.on
    return max(own or plan.on, came) if came else own or plan.on


def _line(row: Seen, person: Standing | None) -> tuple[str | None, str | None] | None:
    """Manager and team as they would be; None when they stay as they are."""
    before = (person.manager, person.team) if person else (None, None)
    after = (row.values.get("manager", before[0]), row.values.get("team", before[1]))
    return None if after == before else after


def _tell(row: Seen, change: Change, left: datetime.date | None, report: Report) -> None:
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


def _missing(mapping: Mapping, plan: Plan) -> None:
    """People the file does not name; they stay, unless the mapping says that they have left."""
    for person in missing(plan.on):
        number = person.key
        entry = {"line": 0, "employee_number": number, "name": person.name}
        plan.report.not_in_file.append(entry)
        if mapping.missing == "left":
            day = max(plan.on, person.hired_on or plan.on)
            change = Change(number, person, {"left_on": day}, since=day)
            plan.changes.append(change, plan.today)
            plan.report.left.append({**entry, "differences": _differences(change)})


def _said(name: str, value: Any) -> dict[str, Any]:
    return {"field": name, "label": LABELS[name], "value": _plain(value)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
