"""How a promotion case is opened, submitted, sent back, and ended before a decision."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from assessments import policies, readiness, states
from assessments.actions import facts, pins
from assessments.actions.moves import each, lock, move, optional, required
from assessments.models import Cycle, Phase, Procedure, PromotionCase
from ladders.models import Level, Placement
from people import audit
from people.models import Person, Role
from people.models.person import still_here
from people.refusals import Conflict, Invalid, enforce

IDLE = datetime.timedelta(days=90)


def open_case(
    candidate: Person,
    target_level: Level,
    *,
    by: Person,
    cycle: Cycle | None = None,
    level_reason: str = "",
) -> PromotionCase:
    """Open a case and pin it to the ladder's published version.

    Raises Forbidden, Conflict (an open case, a trial, a closed cycle) or Invalid by field.
    """
    optional(level_reason=level_reason)
    with transaction.atomic():
        candidate = Person.objects.select_for_update(no_key=True).get(pk=candidate.pk)
        target = Level.objects.for_display().get(pk=target_level.pk)
        procedure = Procedure.objects.for_level(target)
        manager_id = facts.manager_of(candidate)
        enforce(policies.open_case(by, candidate, manager_id, procedure))
        current = _guard(candidate, target, cycle)
        _guard_level(candidate, current, target, by, level_reason)
        case = PromotionCase.objects.create(
            candidate=candidate,
            owner_id=manager_id or by.pk,
            nominator=by,
            from_level=current.level,
            target_level=target,
            pinned_version=target.version,
            procedure=procedure,
            cycle=cycle,
            self_nominated=by.pk == candidate.pk,
            level_reason=level_reason,
        )
        audit.record("case.open", case, by=by, reason=level_reason)
    return case


def _guard(candidate: Person, target: Level, cycle: Cycle | None) -> Placement:
    """What must hold whoever asks; returns where the candidate stands today."""
    if candidate.left_on and candidate.left_on <= timezone.localdate():
        raise Conflict(f"{candidate.name} has left.")
    if PromotionCase.objects.open().filter(candidate=candidate).exists():
        raise Conflict(f"{candidate.name} already has an open case.")
    placement = facts.standing(candidate)
    if placement is None:
        raise Invalid({"candidate": [f"{candidate.name} stands on no level yet; HR places them."]})
    if placement.kind == Placement.Kind.TRIAL:
        raise Conflict(f"{candidate.name} is on trial; a case can be opened when it has ended.")
    if target.version.state != "published":
        raise Invalid({"target_level": ["Choose a level of the published version of the ladder."]})
    if cycle:
        cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    if cycle and not _takes_nominations(cycle):
        raise Conflict(f"{cycle.name} takes no nominations today.")
    return placement


def _takes_nominations(cycle: Cycle) -> bool:
    phase = cycle.phases.filter(kind=Phase.Kind.NOMINATIONS).first()
    running = cycle.state == Cycle.State.ANNOUNCED
    return running and (phase is None or phase.is_open(timezone.localdate()))


def _guard_level(
    candidate: Person, current: Placement, target: Level, by: Person, reason: str
) -> None:
    if facts.is_same_level(current.level, target):
        raise Invalid({"target_level": [f"{candidate.name} already stands on this level."]})
    if target.pk in {level.pk for level in facts.next_levels(current.level)}:
        return
    enforce(policies.choose_any_level(by, candidate))
    if not reason.strip():
        raise Invalid({"level_reason": ["Say why the target is not the next level of the track."]})


def submit(
    case: PromotionCase,
    *,
    by: Person,
    waiver_reason: str = "",
    off_cycle_reason: str = "",
) -> PromotionCase:
    """Hand the case on. Unmet guidelines need a reason; missing text or evidence is refused."""
    optional(waiver_reason=waiver_reason, off_cycle_reason=off_cycle_reason)
    reasons = {"waiver_reason": waiver_reason, "off_cycle_reason": off_cycle_reason}
    with move("submit", case, by, **reasons) as case:
        _guard_ready(case, reasons)
        case.waiver_reason = waiver_reason
        case.off_cycle_reason = off_cycle_reason
        if case.approver is None or not case.approver.is_here(timezone.localdate()):
            case.approver_id = facts.usual_approver(case)
    return case


def _guard_ready(case: PromotionCase, reasons: dict[str, str]) -> None:
    errors: dict[str, list[str]] = {}
    for item in readiness.checklist(facts.readiness_of(case)):
        if item.done:
            continue
        if item.blocks:
            errors[item.key] = [f"{item.label}: {item.detail}."]
        elif item.asks_for and not reasons[item.asks_for].strip():
            errors[item.asks_for] = [f"{item.label}."]
    if errors:
        raise Invalid(errors)


def send_back(case: PromotionCase, *, by: Person, reason: str) -> PromotionCase:
    """Return the case to its manager before the freeze. The text stays."""
    required(reason=reason)
    with move("send_back", case, by, reason=reason) as case:
        pass
    return case


def repin(case: PromotionCase, *, by: Person, reason: str) -> PromotionCase:
    """Move the case to the published text of its ladder, before the freeze; no word is lost."""
    required(reason=reason)
    with transaction.atomic():
        held = lock(case)
        pins.hold_ladder(held)  # what is published stays so until the case is there
        told = {"was": held.pinned_version.number, "now": pins.newer_number(held)}
        with move("repin", held, by, reason=reason, **told) as case:
            plan = pins.plan(case)
            if refusal := plan.refusal():
                raise Conflict(refusal)
            pins.carry(case, plan)
    return case


def withdraw(case: PromotionCase, *, by: Person, reason: str = "") -> PromotionCase:
    """End the case: the candidate until they are told, the manager before the freeze."""
    optional(reason=reason)
    name = "withdraw" if by.pk == case.candidate_id else "retract"
    with move(name, case, by, reason=reason) as case:
        pass
    return case


def cancel(case: PromotionCase, *, by: Person | None, reason: str = "") -> PromotionCase:
    """End the case because the candidate left; it counts nowhere."""
    optional(reason=reason)
    with move("cancel", case, by, reason=reason) as case:
        if by is None and not _has_left(case):
            raise Conflict("The candidate has not left.")
    return case


def _has_left(case: PromotionCase) -> bool:
    left_on = case.candidate.left_on
    horizon = max(timezone.localdate(), case.effective_on or datetime.date.min)
    return left_on is not None and left_on <= horizon


def end_overdue(now: datetime.datetime) -> int:
    """What the clock ends: cases idle for 90 days, and cases of people who left."""
    leaving = PromotionCase.objects.open().filter(candidate__left_on__isnull=False)
    gone = [case for case in leaving.select_related("candidate") if _has_left(case)]
    idle = PromotionCase.objects.filter(
        still_here("candidate__"),
        state__in=states.BEFORE_FREEZE,
        active_at__lte=now - IDLE,
    )
    left = each(gone, lambda case: cancel(case, by=None, reason="The candidate left."))
    return left + each(idle, lambda case: _lapse(case, now))


def _lapse(case: PromotionCase, now: datetime.datetime) -> int:
    with transaction.atomic():
        fresh = lock(case)
        if fresh.active_at > now - IDLE or fresh.state not in states.BEFORE_FREEZE:
            return 0
        with move("lapse", fresh, None):
            pass
    return 1


def may_be_opened_by(person: Person) -> bool:
    """True for those who see a "New case" button at all."""
    return person.has_role(Role.HR) or facts.has_reports(person)
