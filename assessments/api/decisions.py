"""The moves of the outcome: decision, letter, date, and the end without a seat."""

from __future__ import annotations

from typing import Any

from assessments.actions import decisions
from assessments.api.case import MoveEndpoint
from assessments.models import PromotionCase
from assessments.serializers import moves as shapes
from assessments.states import Outcome

ACTIONS = {
    Outcome.APPROVED: decisions.approve,
    Outcome.APPROVED_NO_SEAT: decisions.approve_no_seat,
    Outcome.DEFERRED: decisions.defer,
    Outcome.DECLINED: decisions.decline,
}


def decide(case: PromotionCase, *, outcome: str, **given: Any) -> None:
    """The action of an outcome."""
    ACTIONS[Outcome(outcome)](case, **given)


class Decision(MoveEndpoint):
    """POST: approve, approve without a seat, defer or decline."""

    serializer_class = shapes.Decision
    act = staticmethod(decide)


class Communication(MoveEndpoint):
    """POST: tell the candidate."""

    serializer_class = shapes.Letter
    act = staticmethod(decisions.communicate)


class Schedule(MoveEndpoint):
    """POST: set the date of a promotion that was approved without a seat."""

    serializer_class = shapes.Schedule
    act = staticmethod(decisions.schedule)


class Closure(MoveEndpoint):
    """POST: end a case whose approval found no seat."""

    serializer_class = shapes.NeededReason
    act = staticmethod(decisions.close)
