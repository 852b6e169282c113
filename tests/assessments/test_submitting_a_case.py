"""What a case needs before it is handed on, and how it comes back."""

import datetime

import pytest
from django.utils import timezone

from assessments.actions import cases, texts
from ladders.actions import placements
from ladders.models import Placement
from people.models import Event, Leave
from people.refusals import Conflict, Invalid, Stale
from tests import cast as story


def test_a_case_without_text_and_evidence_is_refused_field_by_field(cast):
    case = cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya)

    with pytest.raises(Invalid) as refusal:
        cases.submit(case, by=cast.maya)

    assert set(refusal.value.errors) == {"statement", "evidence", "off_cycle_reason"}
    assert story.fresh(case).state == "draft"


def test_a_case_outside_a_cycle_says_why_it_cannot_wait(cast):
    case = story.draft(cast)
    with pytest.raises(Invalid) as refusal:
        cases.submit(case, by=cast.maya)
    assert set(refusal.value.errors) == {"off_cycle_reason"}

    cases.submit(case, by=cast.maya, off_cycle_reason="A seat opened.")

    assert story.fresh(case).state == "submitted"


def test_too_little_time_in_level_asks_for_a_reason_and_never_blocks(cast):
    start = timezone.localdate() - datetime.timedelta(days=200)
    placements.correct(cast.carl.placements.get(), by=None, reason="Wrong date.", on=start)
    case = story.draft(cast)
    with pytest.raises(Invalid) as refusal:
        cases.submit(case, by=cast.maya, off_cycle_reason="Now.")
    assert set(refusal.value.errors) == {"waiver_reason"}
    assert "6 months in level" in str(refusal.value)

    cases.submit(case, by=cast.maya, off_cycle_reason="Now.", waiver_reason="Acted as one.")

    assert story.fresh(case).waiver_reason == "Acted as one."


def test_leave_does_not_count_as_time_in_level(cast):
    today = timezone.localdate()
    away = (story.LONG_AGO + datetime.timedelta(days=30), today - datetime.timedelta(days=30))
    Leave.objects.create(person=cast.carl, kind="parental", valid=away)
    case = story.draft(cast)

    with pytest.raises(Invalid, match="1 month in level"):
        cases.submit(case, by=cast.maya, off_cycle_reason="Now.")


def test_a_trial_counts_for_the_level_held(cast):
    back = timezone.localdate() - datetime.timedelta(days=10)
    placements.place(
        cast.carl,
        cast.levels["engineering-manager"],
        by=None,
        on=story.LONG_AGO + datetime.timedelta(days=60),
        kind=Placement.Kind.TRIAL,
    )
    placements.place(
        cast.carl, cast.levels["senior-engineer"], by=None, on=back, kind=Placement.Kind.RETURN
    )

    case = story.draft(cast)

    assert cases.submit(case, by=cast.maya, off_cycle_reason="Now.").state == "submitted"


def test_a_case_that_is_sent_back_keeps_every_word(cast):
    case = story.gathering_stage(cast)

    cases.send_back(case, by=cast.sam, reason="One more decision, please.")
    case = story.fresh(case)

    assert case.state == "draft"
    assert case.statement == "Carl leads the work on payouts."
    assert case.feedback.count() == 2
    assert Event.objects.about(case).first().data["reason"] == "One more decision, please."


def test_a_text_saved_from_somewhere_else_is_never_overwritten(cast):
    case = story.draft(cast)
    texts.write_statement(case, by=cast.maya, text="From the train.", revision=case.revision)

    with pytest.raises(Stale) as refusal:
        texts.write_statement(case, by=cast.maya, text="From the desk.", revision=case.revision)

    assert refusal.value.current["statement"] == "From the train."
    assert story.fresh(case).statement == "From the train."


@pytest.mark.parametrize("text", ["x" * 20_001, "a\x00b", "a\x07b"])
def test_text_that_is_too_long_or_no_text_is_refused_by_name(cast, text):
    with pytest.raises(Invalid) as refusal:
        texts.write_statement(story.draft(cast), by=cast.maya, text=text)

    assert set(refusal.value.errors) == {"statement"}


def test_candidate_and_manager_write_at_once_without_holding_each_other_up(cast):
    case = story.draft(cast)
    own, text = case.version_for(cast.carl), case.version_for(cast.maya)

    texts.write_own_section(case, by=cast.carl, text="What I learnt.", revision=own)
    texts.write_statement(case, by=cast.maya, text="What I saw.", revision=text)

    with pytest.raises(Stale):
        texts.write_own_section(case, by=cast.carl, text="From the train.", revision=own)


def test_writing_on_leaves_one_event_for_the_sitting(cast):
    case = story.draft(cast)
    before = Event.objects.about(case).count()

    for number in range(5):
        texts.write_statement(case, by=cast.maya, text=f"Draft {number}.")

    assert Event.objects.about(case).count() == before + 1


def test_the_manager_withdraws_until_the_freeze_and_the_candidate_until_told(cast):
    case = story.frozen(cast)
    with pytest.raises(Conflict):
        cases.withdraw(case, by=cast.maya)

    cases.withdraw(case, by=cast.carl)

    assert story.fresh(case).state == "withdrawn"
    assert story.fresh(case).outcome == ""
