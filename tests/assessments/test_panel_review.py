"""How a panel is named, recuses and votes, through its actions."""

import datetime

import pytest
from django.utils import timezone

from assessments.actions import cases, gathering, panels
from assessments.models import Feedback, Packet
from assessments.panels import UNRULED
from assessments.serializers.case import Case
from people.actions import lines
from people.refusals import Conflict, Forbidden, Invalid
from tests import cast as story


def assign(cast, case, *voters, **options):
    chair = voters[0]
    return panels.assign(case, by=cast.hana, chair=chair, voters=voters, **options)


def test_a_packet_is_frozen_with_its_digest_and_later_changes_do_not_reach_it(cast):
    case = story.frozen(cast)
    packet = Packet.objects.get(case=case)
    piece = case.attachments.first().evidence
    piece.what = "Something else."
    piece.save()

    packet.refresh_from_db()
    assert len(packet.digest) == 64
    assert packet.content["statement"] == "Carl leads the work on payouts."
    assert packet.content["evidence"][0]["what"].startswith("Piece 0")


def test_a_freeze_without_enough_feedback_needs_a_note(cast):
    case = story.gathering_stage(cast)
    with pytest.raises(Invalid, match="0 of 2 answers"):
        gathering.freeze(case, by=cast.hana)

    gathering.freeze(case, by=cast.hana, note="Both are away until May.")

    assert story.fresh(case).state == "frozen"


def test_at_staff_levels_one_author_comes_from_outside_the_team(cast):
    case = story.submitted(cast)
    insiders = [gathering.Request(cast.fred, Feedback.Visibility.SUBJECT_NAMED)]
    with pytest.raises(Invalid, match="at least 2"):
        gathering.gather(case, by=cast.hana, requests=insiders)
    assert case.feedback.count() == 0

    lines.change(cast.otto, by=None, on=timezone.localdate(), team=cast.teams["payments"])
    insiders.append(gathering.Request(cast.otto, Feedback.Visibility.SUBJECT_NAMED))
    with pytest.raises(Invalid, match="outside the candidate's team"):
        gathering.gather(case, by=cast.hana, requests=insiders)


@pytest.mark.parametrize("barred", ["carl", "maya", "fred", "stella"])
def test_who_has_a_conflict_is_not_seated(cast, barred):
    case = story.frozen(cast)

    with pytest.raises(Invalid) as refusal:
        assign(cast, case, cast.petra, cast.paul, getattr(cast, barred), note="x")

    assert getattr(cast, barred).name in str(refusal.value)


def test_a_former_manager_is_barred_for_two_years(cast):
    today = timezone.localdate()
    lines.change(cast.carl, by=None, on=today - datetime.timedelta(days=900), manager=cast.paul)
    lines.change(cast.carl, by=None, on=today - datetime.timedelta(days=600), manager=cast.maya)
    case = story.frozen(cast)

    with pytest.raises(Invalid, match="within 24 months"):
        assign(cast, case, cast.petra, cast.paul, cast.pia)


def test_an_unusual_panel_needs_a_written_reason(cast):
    case = story.frozen(cast)
    with pytest.raises(Invalid) as refusal:
        assign(cast, case, cast.petra, cast.pia, cast.otto)
    assert "Nobody from the manager track" in str(refusal.value)

    panel = assign(cast, case, cast.petra, cast.pia, cast.otto, note="No manager is free.")

    assert panel.composition_note == "No manager is free."


def test_a_ballot_can_be_changed_until_it_closes_and_not_after(cast):
    case = story.in_review(cast)
    panels.vote(case, by=cast.petra, vote="not_yet")
    panels.vote(case, by=cast.petra, vote="yes")
    panels.vote(case, by=cast.paul, vote="yes")
    panels.close_ballot(case, by=cast.petra)

    with pytest.raises(Conflict, match="closed"):
        panels.vote(case, by=cast.pia, vote="yes")
    assert panels.count(case.panels.get()).yes == 2


