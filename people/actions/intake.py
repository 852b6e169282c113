"""Writing what an import found, set by set, in the caller's transaction."""

from __future__ import annotations

import datetime
import secrets
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils import timezone

from people.actions import bulk, chains
from people.actions.periods import make_room_for_each, period
from people.actions.teams import path_of
from people.imports.compare import Change, Plan
from people.imports.progress import SILENT, Progress
from people.models import Employment, Person, ReportingLine, Team
from people.models.person import search_key

A_DAY = datetime.timedelta(days=1)


def write(plan: Plan, *, by: Person | None, progress: Progress = SILENT) -> None:
    """Do everything that the plan says. The caller holds the lock on the hierarchy."""
    _found(plan)
    new = [change for change in plan.changes if change.person is None]
    _hire(progress.over(new, "Adding people", len(new)))
    _edit([change for change in plan.changes if change.person and change.fields], by)
    _lead(plan.changes, by, progress)


def _found(plan: Plan) -> None:
    """New teams, level by level, because a path holds the ids above it."""
    known = {team.key: team for team in Team.objects.all()} if plan.teams else {}
    for team in plan.teams:
        parent = known.get(team.parent or "")
        row = Team.objects.create(key=team.key, name=team.name, parent=parent, path="")
        row.path = path_of(row, parent)
        row.save(update_fields=["path"])
        known[row.key] = row


def _hire(changes: Iterable[Change]) -> None:
    """New people. They sign in through single sign-on or a reset link: no password is made up."""
    bulk.add(Person, ({"password": _no_password(), **_own(change)} for change in changes))


def _no_password() -> str:
    """A password that nothing equals; each is another one, because reset links depend on it."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30)


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
    """Only the columns that differ are written, and only in the rows that differ."""
    _employ_again(changes, by)
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for change in changes:
        if change.person:
            own = _own(change)
            groups[tuple(sorted(own))].append((change.person.pk, *(own[k] for k in sorted(own))))
    for names, rows in groups.items():
        bulk.change(Person, names, rows)


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
    Employment.objects.bulk_create(rows, batch_size=2_000)


def _comes_back(change: Change) -> bool:
    """A last day alone that is taken back was wrong; nobody was away."""
    left, hired = change.person and change.person.left_on, change.fields.get("hired_on")
    return bool(left and hired and hired > left)


def _lead(changes: list[Change], by: Person | None, progress: Progress) -> None:
    """Reporting lines: what stood gives way from the day of the change on."""
    now = timezone.now()
    starts = {change.number: start for change in changes if (start := _starts(change))}
    ids = _ids(changes)
    spans = {ids[key]: period(start) for key, start in starts.items()}
    there = [ids[change.number] for change in changes if change.person and change.number in starts]
    standing = ReportingLine.objects.known_at().filter(person__in=there) if there else ()
    taken = [
        (line, spans[line.person_id])
        for line in standing
        if line.until is None or line.until > spans[line.person_id].lower
    ]
    make_room_for_each(taken, by=by, at=now)
    teams = dict(Team.objects.values_list("key", "pk"))
    moved = [change for change in changes if change.line]
    rows = (
        {
            "person_id": ids[change.number],
            "manager_id": ids[change.line[0]] if change.line[0] else None,
            "team_id": teams[change.line[1]] if change.line[1] else None,
            "valid": spans[ids[change.number]],
            "recorded_at": now,
            "recorded_by_id": by.pk if by else None,
        }
        for change in progress.over(moved, "Writing reporting lines", len(moved))
        if change.line
    )
    if moved:
        bulk.add(ReportingLine, rows)
    if spans:
        progress.stage = "Working out who is above whom"
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
    wanted = {key for change in changes for key in (change.number, change.line and change.line[0])}
    pairs = Person.objects.values_list("pk", "employee_number").iterator(chunk_size=5_000)
    found = {key: pk for pk, key in pairs if key in wanted}
    return found | {key: int(key[1:]) for key in wanted if key and key.startswith("#")}
