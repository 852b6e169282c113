"""How a case is decided, told and made effective, through its actions."""

import datetime

import pytest
from django.utils import timezone

from assessments.actions import cases, decisions, panels, texts
from assessments.actions.facts import OTHERS_FIRST
from assessments.models import Cycle, PromotionCase
from assessments.serializers.case import Case
from ladders.actions import placements
from ladders.models import Placement
from people.actions import lines, people
from people.models import Event
from people.refusals import Conflict, Forbidden, Invalid
from tests import cast as story

DAY = datetime.timedelta(days=1)


def today():
    return timezone.localdate()


def test_who_nominated_does_not_decide(cast):
    with pytest.raises(Forbidden):
        decisions.approve(story.recommended(cast), by=cast.maya, effective_on=today())


def test_a_second_approver_comes_too_late(cast):
    case = story.approved(cast)

    with pytest.raises(Conflict, match="This case is decided"):
        decisions.approve(case, by=cast.vera, effective_on=today())


def test_overturning_the_panel_needs_a_written_reason(cast):
    case = story.recommended(cast, ("not_yet", "not_yet", "not_yet"))
    with pytest.raises(Invalid) as refusal:
        decisions.approve(case, by=cast.vera, effective_on=today())
    assert set(refusal.value.errors) == {"overturn_reason"}

    decision = decisions.approve(
        case, by=cast.vera, effective_on=today(), overturn_reason="I saw it."
    )

    assert decision.overturn_reason == "I saw it."


def test_a_decline_names_an_expectation_and_a_day_to_come(cast):
    case = story.recommended(cast, ("not_yet", "not_yet", "not_yet"))
    later = today() + 90 * DAY
    with pytest.raises(Invalid, match="at least one expectation"):
        decisions.decline(case, by=cast.vera, reasons=[], look_again_on=later)
    with pytest.raises(Invalid, match="a day to come"):
        decisions.decline(case, by=cast.vera, reasons=story.reasons(case), look_again_on=today())

    decision = decisions.decline(
        case, by=cast.vera, reasons=story.reasons(case), look_again_on=later
    )

    assert decision.reasons.count() == 1
    assert story.fresh(case).outcome == "declined"


def test_a_reason_about_another_levels_expectation_is_refused(cast):
    case = story.recommended(cast, ("not_yet", "not_yet", "not_yet"))
    foreign = cast.levels["engineer"].expectations.first()

    with pytest.raises(Invalid) as refusal:
        decisions.defer(
            case,
            by=cast.vera,
            reasons=[story.Reason(foreign.pk, "More.")],
            look_again_on=today() + 90 * DAY,
        )
    assert set(refusal.value.errors) == {"reasons"}


def test_no_seat_is_an_answer_only_where_seats_are_limited(cast):
    with pytest.raises(Invalid, match="not limited"):
        decisions.approve_no_seat(story.recommended(cast), by=cast.vera)


def test_under_lightweight_the_approver_decides_at_once_and_the_packet_freezes_with_it(cast):
    case = cases.open_case(cast.fred, cast.levels["senior-engineer"], by=cast.maya)
    texts.write_statement(case, by=cast.maya, text="Fred is ready.")
    piece = story.evidence.add(
        by=cast.fred, what="Ran the move.", happened_on=today(), competencies=["craft"]
    )
    texts.attach(case, piece, by=cast.fred)
    cases.submit(case, by=cast.maya, off_cycle_reason="Why wait?")
    case = story.fresh(case)
    assert case.approver == cast.sam

    decisions.approve(case, by=cast.sam, effective_on=today())
    case = story.fresh(case)

    assert case.state == "decided"
    assert case.packet.content["statement"] == "Fred is ready."
    assert case.frozen_at


@pytest.mark.parametrize("days", [-40, 0])
def test_a_promotion_of_today_or_the_past_is_made_effective_on_its_date(cast, days):
    day = today() + days * DAY
    case = story.told(cast, day)

    assert decisions.make_due_effective(today()) == 1
    case = story.fresh(case)

    assert case.state == "effective"
    assert (case.placement.since, case.placement.kind) == (day, Placement.Kind.PROMOTION)
    before = cast.carl.placements.as_of(day - DAY).get()
    assert before.level.key == "senior-engineer"


@pytest.mark.parametrize(
    ("title", "after"), [("Senior Engineer", "Staff Engineer"), ("Lead of Payments",) * 2]
)
def test_a_title_that_is_the_levels_own_follows_the_level(cast, title, after):
    people.edit(cast.carl, by=None, title=title)
    case = story.told(cast, today())

    decisions.make_due_effective(today())

    assert story.fresh(case).candidate.title == after


