"""Events become lines in the inbox of those they concern, once, and never of anybody else."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from assessments import notifications
from assessments.actions import cases, decisions, gathering, panels
from assessments.models import Feedback, Notification, PromotionCase
from assessments.telling import OPENED
from people import audit
from people.actions import people
from people.models import Event, Person, Role
from tests import cast as stages
from tests.assessments import cycle_story as story


@pytest.fixture(autouse=True)
def nothing_waits(cast) -> None:
    """Begin with an empty outbox."""
    notifications.deliver()
    Notification.objects.all().delete()


def _told() -> dict[str, list[str]]:
    """Deliver; then who was told what, by first name."""
    notifications.deliver()
    rows = Notification.objects.order_by("id").values_list("person__name", "text")
    told: dict[str, list[str]] = {}
    for name, text in rows:
        told.setdefault(name.split()[0].lower(), []).append(text)
    Notification.objects.all().delete()
    return told


def test_every_step_of_a_committee_case_tells_exactly_those_it_concerns(cast):
    case = stages.draft(cast)
    assert _told() == {"carl": [OPENED]}

    cases.submit(case, by=cast.maya, off_cycle_reason="A seat opened.")
    gather = "Ask for feedback on Carl Candidate’s case."
    assert _told() == {
        "hana": [gather],
        "henry": [gather],
        "sam": ["Endorse Carl Candidate’s case, or say why not."],
    }

    asked = [
        gathering.Request(cast.fred, Feedback.Visibility.SUBJECT_NAMED),
        gathering.Request(cast.stella, Feedback.Visibility.PANEL_ONLY),
    ]
    gathering.gather(case, by=cast.hana, requests=asked)
    give = "Give your feedback on Carl Candidate."
    assert _told() == {"fred": [give], "stella": [give]}

    gathering.endorse(case, by=cast.sam, endorses=True, text="Yes.")
    assert _told() == {"maya": ["The skip-level has spoken on Carl Candidate’s case."]}

    for feedback in case.feedback.all():
        gathering.give(feedback, by=feedback.author, text="Strong.")
    gathering.freeze(case, by=cast.hana)
    panel = {"chair": cast.petra, "voters": [cast.petra, cast.paul, cast.pia]}
    panels.assign(case, by=cast.hana, approver=cast.vera, **panel)
    vote = "Cast your ballot on Carl Candidate’s case."
    assert _told() == {"petra": [vote], "paul": [vote], "pia": [vote]}

    for person in panel["voters"]:
        panels.vote(case, by=person, vote="yes", reason="Yes.")
    panels.close_ballot(case, by=cast.petra)
    assert _told() == {}

    panels.recommend(case, by=cast.petra, text="Ready.", reasons=stages.reasons(case))
    assert _told() == {"vera": ["Decide Carl Candidate’s case."]}

    decisions.approve(case, by=cast.vera, effective_on=timezone.localdate())
    assert _told() == {"maya": ["Tell Carl Candidate what was decided."]}

    decisions.communicate(case, by=cast.maya, letter="Congratulations.")
    assert _told() == {"carl": ["What was decided on your case is here to read."]}

    decisions.make_effective(case)
    assert _told() == {
        "carl": ["Your new level is in effect."],
        "maya": ["Carl Candidate’s new level is in effect."],
    }


def test_a_lightweight_case_goes_straight_to_its_approver(cast):
    case = cases.open_case(cast.fred, cast.levels["senior-engineer"], by=cast.maya)
    PromotionCase.objects.filter(pk=case.pk).update(approver=cast.sam)
    audit.record("case.submit", case, by=cast.maya)
    PromotionCase.objects.filter(pk=case.pk).update(state="submitted")
    assert _told()["sam"] == ["Decide Fred Peer’s case."]


def test_where_whoever_owes_a_task_has_left_hr_hears_of_it(cast):
    case = stages.voted(cast)
    _told()
    people.leave(cast.vera, by=None, on=timezone.localdate())
    panels.recommend(case, by=cast.petra, text="Ready.", reasons=stages.reasons(case))

    assert _told() == {who: ["Decide Carl Candidate’s case."] for who in ("hana", "henry")}


def test_what_came_back_and_what_was_withdrawn_is_told_to_the_manager(cast):
    case = stages.submitted(cast)
    _told()
    cases.send_back(case, by=cast.sam, reason="More of it.")
    assert _told() == {"maya": ["Carl Candidate’s case came back to you, with a reason."]}
    cases.withdraw(case, by=cast.carl)
    assert _told() == {"maya": ["Carl Candidate’s case was withdrawn."]}


def test_a_reason_is_never_part_of_a_line(cast):
    case = stages.submitted(cast)
    cases.send_back(case, by=cast.sam, reason="The numbers of the ledger are missing.")
    assert "ledger" not in " ".join(text for texts in _told().values() for text in texts)


def test_the_case_of_an_hr_person_is_not_told_to_them(cast):
    Person.objects.filter(pk=cast.carl.pk).update(roles=[Role.HR])
    cast.carl.refresh_from_db()
    stages.submitted(cast)
    told = _told()
    assert set(told) == {"carl", "hana", "henry", "sam"}
    assert told["carl"] == [OPENED]


def test_whoever_may_not_see_the_case_by_now_is_not_told(cast):
    case = stages.in_review(cast)
    _told()
    audit.record("case.reopen_ballot", case, by=cast.petra)
    seat = case.standing_panels[0].seats.get(person=cast.pia)
    seat.recused_at, seat.recused_because = timezone.now(), "Works with Carl."
    seat.save()
    assert set(_told()) == {"paul"}  # Petra did it herself, Pia is recused


def test_a_task_that_was_done_meanwhile_is_not_told_any_more(cast):
    case = stages.submitted(cast)
    cases.withdraw(case, by=cast.carl)
    assert set(_told()) == {"carl", "maya"}


def test_delivering_again_tells_nobody_twice(cast):
    stages.submitted(cast)
    assert notifications.deliver() > 0
    lines = Notification.objects.count()
    assert notifications.deliver() == 0
    Event.objects.update(handled_at=None)
    notifications.deliver()
    assert Notification.objects.count() == lines


def test_an_event_that_keeps_failing_is_set_aside_and_blocks_nobody(cast):
    case = stages.draft(cast)
    poison = Event.objects.create(
        verb="case.submit", subject_kind="promotioncase", subject_id=0, actor=cast.maya
    )
    cases.submit(case, by=cast.maya, off_cycle_reason="A seat opened.")

    assert "sam" in _told()
    for _ in range(10):
        notifications.deliver()

    poison.refresh_from_db()
    assert (poison.handled_at, poison.attempts) == (None, notifications.TRIES)
    assert poison.set_aside_at is not None
    assert not Event.objects.unhandled().exists()


def test_managers_hear_of_a_cycle_in_one_statement(cast, django_assert_max_num_queries):
    due = timezone.localdate() + datetime.timedelta(days=20)
    cycle = story.running(cast, due)
    with django_assert_max_num_queries(16):
        told = _told()
    managers = {"vera", "sam", "maya", "paul", "hana"}
    assert set(told) == managers
    assert told["maya"][0].startswith("Autumn 2026 has begun: nominations are due by ")
    story.cycles.extend(
        cycle, by=cast.hana, kind="nominations", due_on=due + datetime.timedelta(7), reason="Fair."
    )
    told = _told()
    assert set(told) == managers
    assert told["sam"][0].startswith("Autumn 2026: the new due date for nominations is ")


@pytest.mark.django_db(transaction=True)
def test_ten_deliveries_at_once_tell_everybody_once(cast):
    stages.submitted(cast)

    def deliver(_: int) -> int:
        try:
            return notifications.deliver()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        handled = sum(pool.map(deliver, range(10)))

    told = Event.objects.filter(verb__in=["case.open", "case.submit"]).count()
    assert handled == told == 2
    names = Notification.objects.values_list("person__name", flat=True)
    assert sorted(names) == ["Carl Candidate", "Hana HR", "Henry HR", "Sam Skip"]
