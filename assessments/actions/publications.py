"""How a version of a ladder takes effect past open cycles, now or on its day, and is retired."""

from __future__ import annotations

import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from assessments import publication_policies
from assessments.actions.moves import near, optional
from assessments.freezes import Window
from assessments.models import Cycle
from ladders import policies, states
from ladders.actions import versions
from ladders.models import Ladder, LadderVersion, Placement
from ladders.states import ChangeClass, VersionState
from people import audit
from people.models import Event, Person
from people.refusals import Conflict, Invalid, enforce
from people.wording import counted, long_day

log = structlog.get_logger(__name__)

Held = list[tuple[Cycle, Window]]
"""Running cycles that keep ladders still on a day, with the days on which they do."""


def publish(
    version: LadderVersion,
    *,
    by: Person,
    on: datetime.date | None = None,
    override_reason: str = "",
) -> LadderVersion:
    """Let an approved text take effect today, or on a later day by the clock.

    A major change is refused (Conflict) for a day inside the freeze window of a running cycle,
    unless HR says why it goes on all the same.
    """
    optional(override_reason=override_reason)
    today = timezone.localdate()
    day = today if on is None else on
    near(effective_from=day)
    if day < today:
        raise Invalid({"effective_from": ["Choose today or a later day."]})
    name = "publish" if day == today else "schedule"
    with transaction.atomic():
        cycles, fresh = _still_cycles(), _lock(version)
        enforce(policies.may(name, by, fresh))
        states.check(fresh.state, name)
        held = _held(fresh, cycles, day)
        if held and not override_reason.strip():
            raise Conflict(refusal(held, free_day(cycles, day)))
        if held:
            enforce(publication_policies.override(by))
        reason = override_reason if held else ""
        if name == "publish":
            done = versions.publish(fresh, by=by, reason=reason)
        else:
            done = versions.schedule(fresh, by=by, on=day, reason=reason)
        if held:
            told = {"reason": reason, "on": day.isoformat(), **_named(held)}
            audit.record("version.override", done, by=by, **told)
    return done


def publish_due(today: datetime.date) -> int:
    """What the clock does: every scheduled version whose day has come, each in its own transaction.

    One that fails is logged, tried again on the next beat, and keeps no other waiting.
    """
    due = LadderVersion.objects.filter(
        state=VersionState.IN_REVIEW, scheduled_by__isnull=False, effective_from__lte=today
    )
    done = 0
    for version in due.order_by("effective_from", "pk"):
        try:
            done += publish_scheduled(version)
        except Exception as error:  # whatever is wrong with this one, the next is published
            log.error("publication_failed", version=version.pk, error=type(error).__name__)
    return done


def publish_scheduled(version: LadderVersion) -> bool:
    """Publish one version on its day; doing it again changes nothing.

    Where a cycle has come to keep ladders still, the schedule is taken off and that is recorded.
    """
    with transaction.atomic():
        cycles, fresh = _still_cycles(), _lock(version)
        today = timezone.localdate()
        if fresh.state != VersionState.IN_REVIEW or not _is_due(fresh, today):
            return False
        held = _held(fresh, cycles, today)
        overridden = _overridden(fresh)
        if held := [row for row in held if row[0].pk not in overridden]:
            scheduled_by = fresh.scheduled_by_id
            versions.unschedule(fresh, by=None)
            audit.record("version.hold", fresh, by=None, scheduled_by=scheduled_by, **_named(held))
            return False
        versions.publish(fresh, by=None)
    return True


def retire(version: LadderVersion, *, by: Person, reason: str) -> LadderVersion:
    """Take a version out of use, unless people stand on its ladder and would have none in force."""
    optional(reason=reason)
    with transaction.atomic():
        fresh = _lock(version)
        enforce(policies.may("retire", by, fresh))
        states.check(fresh.state, "retire")
        if refusal := still_needed(fresh):
            raise Conflict(refusal)
        return versions.retire(fresh, by=by, reason=reason)


def still_needed(version: LadderVersion) -> str:
    """Why a version must stay in force; blank when it may go."""
    if version.state != VersionState.PUBLISHED:
        return ""
    standing = Placement.objects.as_of(timezone.localdate())
    people = standing.filter(level__version__ladder=version.ladder_id).count()
    if not people:
        return ""
    stand = "stands" if people == 1 else "stand"
    return (
        f"{counted(people, 'person,people')} {stand} on this ladder, and no other version of it "
        "is in force. Publish another one; this one then goes to the archive by itself."
    )


def change_class_of(version: LadderVersion) -> str:
    """The class a text has now: chosen, else computed; blank for the first one of a ladder."""
    if version.change_class:
        return version.change_class
    difference = versions.against_published(version)
    return "" if difference is None else difference.klass.label


def in_the_way(cycles: list[Cycle], day: datetime.date) -> Held:
    """Those of the cycles (phases loaded) whose freeze window holds a day."""
    windows = [(cycle, cycle.freeze) for cycle in cycles]
    return [(cycle, days) for cycle, days in windows if days and days.holds(day)]


def free_day(cycles: list[Cycle], day: datetime.date) -> datetime.date:
    """The first day from `day` on that lies in no freeze window."""
    while held := in_the_way(cycles, day):
        day = max(days.last for _, days in held) + datetime.timedelta(days=1)
    return day


def refusal(held: Held, free: datetime.date) -> str:
    """Why a major change cannot take effect, and when it can."""
    cycles = " and ".join(
        f"{cycle.name} keeps ladders as they are from {long_day(days.first)} to "
        f"{long_day(days.last)}"
        for cycle, days in held
    )
    return (
        f"This is a major change, and {cycles}. "
        f"Choose {long_day(free)} or later; or HR goes on with a reason."
    )


def _still_cycles() -> list[Cycle]:
    """Running cycles, held until the transaction ends together with those about to be announced.

    So that a cycle never pins people to one text while another becomes the one in force.
    """
    rows = Cycle.objects.exclude(state=Cycle.State.CLOSED).order_by("pk")
    locked = rows.select_for_update(no_key=True).prefetch_related("phases")
    return [cycle for cycle in locked if cycle.state == Cycle.State.ANNOUNCED]


def _held(version: LadderVersion, cycles: list[Cycle], day: datetime.date) -> Held:
    found = in_the_way(cycles, day)
    return found if found and change_class_of(version) == ChangeClass.MAJOR else []


def _lock(version: LadderVersion) -> LadderVersion:
    """The version as it stands now; its ladder is held, as every move of a version does."""
    Ladder.objects.select_for_update(no_key=True).get(pk=version.ladder_id)
    return LadderVersion.objects.for_moves().get(pk=version.pk)


def _named(held: Held) -> dict[str, list]:
    return {
        "cycles": [cycle.pk for cycle, _ in held],
        "cycle_names": [cycle.name for cycle, _ in held],
    }


def _overridden(version: LadderVersion) -> set[int]:
    """Cycles past which HR let this version go on the day it is scheduled for."""
    day = version.effective_from.isoformat() if version.effective_from else ""
    given = Event.objects.about(version).filter(verb="version.override", data__on=day)
    return {pk for said in given.values_list("data", flat=True) for pk in said["cycles"]}


def _is_due(version: LadderVersion, today: datetime.date) -> bool:
    day = version.effective_from
    return version.scheduled_by_id is not None and day is not None and day <= today
