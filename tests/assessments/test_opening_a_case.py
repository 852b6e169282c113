"""Who may be put forward, for which level, and when."""

import datetime

import pytest
from django.utils import timezone

from assessments.actions import cases
from assessments.models import Procedure
from ladders.actions import placements
from ladders.models import Placement
from people.actions import people
from people.models import Event
from people.refusals import Conflict, Forbidden, Invalid
from tests import cast as story


def test_a_manager_opens_a_case_that_is_pinned_to_the_published_ladder(cast):
    case = cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya)

    assert case.state == "draft"
    assert case.owner == cast.maya
    assert case.from_level.key == "senior-engineer"
    assert case.pinned_version.number == "1.0.0"
    assert Event.objects.about(case).get().verb == "case.open"


def test_a_stranger_may_not_open_a_case(cast):
    with pytest.raises(Forbidden, match="manager or HR"):
        cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.stella)


def test_a_person_has_one_open_case(cast):
    story.draft(cast)

    with pytest.raises(Conflict, match="already has an open case"):
        cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya)


def test_after_a_withdrawal_a_new_case_can_be_opened(cast):
    cases.withdraw(story.draft(cast), by=cast.maya)

    assert cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya)


@pytest.mark.parametrize("level", ["senior-staff-engineer", "engineering-manager", "engineer"])
def test_only_hr_names_a_level_that_is_not_the_next_and_says_why(cast, level):
    target = cast.levels[level]
    with pytest.raises(Forbidden, match="not the next level"):
        cases.open_case(cast.carl, target, by=cast.maya, level_reason="Because.")
    with pytest.raises(Invalid) as refusal:
        cases.open_case(cast.carl, target, by=cast.hana)
    assert set(refusal.value.errors) == {"level_reason"}

    assert cases.open_case(cast.carl, target, by=cast.hana, level_reason="Skipped at hire.")


def test_nobody_is_put_forward_for_the_level_they_hold(cast):
    with pytest.raises(Invalid, match="already stands on this level"):
        cases.open_case(cast.carl, cast.levels["senior-engineer"], by=cast.hana, level_reason="x")


def test_nobody_is_put_forward_while_on_trial(cast):
    placements.place(
        cast.carl,
        cast.levels["engineering-manager"],
        by=None,
        on=timezone.localdate(),
        kind=Placement.Kind.TRIAL,
    )

    with pytest.raises(Conflict, match="on trial"):
        cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya)


def test_somebody_without_a_level_is_placed_first(cast):
    with pytest.raises(Invalid, match="stands on no level"):
        cases.open_case(cast.anna, cast.levels["engineer"], by=cast.hana)


def test_somebody_who_left_is_not_put_forward(cast):
    people.leave(cast.carl, by=None, on=timezone.localdate())

    with pytest.raises(Conflict, match="has left"):
        cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.hana)


def test_self_nomination_is_closed_until_the_procedure_opens_it(cast):
    target = cast.levels["staff-engineer"]
    with pytest.raises(Forbidden, match="Self-nomination is off"):
        cases.open_case(cast.carl, target, by=cast.carl)

    Procedure.objects.filter(preset="committee").update(self_nomination=True)
    case = cases.open_case(cast.carl, target, by=cast.carl)

    assert case.self_nominated
    assert case.owner == cast.maya


@pytest.mark.parametrize(
    ("person", "level", "preset"),
    [("carl", "staff-engineer", "committee"), ("fred", "senior-engineer", "lightweight")],
)
def test_below_the_branch_the_procedure_is_lightweight(cast, person, level, preset):
    candidate = getattr(cast, person)
    case = cases.open_case(candidate, cast.levels[level], by=cast.maya)

    assert case.procedure.preset == preset


def test_the_ladders_own_procedure_for_a_grade_goes_before_the_preset(cast):
    target = cast.levels["staff-engineer"]
    own = Procedure.objects.create(
        ladder=target.version.ladder, grade=target.grade, preset="lightweight"
    )

    assert cases.open_case(cast.carl, target, by=cast.maya).procedure == own


def test_a_case_idle_for_ninety_days_lapses_and_a_busy_one_does_not(cast):
    case = story.draft(cast)
    idle = timezone.now() + datetime.timedelta(days=90, minutes=1)

    assert cases.end_overdue(timezone.now() + datetime.timedelta(days=89)) == 0
    assert cases.end_overdue(idle) == 1
    assert story.fresh(case).state == "lapsed"
    assert cases.end_overdue(idle) == 0
