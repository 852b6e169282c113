"""Moving many people to other levels at once, because a ladder changed: seen first, then done."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from ladders import policies
from ladders.actions import headcounts
from ladders.actions.placements import UNWRITTEN
from ladders.models import Level, Placement, Relevel
from people import audit
from people.actions.periods import make_room_for_each
from people.models import Person
from people.refusals import Conflict, Invalid, enforce

RELEVEL, TRIAL = Placement.Kind.RELEVEL, Placement.Kind.TRIAL


@dataclass
class Plan:
    """What a relevel would do: each standing row with its new level, and who is left out."""

    moves: list[tuple[Placement, Level]] = field(default_factory=list)
    left_out: list[tuple[Person, str]] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """What HR saw, to be said again when it is done."""
        return "-".join(str(part) for part in (len(self.moves), *self._newest()))

    def _newest(self) -> tuple[int, int]:
        rows = [row.pk for row, _ in self.moves]
        return max(rows, default=0), sum(rows)


def plan(
    *,
    by: Person | None,
    on: datetime.date,
    levels: Mapping[Level, Level] | None = None,
    people: Mapping[Person, Level] | None = None,
) -> Plan:
    """Who would come to stand on which level on `on`. Nothing is written."""
    enforce(policies.relevel(by))
    levels, people = levels or {}, people or {}
    if not levels and not people:
        raise Invalid({"levels": ["Say which level becomes which, or who comes to which."]})
    for level in {*levels.values(), *people.values()}:
        if level.version.state in UNWRITTEN:
            raise Conflict(f"{level.title} belongs to a ladder that is not published yet.")
    to = {level.pk: target for level, target in levels.items()}
    chosen = {person.pk: level for person, level in people.items()}
    standing = Placement.objects.as_of(on).for_display().select_related("person", "relevel")
    found, made = Plan(), set()
    mapped = standing.filter(level__in=to) | standing.filter(person__in=chosen)
    for row in mapped.order_by("person__name", "pk"):
        target = chosen.get(row.person_id) or to[row.level_id]
        made.add(row.person_id)
        if why := _why_not(row, target, by, on):
            found.left_out.append((row.person, why))
        else:
            found.moves.append((row, target))
    nowhere = [person for person in people if person.pk not in made]
    found.left_out += [(person, "Stands on no level on that day.") for person in nowhere]
    return found


def relevel(
    *,
    by: Person | None,
    on: datetime.date,
    reason: str,
    levels: Mapping[Level, Level] | None = None,
    people: Mapping[Person, Level] | None = None,
    seen: str | None = None,
) -> Relevel:
    """Do what `plan` says, whole or not at all. Clocks go on; later placements stay.

    `seen` is what the plan said when it was looked at: when it says something else by now, nothing
    is done.
    """
    if not reason.strip():
        raise Invalid({"reason": ["Say why people are moved."]})
    with transaction.atomic():
        found = plan(by=by, on=on, levels=levels, people=people)
        ids = sorted(row.person_id for row, _ in found.moves)
        locked = Person.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
        list(locked.values_list("pk"))
        found = plan(by=by, on=on, levels=levels, people=people)
        if seen is not None and seen != found.seen:
            raise Conflict("Somebody's placement changed since you looked. Look at it again.")
        if not found.moves:
            raise Conflict("Nobody would be moved.")
        return _write(found, by=by, on=on, reason=reason, asked=_asked(levels, people))


def _write(
    found: Plan, *, by: Person | None, on: datetime.date, reason: str, asked: dict[str, Any]
) -> Relevel:
    now = timezone.now()
    left_out = [
        {"person": person.pk, "name": person.name, "why": why} for person, why in found.left_out
    ]
    words = {"effective_on": on, "reason": reason, "asked": asked, "left_out": left_out}
    batch = Relevel.objects.create(**words, made_by=by, made_at=now)
    spans = [(row, DateRange(on, row.until)) for row, _ in found.moves]
    make_room_for_each(spans, by=by, at=now)
    Placement.objects.bulk_create(
        (
            Placement(
                person_id=row.person_id,
                level=level,
                kind=RELEVEL,
                relevel=batch,
                valid=DateRange(on, row.until),
                reason=reason,
                recorded_at=now,
                recorded_by=by,
            )
            for row, level in found.moves
        ),
        batch_size=2_000,
    )
    headcounts.follow([row.person_id for row, _ in found.moves])
    audit.record("relevel.make", batch, by=by, reason=reason, people=len(found.moves))
    return batch


def _why_not(row: Placement, target: Level, by: Person | None, on: datetime.date) -> str:
    """Why this placement is left alone; empty where it is not."""
    person = row.person
    if by is not None and by.pk == person.pk:
        return "Nobody places themselves; somebody else in HR does."
    if person.left_on is not None and person.left_on < on:
        return f"Left on {person.left_on:%-d %B %Y}."
    if row.kind == TRIAL:
        return "Is on trial; the trial ends first."
    if row.since == on:
        return "Another placement begins on that very day; choose another day."
    return "Stands there already." if row.level_id == target.pk else ""


def _asked(
    levels: Mapping[Level, Level] | None, people: Mapping[Person, Level] | None
) -> dict[str, Any]:
    return {
        "levels": {str(level.pk): target.pk for level, target in (levels or {}).items()},
        "people": {str(person.pk): level.pk for person, level in (people or {}).items()},
    }
