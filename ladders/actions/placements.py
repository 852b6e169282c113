"""Everything that can happen to a placement: a person comes to stand on a level."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from ladders import policies
from ladders.actions import headcounts
from ladders.models import Level, Placement
from ladders.states import VersionState
from people import audit
from people.actions import periods
from people.actions.periods import period
from people.models import Person
from people.refusals import Conflict, Invalid, enforce

ONE_AT_A_TIME = "a person stands on one level at a time"
UNWRITTEN = (VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.ABANDONED)


def place(
    person: Person,
    level: Level,
    *,
    by: Person | None,
    on: datetime.date,
    kind: str,
    reason: str = "",
    until: datetime.date | None = None,
    archetype: str = "",
    credited: bool = False,
) -> Placement:
    """From `on` (up to but not including `until`), `person` stands on `level`.

    What stood in that period is superseded and its rests are written again, so nothing overlaps
    and nothing is lost. The same call again returns what already stands. `by` is None when the
    clock or a command acts.
    """
    valid = _valid(on, until)
    with transaction.atomic():
        person = _lock(person)
        enforce(policies.place_person(by, person))
        _check(person, level, on, kind)
        words = {"level": level, "kind": kind, "archetype": archetype, "credited": credited}
        overlapping = list(_standing(person, valid))
        if same := _stands_already(overlapping, valid, words):
            return same
        placement = _write(person, valid, words | {"reason": reason}, by=by)
        audit.record("placement.place", placement, by=by, reason=reason, kind=kind)
    return placement


def correct(
    placement: Placement,
    *,
    by: Person | None,
    reason: str,
    level: Level | None = None,
    on: datetime.date | None = None,
    credited: bool | None = None,
) -> Placement:
    """Say what was really true, from `on` (the first day it had) on: a new row, the wrong one
    superseded, both kept.

    A wrong level makes the new row a correction, which is neither promotion nor demotion; when
    only the dates or the credit for earlier time were wrong, the kind stays.
    """
    if not reason.strip():
        raise Invalid({"reason": ["Say why this is corrected."]})
    with transaction.atomic():
        person = _lock(placement.person)
        enforce(policies.correct_placement(by, person))
        placement = Placement.objects.select_for_update(no_key=True).get(pk=placement.pk)
        if placement.superseded_at is not None:
            raise Conflict("This placement was already corrected; look at the one that stands.")
        new_level = level or placement.level
        span = _corrected_period(placement, on)
        credited = placement.credited if credited is None else credited
        said = (placement.level_id, placement.valid, placement.credited)
        if (new_level.pk, span, credited) == said:
            return placement
        changed = new_level.pk != placement.level_id
        kind = Placement.Kind.CORRECTION if changed else placement.kind
        _check(person, new_level, span.lower, kind)
        words = {"level": new_level, "kind": kind, "reason": reason}
        words |= {"archetype": placement.archetype, "credited": credited}
        row = _write(person, span, words, by=by, wrong=placement)
        audit.record("placement.correct", row, by=by, reason=reason, corrects=placement.pk)
    return row


def _corrected_period(placement: Placement, on: datetime.date | None) -> DateRange:
    """From the right first day to the last one, which is what follows that decides."""
    if on is not None and placement.until is not None and on >= placement.until:
        last = f"{placement.until:%-d %B %Y}"
        raise Invalid({"on": [f"This placement ended on {last}; it began before that."]})
    return period(on or placement.since, placement.until)


def _write(
    person: Person,
    valid: DateRange,
    words: dict[str, Any],
    *,
    by: Person | None,
    wrong: Placement | None = None,
) -> Placement:
    """One more row, for which others give way; in the place of `wrong` when that is corrected."""
    now = timezone.now()
    how: dict[str, Any] = {"by": by, "at": now, "resumed": _resumed(words["kind"])}
    standing = Placement.objects.known_at().filter(person=person).order_by("valid")
    try:
        with transaction.atomic():
            if wrong is None:
                periods.make_room(standing.filter(valid__overlap=valid), valid, **how)
            else:
                periods.correct(standing, wrong, valid, **how)
            placement = Placement.objects.create(
                person=person, valid=valid, recorded_at=now, recorded_by=by, **words
            )
            headcounts.follow([person.pk])
    except IntegrityError as refused:
        if ONE_AT_A_TIME in str(refused):
            raise Conflict(f"{ONE_AT_A_TIME.capitalize()}; another placement holds here.") from None
        raise
    return placement


def _resumed(kind: str) -> dict[str, Any]:
    """How a placement goes on after another one was put into its middle: it is no second hire
    and no second promotion."""
    back = Placement.Kind.RETURN if kind == Placement.Kind.TRIAL else Placement.Kind.CORRECTION
    return {"kind": back}


def _lock(person: Person) -> Person:
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _standing(person: Person, valid: DateRange) -> Any:
    placements = Placement.objects.known_at().filter(person=person, valid__overlap=valid)
    return placements.order_by("valid")


def _valid(on: datetime.date, until: datetime.date | None) -> DateRange:
    if until is not None and until <= on:
        raise Invalid({"until": ["A placement covers at least a day: it ends after it begins."]})
    return period(on, until)


def _check(person: Person, level: Level, on: datetime.date, kind: str) -> None:
    if kind not in Placement.Kind.values:
        raise Invalid({"kind": [f"“{kind}” is not a kind of placement."]})
    if person.left_on is not None and on > person.left_on:
        raise Conflict(f"{person.name} left on {person.left_on:%-d %B %Y}.")
    if level.version.state in UNWRITTEN:
        raise Conflict(f"{level.title} belongs to a ladder that is not published yet.")


def _stands_already(
    overlapping: list[Placement], valid: DateRange, words: dict[str, Any]
) -> Placement | None:
    """The row that says this already. One that was since cut short by a later placement counts
    too: an effective date that comes by twice must not undo what happened afterwards."""
    for row in overlapping:
        same = all(getattr(row, name) == word for name, word in words.items())
        if same and row.since == valid.lower and valid.upper in (None, row.until):
            return row
    return None
