"""Everything that can happen to a leave: recorded, corrected, ended, withdrawn."""

from __future__ import annotations

import datetime
from dataclasses import asdict

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from people import audit, policies, wording
from people.leaves import RULES, Rule
from people.models import Leave, Person
from people.refusals import Conflict, Invalid, enforce


def record(
    person: Person,
    *,
    by: Person | None,
    kind: str,
    since: datetime.date,
    back_on: datetime.date | None = None,
    reason: str = "",
) -> Leave:
    """From `since` on, `person` is on leave; `back_on` is the first day back, if it is known.

    What the kind means for clock and reminders is fixed on the row. `by` is None when a command
    acts.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        enforce(policies.record_leave(by, person))
        leave = _write(person, kind, _days(since, back_on), by=by, reason=reason)
        audit.record("leave.record", leave, by=by)
    return leave


def correct(
    leave: Leave,
    *,
    by: Person | None,
    reason: str,
    kind: str,
    since: datetime.date,
    back_on: datetime.date | None,
) -> Leave:
    """Say what is really true: a new row, the wrong one superseded, both kept."""
    _need(reason)
    with transaction.atomic():
        leave = _lock(leave, by)
        days = _days(since, back_on)
        if (kind, days) == (leave.kind, leave.valid):
            return leave
        row = _instead(leave, kind, days, by=by, reason=reason)
        audit.record("leave.correct", row, by=by, corrects=leave.pk)
    return row


def come_back(leave: Leave, *, by: Person | None, back_on: datetime.date) -> Leave:
    """The person is back, `back_on` being the first day: earlier or later than it was said."""
    with transaction.atomic():
        leave = _lock(leave, by)
        days = _days(leave.since, back_on)
        if days == leave.valid:
            return leave
        row = _instead(leave, leave.kind, days, by=by, reason=leave.reason)
        audit.record("leave.come_back", row, by=by, corrects=leave.pk)
    return row


def withdraw(leave: Leave, *, by: Person | None, reason: str) -> Leave:
    """The leave did not happen: it stands no longer, and stays where the past is asked about."""
    _need(reason)
    with transaction.atomic():
        leave = _lock(leave, by)
        _supersede(leave, timezone.now())
        audit.record("leave.withdraw", leave, by=by, reason=reason)
    return leave


def _lock(leave: Leave, by: Person | None) -> Leave:
    """The row as it stands, with its person locked first; a corrected one stands no longer."""
    person = Person.objects.select_for_update(no_key=True).get(pk=leave.person_id)
    enforce(policies.record_leave(by, person))
    leave = Leave.objects.get(pk=leave.pk)
    if leave.superseded_at is not None:
        raise Conflict("This leave was already corrected; look at the one that stands.")
    leave.person = person
    return leave


def _instead(leave: Leave, kind: str, days: DateRange, *, by: Person | None, reason: str) -> Leave:
    """What was fixed when the leave was recorded holds when only its days change."""
    _supersede(leave, timezone.now())
    rule = Rule(leave.stops_clock, leave.pauses_reminders) if kind == leave.kind else None
    return _write(leave.person, kind, days, by=by, reason=reason, rule=rule)


def _supersede(leave: Leave, at: datetime.datetime) -> None:
    leave.superseded_at = at
    leave.save(update_fields=["superseded_at"])


def _write(
    person: Person,
    kind: str,
    days: DateRange,
    *,
    by: Person | None,
    reason: str,
    rule: Rule | None = None,
) -> Leave:
    if kind not in RULES:
        raise Invalid({"kind": [f"“{kind}” is not a kind of leave."]})
    if person.left_on is not None and days.lower > person.left_on:
        raise Conflict(f"{person.name} left on {wording.long_day(person.left_on)}.")
    other = Leave.objects.known_at().filter(person=person, valid__overlap=days).first()
    if other is not None:
        raise Conflict(
            f"{person.name} is already on leave from {wording.long_day(other.since)}. Correct "
            "that leave instead: nobody is on two at a time."
        )
    return Leave.objects.create(
        person=person,
        kind=kind,
        valid=days,
        recorded_by=by,
        reason=reason,
        **asdict(rule or RULES[kind]),
    )


def _days(since: datetime.date, back_on: datetime.date | None) -> DateRange:
    if back_on is not None and back_on <= since:
        raise Invalid({"back_on": ["The first day back comes after the first day away."]})
    return DateRange(since, back_on)


def _need(reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": ["Say why this is corrected."]})
