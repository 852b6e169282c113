"""Everything that can happen to a review cycle."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from assessments import cycle_policies, cycle_states
from assessments.actions.moves import EARLIEST, LATEST
from assessments.models import Cycle, Phase, PromotionCase
from assessments.population import POPULATION, parameters
from assessments.states import ENDED
from people import audit
from people.models import Person, Team
from people.refusals import Conflict, Invalid, enforce

ORDER = list(Phase.Kind.values)
FAR = f"Choose days between {EARLIEST.year} and {LATEST.year}."


class Dates(NamedTuple):
    """The days of one phase: it opens, it is due, grace ends."""

    kind: str
    opens_on: datetime.date
    due_on: datetime.date
    grace_until: datetime.date


def create(
    name: str,
    *,
    by: Person,
    period: tuple[datetime.date, datetime.date],
    phases: Iterable[Dates],
    team: Team | None = None,
) -> Cycle:
    """Draft a cycle. `period` is the first and the last day under review; no team means everybody.

    Raises Invalid by field; fields of a phase are named `nominations.due_on` and so on.
    """
    enforce(cycle_policies.may("create", by, None))
    dates = list(phases)
    name = name.strip()
    errors = _problems(dates)
    if not 1 <= len(name) <= 100:
        errors["name"] = ["Give the cycle a name of at most 100 characters."]
    if min(period) < EARLIEST or max(period) > LATEST:
        errors["period_end"] = [FAR]
    if period[1] < period[0]:
        errors["period_end"] = ["The period ends before it begins."]
    if errors:
        raise Invalid(errors)
    span = DateRange(period[0], period[1] + datetime.timedelta(days=1))
    try:
        with transaction.atomic():
            cycle = Cycle.objects.create(name=name, period=span, team=team, created_by=by)
            _write(cycle, dates)
            audit.record("cycle.create", cycle, by=by)
    except IntegrityError:
        raise Invalid({"name": ["Another cycle has this name."]}) from None
    return cycle


def change_phases(cycle: Cycle, *, by: Person, phases: Iterable[Dates]) -> Cycle:
    """Replace the dates of a cycle that is not announced yet."""
    dates = list(phases)
    with _move("change_phases", cycle, by) as cycle:
        if errors := _problems(dates):
            raise Invalid(errors)
        cycle.phases.exclude(kind__in=[phase.kind for phase in dates]).delete()
        _write(cycle, dates)
    return cycle


def announce(cycle: Cycle, *, by: Person) -> Cycle:
    """Start the cycle and write down who takes part: manager, team, level and pinned version."""
    with _move("announce", cycle, by) as cycle:
        if not cycle.phases.exists():
            raise Conflict("This cycle has no phases yet; give them dates first.")
        cycle.announced_at = timezone.now()
        _snapshot(cycle)
    return cycle


def extend(
    cycle: Cycle,
    *,
    by: Person,
    kind: str,
    due_on: datetime.date,
    grace_until: datetime.date | None = None,
    reason: str,
) -> Phase:
    """Give a phase of a running cycle a later due date. Grace moves along unless it is named."""
    data = {"phase": kind, "due_on": due_on.isoformat(), "reason": reason.strip()}
    with _move("extend", cycle, by, **data) as cycle:
        phase = cycle.phases.select_for_update().filter(kind=kind).first()
        if phase is None:
            raise Invalid({"kind": ["This cycle has no such phase."]})
        grace = grace_until or _later(phase, due_on)
        if errors := _extension_problems(phase, due_on, grace, reason):
            raise Invalid(errors)
        phase.due_on, phase.grace_until = due_on, grace
        phase.save(update_fields=["due_on", "grace_until"])
    return phase


def _later(phase: Phase, due_on: datetime.date) -> datetime.date:
    """Where grace ends when it moves along with the due date; never past what is sensible."""
    days = (phase.grace_until - phase.due_on).days
    return due_on + datetime.timedelta(days=days) if due_on <= LATEST else due_on


def close(cycle: Cycle, *, by: Person) -> Cycle:
    """End the cycle once none of its cases is open."""
    with _move("close", cycle, by) as cycle:
        still_open = PromotionCase.objects.filter(cycle=cycle).exclude(state__in=ENDED).count()
        if still_open:
            cases = "case is" if still_open == 1 else "cases are"
            raise Conflict(f"{still_open} {cases} still open in this cycle.")
        cycle.closed_at = timezone.now()
    return cycle


@contextmanager
def _move(name: str, cycle: Cycle, by: Person, **data: Any) -> Iterator[Cycle]:
    """Lock, authorise, change, record: the four beats of every action."""
    with transaction.atomic():
        locked = Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
        enforce(cycle_policies.may(name, by, locked))
        cycle_states.check(locked.state, name)
        yield locked
        locked.state = cycle_states.MOVES[name].target or locked.state
        locked.save()
        audit.record(f"cycle.{name}", locked, by=by, **data)


def _write(cycle: Cycle, dates: list[Dates]) -> None:
    Phase.objects.bulk_create(
        [Phase(cycle=cycle, **phase._asdict()) for phase in dates],
        update_conflicts=True,
        unique_fields=["cycle", "kind"],
        update_fields=["opens_on", "due_on", "grace_until"],
    )


def _problems(dates: list[Dates]) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    kinds = [phase.kind for phase in dates]
    if not dates or len(set(kinds)) < len(kinds) or set(kinds) - set(ORDER):
        return {"phases": ["Name each phase once, and only phases that exist."]}
    for phase in dates:
        if phase.opens_on < EARLIEST or phase.grace_until > LATEST:
            errors[f"{phase.kind}.due_on"] = [FAR]
        if phase.due_on < phase.opens_on:
            errors[f"{phase.kind}.due_on"] = ["This is before the phase opens."]
        if phase.grace_until < phase.due_on:
            errors[f"{phase.kind}.grace_until"] = ["Grace ends on the due date or later."]
    line = sorted(dates, key=lambda phase: ORDER.index(phase.kind))
    for before, after in pairwise(line):
        if after.due_on < before.due_on:
            words = Phase.Kind(before.kind).label.lower()
            errors.setdefault(f"{after.kind}.due_on", [f"This is due before {words}."])
    return errors


def _extension_problems(
    phase: Phase, due_on: datetime.date, grace: datetime.date, reason: str
) -> dict[str, list[str]]:
    errors = {}
    if due_on <= phase.due_on:
        errors["due_on"] = ["An extension ends later than the date it replaces."]
    if due_on > LATEST or grace > LATEST:
        errors["due_on"] = [FAR]
    if grace < due_on:
        errors["grace_until"] = ["Grace ends on the due date or later."]
    if not reason.strip():
        errors["reason"] = ["Say why; everybody in the cycle can read it."]
    elif len(reason) > 500:
        errors["reason"] = ["Keep the reason under 500 characters."]
    return errors


_SNAPSHOT = """
INSERT INTO assessments_participation
    (cycle_id, person_id, manager_id, team_id, level_id, pinned_version_id)
SELECT %(cycle)s, p.id, p.manager_id, p.team_id, p.level_id, pinned.id
FROM ({population}) p
LEFT JOIN ladders_level l ON l.id = p.level_id
LEFT JOIN ladders_ladderversion held ON held.id = l.version_id
LEFT JOIN ladders_ladderversion pinned
    ON pinned.ladder_id = held.ladder_id AND pinned.state = 'published'
ON CONFLICT (cycle_id, person_id) DO NOTHING
"""


def _snapshot(cycle: Cycle) -> None:
    values = {"cycle": cycle.pk, **parameters(cycle)}
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT.replace("{population}", POPULATION), values)