def test_a_ballot_does_not_close_below_the_quorum(cast):
    case = story.in_review(cast)
    panels.vote(case, by=cast.petra, vote="yes")

    with pytest.raises(Conflict, match="1 of 2 ballots"):
        panels.close_ballot(case, by=cast.petra)


def test_who_abstains_says_why(cast):
    with pytest.raises(Invalid, match="why you abstain"):
        panels.vote(story.in_review(cast), by=cast.paul, vote="abstain")


def test_a_split_calls_for_one_second_ballot_and_then_the_chairs_synthesis(cast):
    case = story.voted(cast, ("yes", "yes", "not_yet"))
    said = {"by": cast.petra, "text": "We differ.", "reasons": story.reasons(case)}
    with pytest.raises(Conflict, match="split"):
        panels.recommend(case, **said)

    panels.reopen_ballot(case, by=cast.petra)
    for person, vote in ((cast.petra, "yes"), (cast.paul, "not_yet"), (cast.pia, "yes")):
        panels.vote(case, by=person, vote=vote)
    panels.close_ballot(case, by=cast.petra)
    with pytest.raises(Conflict, match="one second ballot"):
        panels.reopen_ballot(case, by=cast.petra)
    with pytest.raises(Invalid, match="split too"):
        panels.recommend(case, **said)

    assert panels.recommend(case, result="not_yet", **said).result == "not_yet"


def test_a_recommendation_names_the_expectations_that_decided_it(cast):
    case = story.voted(cast)
    with pytest.raises(Invalid) as refusal:
        panels.recommend(case, by=cast.petra, text="Yes.", reasons=[])

    assert set(refusal.value.errors) == {"reasons"}


def test_a_declared_conflict_waits_for_the_chair_and_a_recusal_voids_the_ballot(cast):
    case = story.in_review(cast)
    panels.vote(case, by=cast.paul, vote="yes")
    seat = panels.declare_conflict(case, by=cast.paul, reason="We share a house.")
    with pytest.raises(Conflict, match="chair rules"):
        panels.vote(case, by=cast.paul, vote="not_yet")

    panels.rule_on_conflict(case, seat, by=cast.petra, recuse=True, reason="Too close.")

    with pytest.raises(Forbidden, match="recused"):
        panels.vote(case, by=cast.paul, vote="yes")
    assert panels.count(case.panels.get()).cast == 0


def test_a_ballot_does_not_close_over_a_conflict_that_nobody_ruled_on(cast):
    case = story.frozen(cast)
    assign(cast, case, cast.petra, cast.paul, cast.pia, cast.otto)
    for person in (cast.petra, cast.paul, cast.pia):
        panels.vote(case, by=person, vote="yes")
    seat = panels.declare_conflict(case, by=cast.paul, reason="We share a house.")
    with pytest.raises(Conflict, match="ruled on first"):
        panels.close_ballot(case, by=cast.petra)
    offered = {
        one["name"]: one
        for one in Case(story.fresh(case), context={"person": cast.petra}).data["actions"]
    }
    assert offered["close_ballot"]["reason"] == UNRULED

    panels.rule_on_conflict(case, seat, by=cast.petra, recuse=False, reason="Long ago.")

    assert panels.close_ballot(case, by=cast.petra).result == "promote"


def test_an_alternate_steps_in_when_fewer_than_three_are_left(cast):
    case = story.frozen(cast)
    assign(cast, case, cast.petra, cast.paul, cast.pia, alternates=[cast.otto])
    seat = panels.declare_conflict(case, by=cast.pia, reason="We wrote a book.")
    with pytest.raises(Forbidden, match="Alternates"):
        panels.vote(case, by=cast.otto, vote="yes")

    panels.rule_on_conflict(case, seat, by=cast.petra, recuse=True, reason="Yes.")

    assert panels.vote(case, by=cast.otto, vote="yes")


def test_with_fewer_than_three_voters_the_ballot_waits_for_a_new_panel(cast):
    case = story.in_review(cast)
    seat = panels.declare_conflict(case, by=cast.pia, reason="We wrote a book.")
    panels.rule_on_conflict(case, seat, by=cast.petra, recuse=True, reason="Yes.")
    for person in (cast.petra, cast.paul):
        panels.vote(case, by=person, vote="yes")
    with pytest.raises(Conflict, match="new panel"):
        panels.close_ballot(case, by=cast.petra)

    assign(cast, case, cast.petra, cast.paul, cast.otto, note="Otto stands in.")

    assert case.panels.filter(dissolved_at=None).count() == 1
    assert case.panels.count() == 2


