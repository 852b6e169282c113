"""A manager changes while a case is open: it goes to the next one, and no word is lost."""

from __future__ import annotations

import datetime
import json

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from assessments import beats, notifications, reminders
from assessments.actions import cases, decisions, gathering, handovers, panels, texts
from assessments.models import Feedback, Handover, Notification, Packet, PromotionCase
from assessments.serializers.me import present
from people.actions import lines, people
from people.models import Event
from people.refusals import Conflict, Forbidden
from tests import cast as story
from tests.assessments.calls import Caller
from tests.assessments.pages import Browser, said

DAY = datetime.timedelta(days=1)
REASON = "The reporting line changed."


def today():
    return timezone.localdate()


def moves_to(cast, manager, on=None):
    """Carl reports to somebody else, from today unless said otherwise."""
    lines.change(cast.carl, by=None, on=on or today(), manager=manager)


def handed(case, cast, manager):
    """The same, and the clock has noticed."""
    moves_to(cast, manager)
    assert handovers.follow_lines() == 1
    return story.fresh(case)


def sees(case, person):
    return PromotionCase.objects.visible_to(person).filter(pk=case.pk).exists()


def read(case, person):
    return Caller(person).get(f"cases/{case.pk}/").json()


# --- Who owns the case ---------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["draft", "submitted", "gathering"])
def test_before_the_freeze_the_new_manager_owns_the_case_with_every_word(cast, stage):
    case = story.STAGES[stage](cast)
    before = read(case, cast.hana)

    case = handed(case, cast, cast.paul)

    assert case.owner == cast.paul
    assert not sees(case, cast.maya)
    after = read(case, cast.paul)
    assert after["statement"] == before["statement"] == "Carl leads the work on payouts."
    assert after["statement_by"]["name"] == "Maya Manager"
    assert [part["text"] for part in after["parts"]] == [part["text"] for part in before["parts"]]
    assert {part["saved_by"]["name"] for part in after["parts"] if part["text"]} == {"Maya Manager"}
    assert after["handovers"][0]["words"]["statement"]["by"]["name"] == "Maya Manager"
    entry = after["history"][0]
    assert (entry["what"], entry["who"]) == ("Case handed over", "the clock")
    assert entry["why"] == f"From Maya Manager to Paul Panel. {REASON}"


def test_the_clock_hands_over_once_and_each_case_has_its_event(cast):
    case = story.draft(cast)
    moves_to(cast, cast.paul)

    assert [handovers.follow_lines(), handovers.follow_lines()] == [1, 0]
    beats.beat()

    assert Event.objects.about(case).filter(verb="case.hand_over").count() == 1
    assert Handover.objects.filter(case=case).count() == 1


def test_a_line_that_changes_later_hands_nothing_over_yet(cast):
    case = story.draft(cast)
    moves_to(cast, cast.paul, on=today() + DAY)

    assert handovers.follow_lines() == 0
    with time_machine.travel(timezone.now() + DAY, tick=False):
        assert handovers.follow_lines() == 1

    assert story.fresh(case).owner == cast.paul


def test_two_changes_in_one_go_lead_to_the_last_manager(cast):
    case = story.draft(cast)
    moves_to(cast, cast.paul)
    case = handed(case, cast, cast.petra)

    assert case.owner == cast.petra
    assert Handover.objects.filter(case=case).count() == 1


def test_there_and_back_leaves_two_handovers_and_one_owner(cast):
    case = handed(story.draft(cast), cast, cast.paul)
    texts.write_statement(case, by=cast.paul, text="I see it too.")

    case = handed(case, cast, cast.maya)

    assert case.owner == cast.maya
    pairs = [(row["former"]["name"], row["successor"]["name"]) for row in _handovers(case, cast)]
    assert pairs == [("Paul Panel", "Maya Manager"), ("Maya Manager", "Paul Panel")]
    assert "write_handover" not in {one["task"] for one in present(cast.maya)["tasks"]}


def _handovers(case, cast):
    return read(case, cast.hana)["handovers"]


def test_the_statement_that_is_rewritten_stays_readable_with_its_writer(cast):
    case = handed(story.draft(cast), cast, cast.paul)

    texts.write_statement(case, by=cast.paul, text="Carl leads, I am told.")

    page = said(Browser(cast.hana).get(f"/cases/{case.pk}/"))
    assert "Carl leads, I am told." in page
    assert "Carl leads the work on payouts." in page
    assert "What stood when Maya Manager handed the case over" in page
    assert read(case, cast.hana)["statement_by"]["name"] == "Paul Panel"


