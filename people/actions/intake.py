"""Writing what an import found, set by set, in the caller's transaction."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from people.actions import chains
from people.actions.periods import make_room_for_each, period
from people.actions.teams import path_of
from people.imports.compare import Change, Plan
from people.models import Employment, Person, ReportingLine, Team
from people.models.person import search_key

BATCH = 2_000
A_DAY = datetime.timedelta(days=1)


def write(plan: Plan, *, by: Person | None) -> None:
    """Do everything that the plan says. The caller holds the lock on the hierarchy."""
    _found(plan)
    _hire([change for change in plan.changes if change.person is None])
    _edit([change for change in plan.changes if change.person and change.fields], by)
    _lead(plan.changes, by)


def _found(plan: Plan) -> None:
    """New teams, level by level, because a path holds the ids above it."""
    known = {team.key: team for team in Team.objects.all()} if plan.teams else {}
    for team in plan.teams:
        parent = known.get(team.parent or "")
        row = Team.objects.create(key=team.key, name=team.name, parent=parent, path="")
        row.path = path_of(row, parent)
        row.save(update_fields=["path"])
        known[row.key] = row


def _hire(changes: list[Change]) -> None:
    """New people. They sign in through single sign-on or a reset link: no password is made up."""
    rows = [Person(password=make_password(None), **_own(change)) for change in changes]
    Person.objects.bulk_create(rows, batch_size=BATCH)


def _own(change: Change) -> dict[str, Any]:
    """The fields of one person as they will be, with what follows from them."""
    fields = dict(change.fields)
    if "left_on" in fields:
        left = fields["left_on"]
        fields["is_active"] = left is None or left > timezone.localdate()
    if change.person is None or {"name", "email"} & set(fields):
        old = change.person
        name = fields.get("name") or (old.name if old else "")
        fields["search_key"] = search_key(name, fields.get("email", old.email if old else None))
    return fields


def _edit(changes: list[Change], by: Person | None) -> None:
    """Only the columns that differ anywhere are written, and only in the rows that differ."""
    ids = [change.person.pk for change in changes if change.person]
    rows = Person.objects.in_bulk(ids)
    _employ_again(changes, by)
    written: dict[str, None] = {}
    for change in changes:
        for name, value in _own(change).items():
            setattr(rows[change.person.pk], name, value)  # type: ignore[union-attr]
            written[name] = None
    if rows:
        Person.objects.bulk_update(rows.values(), list(written), batch_size=BATCH)


def _employ_again(changes: list[Change], by: Person | None) -> None:
    """Who is hired on a day after their last one comes back: the earlier employment stays."""
    rows = [
        Employment(
            person_id=person.pk,
            hired_on=person.hired_on,
            left_on=person.left_on,
            again_on=change.fields["hired_on"],
            recorded_by=by,
        )
        for change in changes
        if (person := change.person) and person.left_on and _comes_back(change)
    ]
    Employment.objects.bulk_create(rows, batch_size=BATCH)


def _comes_back(change: Change) -> bool:
    """A last day alone that is taken back was wrong; nobody was away."""
    left, hired = change.person and change.person.left_on, change.fields.get("hired_on")
    return bool(left and hired and hired > left)


def _lead(changes: list[Change], by: Person | None) -> None:
    """Reporting lines: what stood gives way from the day of the change on."""
    now = timezone.now()
    starts = {change.number: start for change in changes if (start := _starts(change))}
    ids = _ids(changes)
    standing = ReportingLine.objects.known_at().filter(person__in=[ids[key] for key in starts])
    spans = {ids[key]: period(start) for key, start in starts.items()}
    taken = [
        (line, spans[line.person_id])
        for line in standing
        if line.until is None or line.until > spans[line.person_id].lower
    ]
    make_room_for_each(taken, by=by, at=now)
    teams = dict(Team.objects.values_list("key", "pk"))
    rows = [
        ReportingLine(
            person_id=ids[change.number],
            manager_id=ids[change.line[0]] if change.line[0] else None,
            team_id=teams[change.line[1]] if change.line[1] else None,
            valid=spans[ids[change.number]],
            recorded_at=now,
            recorded_by=by,
        )
        for change in changes
        if change.line
    ]
    ReportingLine.objects.bulk_create(rows, batch_size=BATCH)
    if spans:
        chains.follow(spans, period(min(span.lower for span in spans.values())))


def _starts(change: Change) -> datetime.date | None:
    """From when the line differs: the day of the change, or the day after the last one."""
    if change.line:
        return change.since
    left = change.fields.get("left_on")
    return left + A_DAY if left and change.person else None


def _ids(changes: list[Change]) -> dict[str, int]:
    """The rows of everybody the changes name, by the key that the file uses."""
    if not changes:
        return {}
    pairs = Person.objects.values_list("pk", "employee_number")
    return {key: pk for pk, number in pairs for key in (number, f"#{pk}") if key}
