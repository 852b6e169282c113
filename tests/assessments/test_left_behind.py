"""What happens to a case when somebody it needs is gone, or when one thing of many goes wrong."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from assessments.actions import cases, decisions, gathering, panels, texts
from assessments.models import Cycle, PromotionCase
from assessments.serializers import progress
from assessments.serializers.me import present
from people.actions import lines, people
from people.refusals import Forbidden
from tests import cast as story
from tests.test_queries import a_cycle

DAY = datetime.timedelta(days=1)


def today():
    return timezone.localdate()


def test_when_the_approver_has_left_hr_decides(cast):
    case = story.recommended(cast)
    with pytest.raises(Forbidden, match="Only the approver"):
        decisions.approve(case, by=cast.hana, effective_on=today())
    people.leave(cast.vera, by=None, on=today())

    decisions.approve(case, by=cast.hana, effective_on=today())

    assert story.fresh(case).decision.decided_by == cast.hana


@pytest.mark.parametrize("days", [0, 1, 60])
def test_when_the_manager_has_left_the_skip_level_carries_the_case_on(cast, days):
    case = story.draft(cast)
    people.leave(cast.maya, by=None, on=today())

    with time_machine.travel(timezone.now() + days * DAY, tick=False):
        assert case in PromotionCase.objects.visible_to(cast.sam)
        assert [task["task"] for task in present(cast.sam)["tasks"]] == ["submit"]
        cases.submit(story.fresh(case), by=cast.sam, off_cycle_reason="A seat opened.")

    assert story.fresh(case).state == "submitted"


def test_when_manager_and_skip_level_have_left_hr_carries_the_case_on(cast):
    case = story.draft(cast)
    people.leave(cast.maya, by=None, on=today())
    people.leave(cast.sam, by=None, on=today())

    with time_machine.travel(timezone.now() + DAY, tick=False):
        assert [task["task"] for task in present(cast.hana)["tasks"]] == ["submit"]
        cases.submit(story.fresh(case), by=cast.hana, off_cycle_reason="A seat opened.")

    assert story.fresh(case).state == "submitted"


def test_when_the_skip_level_has_left_hr_endorses(cast):
    case = story.draft(cast)
    cases.submit(case, by=cast.maya, off_cycle_reason="Now.")
    with pytest.raises(Forbidden, match="manager's manager"):
        gathering.endorse(case, by=cast.hana, endorses=True, text="Yes.")
    people.leave(cast.sam, by=None, on=today())

    word = gathering.endorse(case, by=cast.hana, endorses=True, text="Yes.")

    assert word.person == cast.hana


def test_while_the_manager_is_there_nobody_stands_in(cast):
    case = story.draft(cast)

    for person in (cast.sam, cast.hana):
        with pytest.raises(Forbidden):
            cases.submit(case, by=person, off_cycle_reason="A seat opened.")


def test_who_once_led_the_manager_sees_none_of_their_cases(cast):
    case = story.draft(cast)
    lines.change(cast.maya, by=None, on=today() - 30 * DAY, manager=cast.paul)
    people.leave(cast.maya, by=None, on=today() - DAY)

    assert case not in PromotionCase.objects.visible_to(cast.sam)
    assert case in PromotionCase.objects.visible_to(cast.paul)


def test_a_case_submitted_again_gets_an_approver_who_is_there(cast):
    case = story.submitted(cast)
    gone = case.approver
    people.leave(gone, by=None, on=today())
    cases.send_back(case, by=cast.hana, reason="Say more.")

    cases.submit(case, by=cast.maya, off_cycle_reason="A seat opened.")

    assert story.fresh(case).approver not in (None, gone)


def test_a_procedure_whose_approver_has_left_falls_back_on_the_chain(cast):
    case = story.draft(cast)
    type(case.procedure).objects.filter(pk=case.procedure_id).update(approver=cast.otto)
    people.leave(cast.otto, by=None, on=today())

    cases.submit(case, by=cast.maya, off_cycle_reason="A seat opened.")

    assert story.fresh(case).approver == cast.vera


def test_one_promotion_that_cannot_take_effect_keeps_no_other_waiting(cast, monkeypatch):
    stuck, other = story.told(cast, today() - 2 * DAY), _freds(cast)
    place = decisions.placements.place

    def break_for_carl(person, *args, **words):
        if person == cast.carl:
            raise RuntimeError("broken")
        return place(person, *args, **words)

    monkeypatch.setattr(decisions.placements, "place", break_for_carl)

    assert decisions.make_due_effective(today()) == 1

    assert story.fresh(stuck).state == "scheduled"
    assert story.fresh(other).state == "effective"


def test_one_case_that_cannot_end_keeps_no_other_open(cast, monkeypatch):
    stuck, other = story.told(cast, today() + 9 * DAY), _freds(cast)
    people.leave(cast.carl, by=None, on=today())
    people.leave(cast.fred, by=None, on=today())
    cancel = cases.cancel

    def break_for_carl(case, **words):
        if case.pk == stuck.pk:
            raise RuntimeError("broken")
        return cancel(case, **words)

    monkeypatch.setattr(cases, "cancel", break_for_carl)

    assert cases.end_overdue(timezone.now()) == 1

    assert story.fresh(stuck).state == "scheduled"
    assert story.fresh(other).state == "cancelled"


def _freds(cast):
    """A lightweight case that takes effect today."""
    case = cases.open_case(cast.fred, cast.levels["senior-engineer"], by=cast.maya)
    texts.write_statement(case, by=cast.maya, text="Fred is ready.")
    piece = story.evidence.add(
        by=cast.fred, what="Ran the move.", happened_on=today(), competencies=["craft"]
    )
    texts.attach(case, piece, by=cast.fred)
    cases.submit(case, by=cast.maya, off_cycle_reason="Why wait?")
    decisions.approve(case, by=cast.sam, effective_on=today())
    decisions.communicate(case, by=cast.maya, letter="Well done.")
    return story.fresh(case)


def test_a_ruling_and_the_vote_it_opens_again_stand_or_fall_together(cast, monkeypatch):
    case = story.recommended(cast)
    seat = panels.standing_panel(case).seats.get(person=cast.paul)
    alone = panels.standing_panel(case).seats.get(person=cast.pia)
    killed = RuntimeError("killed between the two")

    def dies(*args):
        raise killed

    monkeypatch.setattr(panels, "vote_anew", dies)
    with pytest.raises(RuntimeError):
        panels.rule_on_conflict(case, seat, by=cast.hana, recuse=True, reason="Cousins.")

    seat.refresh_from_db()
    assert seat.recused_at is None
    assert seat.ballots.filter(void_at=None).exists()
    assert alone.ballots.filter(void_at=None).exists()


def test_a_manager_does_not_take_off_what_the_candidate_attached(cast):
    case = story.draft(cast)
    theirs = case.attachments.first()
    part = case.pinned_version.competencies.order_by("position")[4]
    tied = texts.attach(case, theirs.evidence, by=cast.maya, competency=part)

    with pytest.raises(Forbidden, match="The candidate attached this piece"):
        texts.detach(case, theirs.pk, by=cast.maya)
    texts.detach(case, tied.pk, by=cast.maya)
    texts.detach(case, theirs.pk, by=cast.carl)

    assert not case.attachments.filter(evidence=theirs.evidence).exists()


def test_a_manager_does_not_learn_on_home_that_somebody_declared_a_conflict(cast):
    case = story.in_review(cast)
    panels.declare_conflict(case, by=cast.paul, reason="We are cousins.")

    waiting = present(cast.maya)["waiting"]

    assert [row["task"] for row in waiting] == ["vote"]


def test_a_late_ruling_on_a_conflict_is_told_to_the_chair_and_hr_alone(cast):
    cycle = a_cycle()
    case = story.in_review(cast, cycle=cycle)
    panels.declare_conflict(case, by=cast.paul, reason="We share a house.")

    with time_machine.travel(timezone.now() + 3 * DAY, tick=False):
        told = {who: _late(cycle, getattr(cast, who)) for who in ("petra", "hana", "maya", "sam")}

    assert told == {
        "petra": {"vote", "rule_on_conflict"},
        "hana": {"vote", "rule_on_conflict"},
        "maya": {"vote"},
        "sam": {"vote"},
    }


def _late(cycle, person):
    row = Cycle.objects.visible_to(person).with_progress().get(pk=cycle.pk)
    return {duty["task"] for duty in progress.present(row, person)["late"]}
