"""Reasons tied to expectations, as recommendations and decisions give them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from assessments.actions.moves import required
from assessments.models import PromotionCase
from people.refusals import Invalid


class Reason(NamedTuple):
    """The id of an expectation of the pinned version, and what is said about it."""

    expectation: int
    text: str


def check_reasons(case: PromotionCase, reasons: Iterable[Reason]) -> list[Reason]:
    """The reasons, once it is sure that each names its own expectation of the target level."""
    reasons = list(reasons)
    if not reasons:
        raise Invalid({"reasons": ["Name at least one expectation and say what decided it."]})
    for reason in reasons:
        required(reasons=reason.text)
    named = {reason.expectation for reason in reasons}
    known = case.target_level.expectations.filter(
        pk__in=named, version=case.pinned_version_id
    ).count()
    if known != len(reasons):
        raise Invalid({"reasons": ["Name each expectation of the target level once."]})
    return reasons