@pytest.mark.parametrize("stage", ["frozen", "in_review", "recommended", "decided"])
def test_after_the_freeze_the_packet_stays_and_only_telling_changes_hands(cast, stage):
    case = story.STAGES[stage](cast)
    packet = Packet.objects.get(case=case)

    case = handed(case, cast, cast.stella)

    now = Packet.objects.get(case=case)
    assert (now.digest, now.content) == (packet.digest, packet.content)
    assert read(case, cast.hana)["packet"]["digest"] == packet.digest
    with pytest.raises(Conflict):
        handovers.ask(case, by=cast.stella)
    if stage == "decided":
        assert [one["task"] for one in present(cast.stella)["tasks"]] == ["communicate"]
        with pytest.raises(Forbidden):
            decisions.communicate(case, by=cast.maya, letter="Well done.")
        decisions.communicate(case, by=cast.stella, letter="Well done.")


def test_a_case_that_is_told_stays_with_who_told_it(cast):
    case = story.told(cast, today() + 30 * DAY)
    moves_to(cast, cast.paul)

    assert handovers.follow_lines() == 0
    assert story.fresh(case).owner == cast.maya


# --- By hand, through both doors -----------------------------------------------------------------


@pytest.mark.parametrize("who", ["maya", "paul", "hana"])
def test_who_owns_it_who_leads_now_and_hr_hand_over_at_once(cast, who):
    case = story.draft(cast)
    moves_to(cast, cast.paul)
    person = getattr(cast, who)
    offered = {one["name"]: one["page_url"] for one in read(case, person)["actions"]}

    page = said(Browser(person).get(offered["hand_over"]))
    assert "Carl Candidate reports to Paul Panel today" in page
    Browser(person).post(offered["hand_over"], reason="Paul begins early.")

    assert story.fresh(case).owner == cast.paul
    why = read(case, cast.paul)["history"][0]["why"]
    assert why == "From Maya Manager to Paul Panel. Paul begins early."


def test_by_api_the_old_manager_gets_nothing_back(cast):
    case = story.draft(cast)
    moves_to(cast, cast.paul)

    assert Caller(cast.vera).post(f"cases/{case.pk}/handover/").status_code == 403
    assert Caller(cast.maya).post(f"cases/{case.pk}/handover/").status_code == 204
    assert Caller(cast.paul).post(f"cases/{case.pk}/handover/").status_code == 409


def test_nothing_is_handed_over_while_the_line_stands_or_nobody_is_there(cast):
    case = story.draft(cast)
    with pytest.raises(Conflict, match="owns the case already"):
        handovers.hand_over(case, by=cast.hana)
    moves_to(cast, None)

    with pytest.raises(Conflict, match="Nobody leads Carl Candidate today"):
        handovers.hand_over(case, by=cast.hana)


# --- The handover statement ----------------------------------------------------------------------


@pytest.fixture
def asked(cast):
    """Paul owns Carl's case and has asked Maya."""
    case = handed(story.draft(cast), cast, cast.paul)
    handovers.ask(case, by=cast.paul, question="What did you see of the outage?")
    return story.fresh(case)


def test_the_new_manager_asks_and_the_old_one_writes_once(cast):
    case = handed(story.draft(cast), cast, cast.paul)
    page = said(Browser(cast.paul).get(f"/cases/{case.pk}/"))
    assert "Maya Manager led this case until" in page
    assert "you own it now" in page
    assert "Ask Maya Manager for a handover statement" in page
    due = today() + 3 * DAY
    Browser(cast.paul).post(
        f"/cases/{case.pk}/handover-request/", question="And the outage?", due_on=due.isoformat()
    )
    [task] = present(cast.maya)["tasks"]
    assert (task["task"], task["due_on"]) == ("write_handover", due)
    assert task["text"] == "Write a handover statement for Carl Candidate’s case"

    maya = Browser(cast.maya)
    shown = said(maya.get(task["page_url"]))
    assert "And the outage?" in shown
    assert "Carl leads the work on payouts." in shown
    assert "What I am proud of." not in shown
    assert "split the ledger" not in shown
    maya.post(task["page_url"], statement="She held the outage together.")

    assert "She held the outage together." in said(maya.get(task["page_url"]))
    maya.post(task["page_url"], 409, statement="Or did she?")
    assert present(cast.maya)["tasks"] == []
    row = read(case, cast.vera)["handovers"][0]
    assert row["statement"] == "She held the outage together."
    assert row["written_at"]


