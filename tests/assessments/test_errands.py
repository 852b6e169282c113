"""Moves, pulses and delegations are reminded as cases are, and nobody hears of what is private."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from assessments import duties, errands, reminders
from assessments.actions import pulses, track_moves, track_trials
from assessments.models import Notification, PulseAnswer, Reminder, TrackMove
from assessments.pulses import QUESTIONS
from assessments.serializers.duty import errands_need_me
from assessments.serializers.track_move_words import audience
from people.actions import delegations, people
from people.models import Person
from people.refusals import Forbidden
from tests.assessments import move_story
from tests.assessments.move_story import DAY, WEEK, reminded, today, told
from tests.cast import draft

pytestmark = pytest.mark.django_db


def on_trial(cast, **plan):
    """Carl is on trial; he and Sam have a checkpoint before them."""
    days = [today() + DAY, today() + 5 * WEEK]
    return move_story.in_trial(cast, checkpoints=days, ends_on=today() + 13 * WEEK, **plan)


def heard(task, on=None):
    """Name → the steps at which somebody hears of a task."""
    names = dict(Person.objects.values_list("pk", "name"))
    found = {}
    for person, name, step, due_on in told("person_id", "task", "step", "due_on"):
        if name == task and on in (None, due_on):
            found.setdefault(names[person], []).append(step)
    return found


def texts(person):
    rows = Notification.objects.visible_to(person).order_by("text")
    return [text.partition(": due")[0] for text in rows.values_list("text", flat=True)]


def offered(cast, first=5):
    return delegations.offer(
        cast.maya,
        cast.otto,
        by=cast.maya,
        kinds=["submit"],
        first_on=today() + first * DAY,
        last_on=today() + 20 * DAY,
    )


def test_a_checkpoint_is_told_to_both_from_three_days_before_and_climbs(cast):
    on_trial(cast)

    assert heard("check_in", today() + DAY) == {
        "Carl Candidate": [-3, -1, 0, 1, 3, 5, 7],
        "Sam Skip": [-3, -1, 0, 1, 3, 5, 7],
        "Maya Manager": [3],
        "Vera Top": [3],
        "Hana HR": [7],
        "Henry HR": [7],
    }


def test_whoever_may_not_see_the_move_is_dropped_as_it_goes_out(cast):
    on_trial(cast)

    tasks = {"check_in", "decide_trial"}
    sent = {(name, task) for name, task in reminded() if task in tasks}

    told_of = {name for name, task in sent if task == "check_in"}
    assert told_of == {"Carl Candidate", "Sam Skip", "Maya Manager", "Hana HR", "Henry HR"}
    assert set(Reminder.objects.filter(person=cast.vera).values_list("state", flat=True)) == {
        "dropped"
    }
    assert "Write how your trial is going" in texts(cast.carl)
    assert "Write how Carl Candidate’s trial is going" in texts(cast.sam)
    assert [text for text in texts(cast.maya) if "checkpoint" in text]
    assert not [message for message in mail.outbox if "vera@example.com" in message.to]
    assert "quokka" not in "".join(message.body for message in mail.outbox)


def test_the_end_of_a_trial_is_told_to_whoever_decides_it_and_then_to_who_confirms(cast):
    move = on_trial(cast)
    assert set(heard("decide_trial")) >= {"Carl Candidate", "Sam Skip", "Hana HR"}
    track_trials.stay(move, by=cast.carl)

    assert heard("decide_trial") == {}
    assert set(heard("confirm_move")) == {"Hana HR", "Henry HR"}


def test_nobody_is_pressed_into_a_move_and_a_welcome_that_waits_climbs(cast):
    move_story.proposed(cast, by=cast.maya, starts_on=today() + 3 * WEEK)

    assert heard("agree") == {"Carl Candidate": [-14, -7, -3, -1, 0, 1, 3, 5, 7]}
    assert set(heard("receive")) == {"Sam Skip", "Vera Top", "Hana HR", "Henry HR"}
    assert reminded() >= {("Carl Candidate", "agree"), ("Sam Skip", "receive")}
    assert texts(cast.carl) == ["Agree to the plan of your move"]
    assert texts(cast.hana) == ["Sam Skip has yet to welcome Carl Candidate’s move"]


@pytest.mark.parametrize("stage", ["exploring", "discussed", "stopped"])
def test_what_is_private_talked_over_or_over_reminds_nobody(cast, stage):
    move_story.STAGES[stage](cast)
    assert told("task") == []


def test_a_pulse_is_told_to_those_who_have_yet_to_answer_and_to_nobody_above(cast):
    row = move_story.asked(cast)
    answer = PulseAnswer.objects.get(person=cast.ulla)
    pulses.answer(answer, by=cast.ulla, answers=dict.fromkeys(QUESTIONS, "meets"))

    assert set(heard("answer_pulse")) == {"Ulf Author", "Ute Author"}
    assert {name for name, task in reminded() if task == "answer_pulse"} == {
        "Ulf Author",
        "Ute Author",
    }
    [line] = Notification.objects.visible_to(cast.ulf)
    assert line.text.startswith("Say without your name how Carl Candidate’s trial is for you: due")
    assert line.path == f"/moves/pulses/{row.pk}/"


def test_a_delegation_is_told_before_it_begins_and_to_hr_when_it_waits(cast):
    row = offered(cast)

    assert heard("stand_in")["Otto Other"] == [-14, -7, -3, -1, 0, 1, 3, 5, 7]
    assert reminded() == {(name, "stand_in") for name in ("Otto Other", "Hana HR", "Henry HR")}
    assert texts(cast.otto) == ["Say whether you do tasks for Maya Manager"]
    delegations.accept(row, by=cast.otto)
    assert told("task") == []


def test_what_a_receiving_manager_leaves_falls_to_who_led_them_and_then_to_hr(cast):
    move = move_story.proposed(cast, by=cast.maya)
    people.leave(cast.sam, by=None, on=today() - DAY)

    assert set(heard("receive")) == {"Vera Top", "Hana HR", "Henry HR"}
    assert ("Vera Top", "receive") in reminded()
    assert [one.task for one in errands.owed_by(cast.vera, today())] == ["receive"]
    with pytest.raises(Forbidden):
        track_moves.receive(move, by=cast.hana)
    people.leave(cast.vera, by=None, on=today() - DAY)

    assert set(heard("receive")) == {"Hana HR", "Henry HR"}
    [one] = errands.owed_by(cast.hana, today())
    assert (one.task, one.as_hr) == ("receive", True)
    text = errands_need_me([one], today())[0]["text"]
    assert text.startswith("Find somebody else to receive Carl Candidate’s move")


def test_whoever_led_a_receiving_manager_who_left_carries_the_move_on(cast):
    move = on_trial(cast)
    assert not TrackMove.objects.visible_to(cast.vera).exists()
    people.leave(cast.sam, by=None, on=today() - DAY)
    day = move.checkpoints.all()[0].on

    track_trials.check_in(move, by=cast.vera, on=day, text="Well.")
    readers = [line["who"] for line in audience(move_story.fresh(move), mine=True)]
    assert "Vera Top" in readers
    assert "Sam Skip" not in readers

    assert TrackMove.objects.visible_to(cast.vera).get() == move
    track_trials.end(move, by=cast.carl)
    assert not TrackMove.objects.visible_to(cast.vera).exists()


def test_planning_is_one_statement_and_writes_nothing_twice(
    cast, time_machine, django_assert_num_queries
):
    on_trial(cast)
    move_story.led(cast)
    pulses.ask(cast.carl.moves.get(), by=cast.carl)
    offered(cast)
    now = datetime.datetime.now(datetime.UTC)
    reminders.plan(now - 30 * DAY)  # learns the time zones
    with django_assert_num_queries(5):  # savepoint, lock, setting, statement, release
        assert reminders.plan(now) > 0
    assert reminders.plan(now) == 0


def test_a_reminder_is_about_one_thing(cast):
    row = offered(cast)
    case = draft(cast)
    words = {"person": cast.otto, "task": "stand_in", "step": 0, "due_on": today()}
    when = {"send_on": today(), "send_at": datetime.datetime.now(datetime.UTC)}
    for about in ({}, {"delegation": row, "case": case}):
        with pytest.raises(IntegrityError, match="about one thing"), transaction.atomic():
            Reminder.objects.create(**words, **when, **about, time_zone="UTC")
    Reminder.objects.create(**words, **when, delegation=row, time_zone="UTC")
    with pytest.raises(IntegrityError, match="one reminder"), transaction.atomic():
        Reminder.objects.create(**words, **when, delegation=row, time_zone="UTC")
    assert duties.owed_by(cast.otto) == []
