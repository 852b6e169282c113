"""Ten threads make the same move: one wins, nine are told that they came too late."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from assessments.actions import cases, decisions, handovers, publications, pulses, track_trials
from assessments.models import PulseAnswer
from assessments.pulses import QUESTIONS
from ladders.actions import drafts, placements, versions
from ladders.models import Placement
from people.actions import lines
from people.models import Event
from people.refusals import Conflict, Forbidden
from tests import cast as story
from tests.assessments import move_story, publishing_story

THREADS = 10
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(call):
    """Run `call(number)` in ten threads that start together; their answers, counted."""
    gate = threading.Barrier(THREADS)

    def run(number):
        try:
            gate.wait()
            return call(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(run, range(THREADS)))


def clients(person):
    """Ten browsers of one person."""
    made = [Client() for _ in range(THREADS)]
    for client in made:
        client.force_login(person)
    return made


@pytest.fixture
def cast():
    return story.assemble()


def test_one_of_ten_submissions_wins(cast, record_property):
    case = story.draft(cast)
    browsers = clients(cast.maya)

    answers = at_once(
        lambda number: (
            browsers[number]
            .post(
                f"/api/v1/cases/{case.pk}/submission/",
                {"off_cycle_reason": "A seat."},
                content_type="application/json",
            )
            .status_code
        )
    )

    record_property("ten submissions at once", dict(answers))
    assert answers == {200: 1, 409: 9}
    assert Event.objects.about(case).filter(verb="case.submit").count() == 1


def test_one_of_ten_submissions_by_page_wins(cast):
    case = story.draft(cast)
    browsers = clients(cast.maya)

    answers = at_once(
        lambda number: (
            browsers[number]
            .post(f"/cases/{case.pk}/submission/", {"off_cycle_reason": "A seat."})
            .status_code
        )
    )

    assert answers == {302: 1, 409: 9}
    assert Event.objects.about(case).filter(verb="case.submit").count() == 1


def test_a_case_is_handed_over_once_and_submitted_once_by_whoever_owns_it_then(cast):
    case = story.draft(cast)
    lines.change(cast.carl, by=None, on=timezone.localdate(), manager=cast.paul)

    def act(number):
        try:
            if number % 2:
                handovers.hand_over(case, by=cast.hana)
            else:
                cases.submit(case, by=cast.maya, off_cycle_reason="A seat.")
        except (Conflict, Forbidden):
            return "too late"
        return "handed over" if number % 2 else "submitted"

    answers = at_once(act)

    assert answers["handed over"] == 1
    assert answers["submitted"] <= 1
    assert story.fresh(case).owner == cast.paul
    assert Event.objects.about(case).filter(verb="case.hand_over").count() == 1
    assert case.handovers.get().words["statement"]["text"] == "Carl leads the work on payouts."


def test_two_approvers_at_once_decide_once(cast):
    case = story.recommended(cast)

    def approve(number):
        try:
            decisions.approve(case, by=cast.vera, effective_on=timezone.localdate())
        except Conflict:
            return "too late"
        return "decided"

    assert at_once(approve) == {"decided": 1, "too late": 9}
    assert Event.objects.about(case).filter(verb="case.approve").count() == 1


def test_a_clock_that_runs_ten_times_places_once(cast):
    case = story.told(cast)

    answers = at_once(lambda number: decisions.make_effective(case).state)

    assert answers == {"effective": 10}
    assert cast.carl.placements.filter(kind="promotion").count() == 1
    assert Event.objects.about(case).filter(verb="case.make_effective").count() == 1


def test_a_trial_begins_once_and_of_ten_endings_at_once_one_wins(cast):
    move = move_story.approved(cast)
    assert at_once(lambda number: track_trials.begin(move).state) == {"in_trial": 10}
    assert cast.carl.placements.filter(kind="trial").count() == 1

    def end(number):
        try:
            track_trials.end(move, by=cast.carl if number % 2 else cast.sam)
        except Conflict:
            return "too late"
        return "ended"

    assert at_once(end) == {"ended": 1, "too late": 9}
    assert Event.objects.about(move).filter(verb="track_move.end").count() == 1


def test_of_ten_who_ask_for_a_pulse_at_once_one_does_and_ten_answers_of_one_person_are_one(cast):
    move = move_story.in_trial(cast)
    move_story.led(cast)

    def ask(number):
        try:
            pulses.ask(move, by=cast.carl if number % 2 else cast.sam)
        except Conflict:
            return "too early"
        return "asked"

    assert at_once(ask) == {"asked": 1, "too early": 9}
    row = PulseAnswer.objects.get(person=cast.ulla)
    said = dict.fromkeys(QUESTIONS, "meets")
    assert at_once(lambda number: pulses.answer(row, by=cast.ulla, answers=said).support) == {
        "meets": 10
    }
    assert move.pulses.counted().get().answered == 1


def test_one_of_ten_cases_for_the_same_person_is_opened(cast):
    def open_case(number):
        try:
            cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya)
        except Conflict:
            return "too late"
        return "opened"

    assert at_once(open_case) == {"opened": 1, "too late": 9}


def test_one_of_ten_publications_wins_and_a_clock_that_ran_ten_times_publishes_once():
    edda, pavel = publishing_story.writer(), publishing_story.publisher()
    version = publishing_story.small_draft(edda)
    versions.review(version, by=edda)
    versions.approve(version, by=pavel)

    def publish(number):
        try:
            publications.publish(version, by=pavel)
        except Conflict:
            return "too late"
        return "published"

    assert at_once(publish) == {"published": 1, "too late": 9}
    assert Event.objects.about(version).filter(verb="version.publish").count() == 1

    first = publishing_story.fresh(version)
    later = drafts.copy_of(first, by=edda)
    drafts.edit(later, "levels", "junior", {"titles": ["Beginner"]}, by=edda)
    versions.review(later, by=edda)
    versions.approve(later, by=pavel)
    publications.publish(later, by=pavel, on=publishing_story.day(2))
    publishing_story.come(later)

    answers = at_once(lambda number: publications.publish_scheduled(later))

    assert answers == {True: 1, False: 9}
    assert Event.objects.about(later).filter(verb="version.publish").count() == 1


def test_one_of_ten_corrections_of_a_placement_wins(cast, record_property):
    wrong = Placement.objects.get(person=cast.carl)
    level = cast.levels["engineer"]

    def correct(number):
        try:
            placements.correct(wrong, by=cast.hana, level=level, reason=f"Reason {number}.")
        except Conflict:
            return "late"
        return "won"

    answers = at_once(correct)

    record_property("ten corrections at once", dict(answers))
    assert answers == {"won": 1, "late": 9}
    assert Placement.objects.known_at().filter(person=cast.carl).count() == 1


def test_one_of_ten_leaves_over_the_same_days_is_recorded(cast):
    browsers = clients(cast.hana)

    def record(number):
        day = f"2026-03-{number + 1:02}"
        fields = {"kind": "sick", "since": day, "back_on": "2026-04-01"}
        return browsers[number].post(f"/people/{cast.carl.pk}/leave/", fields).status_code

    assert at_once(record) == {302: 1, 409: 9}
    assert cast.carl.leaves.count() == 1