def test_by_api_it_is_the_same(cast):
    case = handed(story.draft(cast), cast, cast.paul)
    paul, maya = Caller(cast.paul), Caller(cast.maya)
    where = f"cases/{case.pk}/handover-statement/"

    assert maya.post(where, {"statement": "Unasked."}).status_code == 409
    assert paul.post(f"cases/{case.pk}/handover-request/", {"question": "?"}).status_code == 200
    assert paul.post(f"cases/{case.pk}/handover-request/").status_code == 409
    assert maya.get(where).json()["allowed"]
    assert maya.post(where, {"statement": " "}).status_code == 400
    answer = maya.post(where, {"statement": "All I know."})
    assert (answer.status_code, answer.json()["statement"]) == (200, "All I know.")
    assert not answer.json()["allowed"]
    for person in (cast.carl, cast.sam, cast.hana, cast.stella):
        assert Caller(person).get(where).status_code == 404
        assert Caller(person).post(where, {"statement": "Mine."}).status_code == 404
    assert maya.get(f"cases/{case.pk}/").status_code == 404


def test_the_candidate_reads_it_once_told_and_knows_nothing_of_it_before(cast, asked):
    handovers.write(asked, by=cast.maya, statement="quokka-handover")
    before = read(asked, cast.carl)
    assert "quokka-handover" not in json.dumps(before)
    assert before["handovers"] is None
    assert before["statement_by"] is None
    assert "andover statement" not in json.dumps([before["history"], before["next_steps"]])
    assert before["history"][0]["what"] == "Case handed over"

    case = story.fresh(_decided_by_vera(asked, cast))
    assert "quokka-handover" not in json.dumps(read(case, cast.carl))
    decisions.communicate(case, by=cast.paul, letter="Not yet.")

    told = read(case, cast.carl)
    assert told["handovers"][0]["statement"] == "quokka-handover"
    assert "quokka-handover" in said(Browser(cast.carl).get(f"/cases/{case.pk}/preview/"))


def _decided_by_vera(case, cast):
    cases.submit(case, by=cast.paul, off_cycle_reason="A seat opened.")
    wanted = [(cast.fred, "subject_named"), (cast.stella, "panel_only")]
    requests = [gathering.Request(*one) for one in wanted]
    gathering.gather(case, by=cast.hana, requests=requests)
    gathering.freeze(case, by=cast.hana, note="They are away.")
    voters = [cast.petra, cast.pia, cast.otto]
    panels.assign(case, by=cast.hana, chair=cast.petra, voters=voters, note="So few.")
    for person in voters:
        panels.vote(case, by=person, vote="not_yet")
    panels.close_ballot(case, by=cast.petra)
    why = story.reasons(case)
    panels.recommend(case, by=cast.petra, text="Not yet.", reasons=why)
    later = today() + 100 * DAY
    decisions.decline(case, by=story.fresh(case).approver, reasons=why, look_again_on=later)
    return case


def test_the_packet_holds_both_statements_with_names_and_dates(cast, asked):
    handovers.write(asked, by=cast.maya, statement="What I saw.")
    texts.write_statement(asked, by=cast.paul, text="What I see.")
    cases.submit(asked, by=cast.paul, off_cycle_reason="A seat opened.")
    wanted = [(cast.fred, "subject_named"), (cast.stella, "panel_only")]
    requests = [gathering.Request(*one) for one in wanted]
    gathering.gather(asked, by=cast.hana, requests=requests)
    gathering.freeze(asked, by=cast.hana, note="Enough.")

    content = Packet.objects.get(case=asked).content
    assert (content["statement"], content["statement_by"]) == ("What I see.", "Paul Panel")
    [row] = content["handovers"]
    assert (row["statement"], row["former"]) == ("What I saw.", "Maya Manager")
    assert row["written_at"]
    assert row["words"]["statement"]["text"] == "Carl leads the work on payouts."
    assert {part["written_by"] for part in content["parts"] if part["text"]} == {"Maya Manager"}
    shown = said(Browser(cast.hana).get(f"/cases/{asked.pk}/preview/"))
    assert "Maya Manager, former manager" in shown
    assert "What I saw." in shown
    with pytest.raises(Conflict, match="This case is frozen"):
        handovers.write(asked, by=cast.maya, statement="Late.")


