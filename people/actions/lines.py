"""Everything that can happen to a reporting line."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Any, Literal

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from people import audit, policies, succession
from people.actions import chains, periods
from people.actions.periods import make_room, period, span_of
from people.models import Person, ReportingLine, Team
from people.models.hierarchy import chain_to
from people.refusals import Conflict, Invalid, enforce

HIERARCHY = 0x7477696E  # one writer at a time: two changes could close a circle between them


class Keep(Enum):
    """Says that a half of the line stays as it is; None would say that there is none."""

    AS_IT_IS = "as it is"


AS_IT_IS = Keep.AS_IT_IS
Kept = Literal[Keep.AS_IT_IS]


def change(
    person: Person,
    *,
    by: Person | None,
    on: datetime.date,
    manager: Person | None | Kept = AS_IT_IS,
    team: Team | None | Kept = AS_IT_IS,
    reason: str = "",
) -> ReportingLine:
    """From `on` on, `person` reports to `manager` in `team`; what is not named stays.

    Rows that hold at or after `on` are superseded; what they say before it is written again.
    Doing it twice changes nothing the second time. `by` is None when the system acts.
    """
    with transaction.atomic():
        lock_hierarchy()
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        enforce(policies.change_line(by, person))
        overlapping = list(_standing(person, on))
        words = _words(overlapping, on, manager, team)
        if same := _says_already(overlapping, on, words):
            return same
        _check(person, words["manager_id"], period(on))
        return _write(person, overlapping, words, by=by, on=on, reason=reason)


def correct(
    line: ReportingLine,
    *,
    by: Person | None,
    reason: str,
    on: datetime.date | None = None,
    manager: Person | None | Kept = AS_IT_IS,
    team: Team | None | Kept = AS_IT_IS,
) -> ReportingLine:
    """Say what was really true: a new row from `on` (the old first day) to the old last one, the
    wrong one superseded, both kept. What is not named was right.
    """
    if not reason.strip():
        raise Invalid({"reason": ["Say why this is corrected."]})
    with transaction.atomic():
        lock_hierarchy()
        person = Person.objects.select_for_update(no_key=True).get(pk=line.person_id)
        enforce(policies.correct_line(by, person))
        line = ReportingLine.objects.get(pk=line.pk)
        if line.superseded_at is not None:
            raise Conflict("This line was already corrected; look at the one that stands.")
        valid = _corrected_period(line, on)
        words = _words([line], line.since, manager, team)
        said = (line.manager_id, line.team_id, line.valid)
        if said == (words["manager_id"], words["team_id"], valid):
            return line
        return _replace(person, line, words, valid, by=by, reason=reason)


def _corrected_period(line: ReportingLine, on: datetime.date | None) -> DateRange:
    if on is not None and line.until is not None and on >= line.until:
        raise Invalid({"on": [f"This line ended on {line.until:%-d %B %Y}; it began before that."]})
    return period(on or line.since, line.until)


def _replace(
    person: Person,
    line: ReportingLine,
    words: dict[str, Any],
    valid: DateRange,
    *,
    by: Person | None,
    reason: str,
) -> ReportingLine:
    now = timezone.now()
    lines = ReportingLine.objects.known_at().filter(person=person)
    periods.correct(lines, line, valid, by=by, at=now)
    right = ReportingLine.objects.create(
        person=person, valid=valid, recorded_at=now, recorded_by=by, reason=reason, **words
    )
    for row in lines.filter(recorded_at=now):
        _check(person, row.manager_id, row.valid)
    touched = succession.hull(span_of(line.valid), span_of(valid))
    chains.follow([person.pk], period(*touched))
    audit.record("line.correct", person, by=by, reason=reason, line=right.pk, corrects=line.pk)
    return right


def end(person: Person, *, by: Person | None, on: datetime.date) -> None:
    """From `on` on, `person` has no reporting line. For actions that hold the locks already."""
    make_room(_standing(person, on), period(on), by=by, at=timezone.now())
    chains.follow([person.pk], period(on))


def lock_hierarchy() -> None:
    """Let nobody else change a reporting line until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [HIERARCHY])


def _write(
    person: Person,
    overlapping: list[ReportingLine],
    words: dict[str, Any],
    *,
    by: Person | None,
    on: datetime.date,
    reason: str,
) -> ReportingLine:
    now = timezone.now()
    make_room(overlapping, period(on), by=by, at=now)
    line = ReportingLine.objects.create(
        person=person, valid=period(on), recorded_at=now, recorded_by=by, reason=reason, **words
    )
    chains.follow([person.pk], period(on))
    audit.record("line.change", person, by=by, reason=reason, on=on.isoformat(), line=line.pk)
    return line


def _standing(person: Person, on: datetime.date) -> Any:
    lines = ReportingLine.objects.known_at().filter(person=person, valid__overlap=period(on))
    return lines.order_by("valid")


def _words(
    overlapping: list[ReportingLine],
    on: datetime.date,
    manager: Person | None | Kept,
    team: Team | None | Kept,
) -> dict[str, Any]:
    """Who manages and which team: what is named, else what stands on that day."""
    before = next((line for line in overlapping if line.since <= on), None)
    old_manager = before.manager_id if before else None
    old_team = before.team_id if before else None
    return {
        "manager_id": old_manager if isinstance(manager, Keep) else manager and manager.pk,
        "team_id": old_team if isinstance(team, Keep) else team and team.pk,
    }


def _says_already(
    overlapping: list[ReportingLine], on: datetime.date, words: dict[str, Any]
) -> ReportingLine | None:
    """The one open row that already says this from `on` on."""
    if len(overlapping) != 1:
        return None
    line = overlapping[0]
    same = (line.manager_id, line.team_id) == (words["manager_id"], words["team_id"])
    return line if same and line.since <= on and line.until is None else None


def _check(person: Person, manager_id: int | None, valid: DateRange) -> None:
    if manager_id is None:
        return
    if manager_id == person.pk:
        raise Invalid({"manager": [f"{person.name} cannot report to themselves."]})
    if circle := chain_to(person.pk, manager_id=manager_id, valid=valid):
        names = dict(Person.objects.filter(pk__in=circle).values_list("pk", "name"))
        way = " → ".join(names[pk] for pk in [person.pk, *circle])
        raise Conflict(f"This would make a circle of reporting lines: {way}.")
