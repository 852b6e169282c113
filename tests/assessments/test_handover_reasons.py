"""Why a former manager is not asked, or writes nothing now: sentences from plain rows."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from assessments.actions.handovers import why_not_asked, why_not_written
from assessments.models import Handover, PromotionCase
from assessments.states import BEFORE_FREEZE, State
from people.models import Person

THEN = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
OWNER, FORMER = 1, 2


def former(left_on=None):
    return Person(pk=FORMER, name="Maya Manager", left_on=left_on)


def test_who_was_asked_is_not_asked_again_and_who_has_left_is_not_asked():
    today = timezone.localdate()
    tomorrow = today + datetime.timedelta(days=1)

    assert why_not_asked(Handover(former=former())) == ""
    assert why_not_asked(Handover(former=former(tomorrow))) == ""
    assert "asked already" in why_not_asked(Handover(former=former(), asked_at=THEN))
    assert "has left" in why_not_asked(Handover(former=former(today)))


@pytest.mark.parametrize("state", State)
def test_a_statement_that_was_asked_for_is_written_once_and_before_the_freeze(state):
    case = PromotionCase(owner_id=OWNER, state=state)
    asked = Handover(former_id=FORMER, asked_at=THEN)
    written = Handover(former_id=FORMER, asked_at=THEN, written_at=THEN, statement="Ready.")

    assert "stays as it is" in why_not_written(written, case)
    frozen = state not in BEFORE_FREEZE
    assert ("frozen" in why_not_written(asked, case)) == frozen
    assert bool(why_not_written(asked, case)) == frozen


@pytest.mark.parametrize(
    "row",
    [None, Handover(former_id=FORMER), Handover(former_id=OWNER, asked_at=THEN)],
    ids=["never led it", "not asked", "leads it again"],
)
def test_who_nobody_waits_for_is_told_so(row):
    case = PromotionCase(owner_id=OWNER, state=State.DRAFT)

    assert why_not_written(row, case) == "Nobody waits for a handover statement from you."