def test_what_is_asked_of_the_old_manager_ends_with_the_freeze(cast, asked):
    cases.withdraw(asked, by=cast.paul)

    assert present(cast.maya)["tasks"] == []
    page = said(Browser(cast.maya).get(f"/cases/{asked.pk}/handover-statement/"))
    assert "nothing is added to it any more" in page


def test_the_last_manager_is_asked_and_by_today_if_need_be(cast):
    case = handed(handed(story.draft(cast), cast, cast.paul), cast, cast.petra)

    row = handovers.ask(case, by=cast.petra, due_on=today())

    assert (row.former, row.due_on) == (cast.paul, today())


def test_who_has_left_is_not_asked(cast):
    case = handed(story.draft(cast), cast, cast.paul)
    people.leave(cast.maya, by=None, on=today())

    with pytest.raises(Conflict, match="Maya Manager has left"):
        handovers.ask(case, by=cast.paul)


def test_both_managers_and_the_candidate_hear_of_it(cast, asked):
    handovers.write(asked, by=cast.maya, statement="What I saw.")
    notifications.deliver()

    heard = {
        who: list(
            Notification.objects.filter(person=getattr(cast, who))
            .order_by("event")
            .values_list("text", flat=True)
        )
        for who in ("maya", "paul", "carl")
    }
    assert heard["maya"] == [
        "Somebody else owns Carl Candidate’s case now. What you wrote stays, with your name.",
        "Write a handover statement for Carl Candidate’s case.",
    ]
    assert heard["paul"] == [
        "Carl Candidate’s case is yours now. Every word that was written stayed.",
        "There is a handover statement on Carl Candidate’s case.",
    ]
    assert heard["carl"][-1] == "Another manager makes the case for you now; nothing was lost."


# --- Who the new manager is besides --------------------------------------------------------------


def test_a_new_manager_who_would_decide_passes_the_decision_on(cast):
    case = story.submitted(cast)
    assert case.approver == cast.vera

    case = handed(case, cast, cast.vera)

    assert case.owner == cast.vera
    assert case.approver is None  # nobody stands above Vera: HR decides, or names somebody
    assert read(case, cast.hana)["history"][1]["what"] == "Decision passed on to another approver"


def test_an_approver_who_does_not_make_the_case_stays(cast):
    case = story.submitted(cast)
    PromotionCase.objects.filter(pk=case.pk).update(approver=cast.petra)

    assert handed(case, cast, cast.paul).approver == cast.petra


def test_who_has_decided_stays_the_approver_when_they_come_to_lead_the_candidate(cast):
    case = handed(story.STAGES["decided"](cast), cast, cast.vera)

    assert case.approver == case.owner == cast.vera


def test_where_somebody_else_can_decide_it_passes_to_them(cast):
    case = story.submitted(cast)
    PromotionCase.objects.filter(pk=case.pk).update(approver=cast.paul)

    case = handed(case, cast, cast.paul)

    assert (case.owner, case.approver) == (cast.paul, cast.vera)


def test_a_new_manager_on_the_panel_is_recused_and_an_alternate_sits_in(cast):
    case = _panel_with_an_alternate(cast)
    panels.vote(case, by=cast.paul, vote="yes")

    case = handed(case, cast, cast.paul)

    seats = {seat.person: seat for seat in panels.standing_panel(case).seats.all()}
    assert seats[cast.paul].recused_at
    assert not seats[cast.paul].ballots.filter(void_at=None).exists()
    assert not seats[cast.otto].alternate
    with pytest.raises(Forbidden, match="recused"):
        panels.vote(case, by=cast.paul, vote="yes")


def _panel_with_an_alternate(cast):
    case = story.frozen(cast)
    panels.assign(
        case,
        by=cast.hana,
        chair=cast.petra,
        voters=[cast.petra, cast.paul, cast.pia],
        alternates=[cast.otto],
        approver=cast.vera,
        note="So few.",
    )
    return story.fresh(case)


def test_a_new_manager_who_leads_the_panel_leaves_the_chair_to_the_next_voter(cast):
    case = _panel_with_an_alternate(cast)

    case = handed(case, cast, cast.petra)

    [chair] = panels.standing_panel(case).seats.filter(chair=True)
    assert chair.person == cast.paul
    assert chair.recused_at is None


def test_a_result_that_falls_with_the_recusal_is_voted_on_again(cast):
    case = handed(story.recommended(cast), cast, cast.paul)

    assert case.state == "in_review"
    assert not case.recommendations.filter(void_at=None).exists()