def test_a_promotion_to_come_waits_for_its_date(cast):
    day = today() + 30 * DAY
    case = story.told(cast, day)

    assert decisions.make_due_effective(today()) == 0
    with pytest.raises(Conflict, match="has not come"):
        decisions.make_effective(case)
    assert story.fresh(case).state == "scheduled"


def test_making_effective_twice_changes_nothing(cast):
    case = story.effective(cast)
    rows = cast.carl.placements.count()
    events = Event.objects.about(case).count()

    decisions.make_effective(case)

    assert cast.carl.placements.count() == rows
    assert Event.objects.about(case).count() == events


def test_who_resigns_before_the_effective_date_is_cancelled_and_never_promoted(cast):
    case = story.told(cast, today() + 30 * DAY)
    people.leave(cast.carl, by=None, on=today() + 10 * DAY)

    cases.end_overdue(timezone.now())
    decisions.make_due_effective(today() + 40 * DAY)

    assert story.fresh(case).state == "cancelled"
    assert not cast.carl.placements.filter(kind=Placement.Kind.PROMOTION).exists()


def test_declines_of_a_cycle_are_told_before_its_promotions(cast):
    cycle = Cycle.objects.create(
        name="Autumn", period=(today() - 180 * DAY, today()), state="announced"
    )
    yes = story.approved(cast)
    PromotionCase.objects.filter(pk=yes.pk).update(cycle=cycle)
    no = _declined_in(cycle, cast)
    with pytest.raises(Conflict, match="hear it first"):
        decisions.communicate(yes, by=cast.maya, letter="Well done.")
    offered = Case(story.fresh(yes), context={"person": cast.maya}).data["actions"]
    assert [one["reason"] for one in offered if one["name"] == "communicate"] == [OTHERS_FIRST]

    decisions.communicate(no, by=cast.paul, letter="Dear Otto.")
    decisions.communicate(yes, by=cast.maya, letter="Well done.")

    assert story.fresh(no).state == "closed"
    assert story.fresh(yes).state == "scheduled"


def _declined_in(cycle, cast):
    case = cases.open_case(cast.stella, cast.levels["staff-engineer"], by=cast.paul, cycle=cycle)
    texts.write_statement(case, by=cast.paul, text="Stella.")
    for number in range(3):
        piece = story.evidence.add(
            by=cast.stella, what=f"Piece {number}", happened_on=today(), competencies=["craft"]
        )
        texts.attach(case, piece, by=cast.stella)
    cases.submit(case, by=cast.paul)
    gathering = story.gathering
    asked = [
        gathering.Request(cast.fred, "subject_named"),
        gathering.Request(cast.maya, "subject_named"),
    ]
    gathering.gather(case, by=cast.hana, requests=asked)
    gathering.freeze(case, by=cast.hana, note="Enough is known.")
    panel = [cast.petra, cast.sam, cast.pia]
    panels.assign(case, by=cast.hana, chair=cast.petra, voters=panel, approver=cast.vera, note="x")
    for person in panel:
        panels.vote(case, by=person, vote="not_yet")
    panels.close_ballot(case, by=cast.petra)
    panels.recommend(case, by=cast.petra, text="Not yet.", reasons=story.reasons(case))
    decisions.decline(
        case, by=cast.vera, reasons=story.reasons(case), look_again_on=today() + 180 * DAY
    )
    return story.fresh(case)


def test_a_new_manager_tells_the_candidate_when_the_old_one_left(cast):
    case = story.approved(cast)
    lines.change(cast.carl, by=None, on=today(), manager=cast.sam)

    decisions.communicate(story.fresh(case), by=cast.sam, letter="Well done.")

    assert story.fresh(case).decision.told_by == cast.sam


def test_a_later_change_of_track_is_not_undone_by_a_promotion_in_the_past(cast):
    case = story.told(cast, today() - 60 * DAY)
    placements.place(
        cast.carl,
        cast.levels["engineering-manager"],
        by=None,
        on=today() - 10 * DAY,
        kind=Placement.Kind.TRACK_MOVE,
    )

    decisions.make_effective(case)

    assert cast.carl.placements.as_of(today() - 30 * DAY).get().level.key == "staff-engineer"
    assert cast.carl.placements.as_of(today()).get().level.key == "engineering-manager"
