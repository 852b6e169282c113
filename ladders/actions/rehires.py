"""Coming back: a new employment, and where it begins on the ladder."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ladders.actions import headcounts, placements
from ladders.models import Level, Placement
from people.actions import lines, people
from people.actions.lines import AS_IT_IS, Kept, lock_hierarchy
from people.actions.periods import make_room_for_each, period
from people.models import Employment, Person, Team
from people.refusals import Invalid

A_DAY = datetime.timedelta(days=1)
HIRE = Placement.Kind.HIRE


def rehire(
    person: Person,
    *,
    by: Person | None,
    on: datetime.date,
    reason: str = "",
    level: Level | None = None,
    credited: bool = False,
    manager: Person | None | Kept = AS_IT_IS,
    team: Team | None | Kept = AS_IT_IS,
) -> Person:
    """From `on` on, somebody who left works here again, on `level` (the one they left from).

    The clock starts anew, unless HR credits the earlier time on this rung, which needs a reason.
    """
    if credited and not reason.strip():
        raise Invalid({"reason": ["Say why earlier time counts."]})
    with transaction.atomic():
        lock_hierarchy()
        person = people.come_back(person, by=by, on=on, reason=reason)
        settle(Employment.objects.filter(person=person), by=by)
        level = level or _level_on(person, on)
        if level is not None:
            words: dict[str, Any] = {"kind": HIRE, "credited": credited, "reason": reason}
            placements.place(person, level, by=by, on=on, **words)
        if (manager, team) != (AS_IT_IS, AS_IT_IS):
            lines.change(person, by=by, on=on, manager=manager, team=team, reason=reason)
    return person


def settle(employments: Any = None, *, by: Person | None = None) -> int:
    """Nobody stands on a level while they are away, and coming back is being hired anew.

    What the clock does for those who came back by an import. Returns for how many it did it.
    """
    every = Employment.objects.all() if employments is None else employments
    here = Placement.objects.known_at().filter(person=OuterRef("person"))
    spans = here.filter(valid__contains=OuterRef("left_on"))
    spans = spans.filter(valid__contains=OuterRef("again_on"))
    with transaction.atomic():
        away = list(every.filter(Exists(spans)))
        ids = [absence.person_id for absence in away]
        people = Person.objects.select_for_update(no_key=True).filter(pk__in=ids)
        list(people.order_by("pk").values_list("pk"))
        standing = Placement.objects.known_at()
        for absence in away:  # one at a time: somebody may have been away twice
            rows = standing.filter(person=absence.person_id, valid__contains=absence.left_on)
            gap = period(absence.left_on + A_DAY, absence.again_on)
            pairs = [(row, gap) for row in rows.filter(valid__contains=absence.again_on)]
            resumed = {"kind": HIRE, "credited": False}
            make_room_for_each(pairs, by=by, at=timezone.now(), resumed=resumed)
        headcounts.follow(ids)
    return len(away)


def _level_on(person: Person, on: datetime.date) -> Level | None:
    standing = Placement.objects.as_of(on).for_display().filter(person=person).first()
    return standing.level if standing else None