def test_a_conflict_found_after_the_vote_voids_the_ballot_and_the_panel_votes_again(cast):
    case = story.frozen(cast)
    assign(cast, case, cast.petra, cast.paul, cast.pia, alternates=[cast.otto])
    for person in (cast.petra, cast.paul, cast.pia):
        panels.vote(case, by=person, vote="yes")
    panels.close_ballot(case, by=cast.petra)
    panels.recommend(case, by=cast.petra, text="Yes.", reasons=story.reasons(case))
    seat = panels.standing_panel(case).seats.get(person=cast.pia)

    panels.rule_on_conflict(case, seat, by=cast.petra, recuse=True, reason="Undisclosed.")
    case = story.fresh(case)

    # Two of three still say yes: margin two, quorum two. The result stands.
    assert case.state == "recommended"

    second = panels.standing_panel(case).seats.get(person=cast.paul)
    panels.rule_on_conflict(case, second, by=cast.petra, recuse=True, reason="Found too.")
    case = story.fresh(case)

    assert case.state == "in_review"
    assert case.recommendations.filter(void_at=None).count() == 0
    assert panels.standing_panel(case).closed_at is None


def test_no_recommendation_goes_past_a_conflict_that_nobody_has_ruled_on(cast):
    case = story.voted(cast)
    seat = panels.declare_conflict(case, by=cast.pia, reason="I forgot: we were married.")
    with pytest.raises(Conflict, match="ruled on first"):
        panels.recommend(case, by=cast.petra, text="Yes.", reasons=story.reasons(case))
    shown = Case(story.fresh(case), context={"person": cast.petra}).data["actions"]
    assert next(one for one in shown if one["name"] == "recommend")["reason"] == UNRULED

    panels.rule_on_conflict(case, seat, by=cast.petra, recuse=False, reason="Long ago.")

    assert panels.recommend(case, by=cast.petra, text="Yes.", reasons=story.reasons(case))


def test_the_chair_does_not_rule_on_their_own_conflict(cast):
    case = story.in_review(cast)
    seat = panels.declare_conflict(case, by=cast.petra, reason="We are cousins.")
    with pytest.raises(Invalid, match="your own conflict"):
        panels.rule_on_conflict(case, seat, by=cast.petra, recuse=False, reason="No.")

    panels.rule_on_conflict(case, seat, by=cast.hana, recuse=True, reason="Cousins.")

    seats = story.fresh(case).standing_panels[0].seats
    assert seats.get(person=cast.petra).recused_at
    assert seats.get(chair=True).person == cast.paul  # the next voter


def test_a_case_sent_back_and_submitted_again_keeps_the_feedback_it_has(cast):
    case = story.gathering_stage(cast)
    cases.send_back(case, by=cast.hana, reason="One more thing.")
    cases.submit(case, by=cast.maya, off_cycle_reason="Still now.")

    gathering.gather(case, by=cast.hana, requests=[])

    assert case.feedback.count() == 2


def test_a_word_given_before_a_case_came_back_is_marked_in_case_and_packet(cast):
    case = story.gathering_stage(cast)
    cases.send_back(case, by=cast.hana, reason="One more thing.")
    cases.submit(case, by=cast.maya, off_cycle_reason="Still now.")
    gathering.gather(case, by=cast.hana, requests=[])
    gathering.sponsor(case, by=cast.hana, person=cast.petra, text="Yes, too.")
    read = Case(story.fresh(case), context={"person": cast.sam}).data

    gathering.freeze(case, by=cast.hana, note="Enough is known.")

    marks = [one["before_resubmission"] for one in read["endorsements"]]
    kept = story.fresh(case).packet.content["endorsements"]
    assert marks == [one["before_resubmission"] for one in kept] == [True, False]