def test_a_new_manager_who_gave_feedback_keeps_their_word_and_is_asked_no_more(cast):
    case = story.gathering_stage(cast)
    given, open_one = case.feedback.get(author=cast.fred), case.feedback.get(author=cast.stella)
    gathering.give(given, by=cast.fred, text="Strong.")

    case = handed(case, cast, cast.fred)
    case = handed(case, cast, cast.stella)

    given.refresh_from_db()
    open_one.refresh_from_db()
    assert given.state == Feedback.State.SUBMITTED
    assert open_one.state == Feedback.State.DECLINED
    assert [one["task"] for one in present(cast.stella)["tasks"]] == []


def test_a_skip_level_who_becomes_the_manager_keeps_their_endorsement(cast):
    case = story.gathering_stage(cast)

    case = handed(case, cast, cast.sam)

    assert case.owner == cast.sam
    assert case._skip_level_id == cast.vera.pk
    assert case.endorsements.get().person == cast.sam


def test_a_skip_level_who_becomes_the_manager_before_endorsing_leaves_it_to_the_next(cast):
    case = handed(story.submitted(cast), cast, cast.sam)

    assert "endorse" in [one["task"] for one in present(cast.vera)["tasks"]]
    with pytest.raises(Forbidden):
        gathering.endorse(case, by=cast.sam, endorses=True, text="Mine.")


def test_a_manager_who_leaves_is_followed_by_the_skip_level_and_then_by_the_new_one(cast):
    case = story.draft(cast)
    people.leave(cast.maya, by=None, on=today())
    assert handovers.follow_lines() == 0
    assert [one["task"] for one in present(cast.sam)["tasks"]] == ["submit"]

    case = handed(case, cast, cast.paul)

    assert case.owner == cast.paul
    assert [one["task"] for one in present(cast.sam)["tasks"]] == []


def test_a_new_manager_who_has_left_takes_nothing_over(cast):
    case = story.draft(cast)
    moves_to(cast, cast.paul)
    people.leave(cast.paul, by=None, on=today())

    assert handovers.follow_lines() == 0
    assert story.fresh(case).owner == cast.maya


def test_without_any_manager_it_falls_to_who_stood_above_the_last_one_then_to_hr(cast):
    case = story.draft(cast)
    moves_to(cast, None)
    assert [one["task"] for one in present(cast.maya)["tasks"]] == ["submit"]
    people.leave(cast.maya, by=None, on=today())
    assert [one["task"] for one in present(cast.sam)["tasks"]] == ["submit"]
    assert sees(case, cast.sam)
    texts.write_statement(story.fresh(case), by=cast.sam, text="Seen from above.")

    people.leave(cast.sam, by=None, on=today())

    assert [one["task"] for one in present(cast.hana)["tasks"]] == ["submit"]
    cases.submit(story.fresh(case), by=cast.hana, off_cycle_reason="A seat opened.")


def test_a_last_day_to_come_leaves_the_manager_in_charge(cast):
    case = story.draft(cast)
    people.leave(cast.maya, by=None, on=today() + 10 * DAY)

    with pytest.raises(Forbidden):
        cases.submit(case, by=cast.sam, off_cycle_reason="A seat opened.")
    with time_machine.travel(timezone.now() + 10 * DAY, tick=False):  # no beat has come by
        cases.submit(story.fresh(case), by=cast.sam, off_cycle_reason="A seat opened.")


def test_the_old_manager_is_reminded_of_the_statement_with_a_link_they_can_open(cast, asked):
    due = asked.handovers.get().due_on
    nine = datetime.datetime.combine(due, datetime.time(9), datetime.UTC)
    with time_machine.travel(nine, tick=False):
        reminders.plan()
        reminders.send_due()

    told = [message for message in mail.outbox if message.to == ["maya@example.com"]]
    assert len(told) == 1
    assert "Write a handover statement for Carl Candidate’s case" in told[0].body
    assert f"/cases/{asked.pk}/handover-statement/" in told[0].body


def test_a_case_is_not_handed_to_somebody_who_has_left(cast):
    case = story.draft(cast)
    today = timezone.localdate()
    lines.change(cast.carl, by=None, on=today, manager=cast.otto)
    people.leave(cast.otto, by=None, on=today - datetime.timedelta(days=1))

    with pytest.raises(Conflict):
        handovers.hand_over(case, by=cast.hana, reason="Teams were cut anew.")
    assert handovers.follow_lines() == 0
    assert story.fresh(case).owner == cast.maya
