"""How a case is decided, told, scheduled and made effective."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from assessments.actions import facts, packets
from assessments.actions.moves import each, lock, move, near, optional, required
from assessments.actions.reasons import Reason, check_reasons
from assessments.models import Decision, DecisionReason, Panel, PromotionCase
from assessments.states import NOT_PROMOTED, Outcome, State
from ladders.actions import placements
from ladders.models import Placement
from people.actions import people
from people.models import Person
from people.models.person import still_here
from people.refusals import Conflict, Invalid


def approve(
    case: PromotionCase,
    *,
    by: Person,
    effective_on: datetime.date,
    overturn_reason: str = "",
) -> Decision:
    """Promote from a date, which may lie in the past or the future."""
    near(effective_on=effective_on)
    with _decide("approve", Outcome.APPROVED, case, by, overturn_reason) as (
        case,
        decision,
    ):
        _guard_day(case, effective_on)
        decision.effective_on = case.effective_on = effective_on
    return decision


def _guard_day(case: PromotionCase, effective_on: datetime.date) -> None:
    """Nobody is promoted from a day on which they stood on no level yet."""
    if effective_on < timezone.localdate() and not facts.standing(case.candidate, effective_on):
        words = f"{case.candidate.name} stood on no level then; choose a later day."
        raise Invalid({"effective_on": [words]})


def approve_no_seat(case: PromotionCase, *, by: Person, overturn_reason: str = "") -> Decision:
    """Say that the person is ready while no seat is open at a seat-limited level."""
    outcome = Outcome.APPROVED_NO_SEAT
    with _decide("approve_no_seat", outcome, case, by, overturn_reason) as (
        case,
        decision,
    ):
        if not case.target_level.seat_limited:
            raise Invalid({"outcome": ["Seats at this level are not limited: approve or defer."]})
    return decision


def defer(
    case: PromotionCase,
    *,
    by: Person,
    reasons: Iterable[Reason],
    look_again_on: datetime.date,
    overturn_reason: str = "",
) -> Decision:
    """Not now: named gaps, what evidence is wanted, and a date to look again."""
    return _say_no("defer", Outcome.DEFERRED, case, by, reasons, look_again_on, overturn_reason)


def decline(
    case: PromotionCase,
    *,
    by: Person,
    reasons: Iterable[Reason],
    look_again_on: datetime.date,
    overturn_reason: str = "",
) -> Decision:
    """No, with named gaps, what evidence is wanted, and a date."""
    return _say_no("decline", Outcome.DECLINED, case, by, reasons, look_again_on, overturn_reason)


def _say_no(
    name: str,
    outcome: Outcome,
    case: PromotionCase,
    by: Person,
    reasons: Iterable[Reason],
    look_again_on: datetime.date,
    overturn_reason: str,
) -> Decision:
    near(look_again_on=look_again_on)
    if look_again_on <= timezone.localdate():
        raise Invalid({"look_again_on": ["Choose a day to come on which to look again."]})
    with _decide(name, outcome, case, by, overturn_reason) as (case, decision):
        decision.look_again_on = look_again_on
        decision.save()
        DecisionReason.objects.bulk_create(
            DecisionReason(
                decision=decision,
                expectation_id=reason.expectation,
                evidence_wanted=reason.text,
            )
            for reason in check_reasons(case, reasons)
        )
    return decision


@contextmanager
def _decide(name: str, outcome: Outcome, case: PromotionCase, by: Person, overturn_reason: str):
    optional(overturn_reason=overturn_reason)
    with move(name, case, by, reason=overturn_reason) as case:
        _guard_overturn(case, outcome, overturn_reason)
        case.outcome = outcome
        if case.state == State.SUBMITTED:
            packets.freeze(case, by=by)
            case.frozen_at = timezone.now()
        decision = Decision(
            case=case,
            outcome=outcome,
            decided_by=by,
            decided_for_id=case.acting_for_id,
            overturn_reason=overturn_reason,
        )
        yield case, decision
        decision.save()


def overturns(case: PromotionCase, *, says_no: bool) -> bool:
    """True when a yes or a no would not follow what the panel recommends."""
    recommendation = case.recommendations.filter(void_at=None).first()
    if recommendation is None:
        return False
    return (recommendation.result == Panel.Result.NOT_YET) != says_no


def _guard_overturn(case: PromotionCase, outcome: Outcome, reason: str) -> None:
    if not reason.strip() and overturns(case, says_no=outcome in NOT_PROMOTED):
        raise Invalid({"overturn_reason": ["Say why you do not follow the panel."]})


def communicate(case: PromotionCase, *, by: Person, letter: str) -> Decision:
    """Tell the candidate. Declines and deferrals of a cycle are told before its promotions."""
    required(letter=letter)
    with transaction.atomic():
        with move("communicate", case, by) as case:
            decision = Decision.objects.select_for_update(no_key=True).get(case=case)
            _guard_order(case)
            decision.letter, decision.told_by, decision.told_at = letter, by, timezone.now()
            decision.told_for_id = case.acting_for_id
            decision.save()
        if decision.outcome == Outcome.APPROVED:
            with move("schedule", case, None):
                pass
        elif decision.outcome in NOT_PROMOTED:
            with move("close", case, None):
                pass
    return decision


def _guard_order(case: PromotionCase) -> None:
    if facts.others_are_told_first(case):
        raise Conflict(facts.OTHERS_FIRST)


def schedule(case: PromotionCase, *, by: Person, effective_on: datetime.date) -> PromotionCase:
    """A seat opened: set the date of a promotion that was approved without one."""
    near(effective_on=effective_on)
    with move("schedule", case, by) as case:
        _guard_day(case, effective_on)
        decision = Decision.objects.select_for_update(no_key=True).get(case=case)
        decision.effective_on = case.effective_on = effective_on
        decision.save()
    return case


def close(case: PromotionCase, *, by: Person, reason: str) -> PromotionCase:
    """End a case whose approval found no seat."""
    required(reason=reason)
    with move("close", case, by, reason=reason) as case:
        pass
    return case


def make_effective(case: PromotionCase) -> PromotionCase:
    """Place the candidate on the target level; running it again changes nothing."""
    with transaction.atomic():
        case = lock(case)
        if case.state == State.EFFECTIVE:
            return case
        day = case.effective_on
        if day is None or day > timezone.localdate():
            raise Conflict("The effective date has not come yet.")
        with move("make_effective", case, None) as case:
            _follow_title(case)
            case.placement = placements.place(
                case.candidate,
                case.target_level,
                by=None,
                on=day,
                until=_next_change(case),
                kind=Placement.Kind.PROMOTION,
            )
    return case


def _follow_title(case: PromotionCase) -> None:
    """A title that was the level's own becomes that of the new one; any other stays HR's to say."""
    stands = facts.standing(case.candidate)
    if stands and case.candidate.title == stands.level.title:
        people.edit(case.candidate, by=None, title=case.target_level.title)


def _next_change(case: PromotionCase) -> datetime.date | None:
    """When the candidate came to stand on another level after the effective date; None: never."""
    later = Placement.objects.known_at().filter(
        person=case.candidate_id, valid__startswith__gt=case.effective_on
    )
    later = later.exclude(kind=Placement.Kind.TRIAL)
    if case.from_level:
        later = later.exclude(level__key=case.from_level.key)
    row = later.order_by("valid").first()
    return row.since if row else None


def make_due_effective(today: datetime.date) -> int:
    """What the clock does: every scheduled case whose day has come, each in its own transaction."""
    due = PromotionCase.objects.filter(state=State.SCHEDULED, effective_on__lte=today)
    due = due.filter(still_here("candidate__")).order_by("effective_on", "pk")
    return each(due, make_effective)
