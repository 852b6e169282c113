"""A pulse during a trial: asked of the reports, answered without names, shown as counts or not."""

from __future__ import annotations

import datetime
import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from assessments import notifications
from assessments.actions import pulses, track_trials
from assessments.models import Notification, Pulse, PulseAnswer
from assessments.pulses import QUESTIONS, TOO_FEW, counts
from assessments.serializers import own_data
from people.actions import lines
from people.models import Event, Person, Role
from people.refusals import Conflict, Forbidden, Invalid
from tests.assessments import move_story
from tests.assessments.move_story import DAY, WEEK, fresh, today
from tests.assessments.test_track_moves_sight import PEOPLE, text, visitors

READS = "R – R – R – – – – –".split()  # in the order of PEOPLE
REPORTS = ("ulla", "ulf", "ute")
CLOSED = 14 * DAY


def said(value="meets", **others):
    return {**dict.fromkeys(QUESTIONS, value), **others}


def answer(cast, who, **others):
    row = PulseAnswer.objects.get(person=getattr(cast, who))
    return pulses.answer(row, by=getattr(cast, who), answers=said(**others))


def at(time_machine, day):
    time_machine.move_to(datetime.datetime.combine(day, datetime.time(9), datetime.UTC))


def shown(client, move):
    return client.get(f"/api/v1/moves/{move.pk}/").json()["pulses"]


def sits(person):
    client = Client()
    client.force_login(person)
    return client


# --- Pure ---------------------------------------------------------------------------------------


def test_counts_are_there_from_three_answers_on():
    found = {
        f"{name}_{value}": number
        for name in QUESTIONS
        for number, value in enumerate("not_yet partly meets beyond cannot_say".split())
    }

    assert counts(found, 2) is None
    assert counts(found, 3) == counts(found, 10)
    told = counts(found, 10)
    assert [one["name"] for one in told] == list(QUESTIONS)
    assert [cell["count"] for cell in told[0]["counts"]] == [0, 1, 2, 3, 4]


# --- Asking -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_those_who_report_today_are_asked_once_in_28_days_and_only_during_a_trial(
    cast, time_machine
):
    start = today()
    move = move_story.in_trial(cast)
    with pytest.raises(Conflict, match="three reports"):
        pulses.ask(move, by=cast.carl)
    move_story.led(cast)
    pulses.ask(move, by=cast.carl)
    assert {row.person.name for row in PulseAnswer.objects.all()} == {
        getattr(cast, who).name for who in REPORTS
    }

    at(time_machine, start + 27 * DAY)
    with pytest.raises(Conflict, match="next pulse"):
        pulses.ask(move, by=cast.sam)
    at(time_machine, start + 28 * DAY)
    pulses.ask(move, by=cast.hana)
    track_trials.end(fresh(move), by=cast.carl)
    at(time_machine, start + 60 * DAY)
    with pytest.raises(Conflict, match="on trial"):
        pulses.ask(move, by=cast.carl)
    assert move.pulses.count() == 2


@pytest.mark.django_db
def test_two_reports_are_too_few_for_answers_without_names(cast):
    move = move_story.in_trial(cast)
    move_story.led(cast)
    lines.change(cast.ute, by=None, on=today(), manager=cast.sam)
    with pytest.raises(Conflict, match="three reports"):
        pulses.ask(move, by=cast.carl)


@pytest.mark.django_db
def test_the_database_keeps_pulses_apart_and_every_row_of_them(cast):
    pulse = move_story.asked(cast)
    for act in (
        lambda: Pulse.objects.create(
            move=pulse.move, asked_by=cast.sam, closes_on=today(), days=(today(), today() + DAY)
        ),
        lambda: PulseAnswer.objects.create(pulse=pulse, person=cast.ulla),
        lambda: PulseAnswer.objects.filter(person=cast.ulla).update(support="meets"),
        lambda: PulseAnswer.objects.filter(person=cast.ulla).update(person=cast.fred),
        lambda: Pulse.objects.update(closes_on=today()),
        lambda: connection.cursor().execute("DELETE FROM assessments_pulseanswer"),
        lambda: connection.cursor().execute("DELETE FROM assessments_pulse"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


# --- Answering ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_answer_is_ones_own_whole_and_changeable_until_the_pulse_closes(cast, time_machine):
    move_story.asked(cast)
    row = answer(cast, "ulla")
    assert answer(cast, "ulla", fairness="beyond").fairness == "beyond"
    with pytest.raises(Forbidden):
        pulses.answer(row, by=cast.ulf, answers=said())
    with pytest.raises(Invalid) as refusal:
        pulses.answer(row, by=cast.ulla, answers={"support": "great", "fairness": "meets"})
    assert set(refusal.value.errors) == {"direction", "support"}

    at(time_machine, today() + CLOSED)
    with pytest.raises(Conflict, match="closed"):
        answer(cast, "ulla")


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["page", "API"])
def test_a_pulse_is_asked_and_answered_by_either_door(cast, door):
    move = move_story.in_trial(cast)
    move_story.led(cast)
    address = "" if door == "page" else "/api/v1"
    done, wrong = (302, 422) if door == "page" else (200, 400)

    def press(who, path, **data):
        kind = {} if door == "page" else {"content_type": "application/json"}
        return sits(getattr(cast, who)).post(f"{address}{path}", data, **kind).status_code

    assert press("maya", f"/moves/{move.pk}/pulse/") == 403
    assert press("ulla", f"/moves/{move.pk}/pulse/") == 404
    assert press("sam", f"/moves/{move.pk}/pulse/") == done
    assert press("sam", f"/moves/{move.pk}/pulse/") == 409
    path = f"/moves/pulses/{move.pulses.get().pk}/"
    assert press("ulla", path, **said(support="great")) == wrong
    assert press("ulla", path, **said()) == done
    assert press("ulla", path, **said("partly")) == done
    assert press("carl", path, **said()) == press("hana", path, **said()) == 404
    assert PulseAnswer.objects.get(person=cast.ulla).support == "partly"


@pytest.mark.django_db
def test_home_and_inbox_ask_until_one_has_answered(cast, time_machine):
    pulse = move_story.asked(cast)
    notifications.deliver()
    path = f"/moves/pulses/{pulse.pk}/"
    told = Notification.objects.filter(path=path).values_list("person__name", flat=True)
    assert set(told) == {getattr(cast, who).name for who in REPORTS}

    def asked(who):
        tasks = sits(getattr(cast, who)).get("/api/v1/me/").json()["tasks"]
        return [task["due_on"] for task in tasks if task["page_url"] == path]

    assert asked("ulla") == asked("ulf") == [str(today() + CLOSED - DAY)]
    assert asked("fred") == asked("carl") == []
    answer(cast, "ulla")
    assert asked("ulla") == []
    at(time_machine, today() + CLOSED)
    assert asked("ulf") == []


# --- Sight --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_counts_are_for_those_of_the_table_and_only_once_it_is_closed(cast, time_machine):
    move = move_story.asked(cast).move
    for who, value in zip(REPORTS, ("meets", "meets", "beyond"), strict=True):
        answer(cast, who, value=value)
    for day, closed in ((today(), False), (today() + CLOSED, True)):
        at(time_machine, day)
        for (role, client), cell in zip(visitors(cast), READS, strict=True):
            found = text(client, f"/api/v1/moves/{move.pk}/")
            payload = json.loads(found).get("pulses") if found else None
            assert (payload is not None) == (cell == "R"), role
            page = text(client, f"/moves/{move.pk}/")
            assert ("What the reports say" in page) == (cell == "R"), role
            assert ("3 answers" in page) == (cell == "R" and closed), role
            if payload is not None:
                (one,) = payload
                numbers = one["questions"] and [
                    cell["count"] for cell in one["questions"][0]["counts"]
                ]
                assert numbers == ([0, 0, 2, 1, 0] if closed else None), role
                assert one["answered"] == (3 if closed else None), role
                assert not any(getattr(cast, who).name in found for who in REPORTS), role


@pytest.mark.django_db
def test_below_three_nothing_is_shown_but_that(cast, time_machine):
    move = move_story.asked(cast).move
    answer(cast, "ulla")
    answer(cast, "ulf")
    at(time_machine, today() + CLOSED)

    (one,) = shown(sits(cast.carl), move)
    assert (one["answered"], one["questions"], one["note"]) == (None, None, TOO_FEW)
    assert TOO_FEW in sits(cast.sam).get(f"/moves/{move.pk}/").content.decode()


@pytest.mark.django_db
def test_hr_reads_of_their_own_move_what_the_person_reads_and_no_more_as_a_report(cast):
    pulse = move_story.asked(cast)
    Person.objects.filter(pk__in=[cast.ulla.pk, cast.carl.pk]).update(roles=[Role.HR])
    answer(cast, "ulf")

    assert sits(cast.carl).get(f"/api/v1/moves/pulses/{pulse.pk}/").status_code == 404
    assert len(shown(sits(cast.carl), pulse.move)) == 1
    own = sits(cast.ulla).get(f"/api/v1/moves/pulses/{pulse.pk}/").json()
    assert own["answered"] is False
    assert {one["answer"] for one in own["questions"]} == {None}


@pytest.mark.django_db
def test_what_one_answered_is_read_by_nobody_else_and_is_no_event(cast):
    pulse = move_story.asked(cast)
    before = Event.objects.count()
    answer(cast, "ulla", value="beyond")
    assert Event.objects.count() == before
    address = f"/moves/pulses/{pulse.pk}/"
    for role, client in visitors(cast):
        for door in ("", "/api/v1"):
            assert client.get(door + address).status_code == 404, (role, door)
    assert "ulla" not in PEOPLE.values()
    mine = sits(cast.ulla).get(f"/api/v1{address}").json()
    assert [one["answer"] for one in mine["questions"]] == ["beyond"] * 3
    assert "beyond" in json.dumps(own_file(cast.ulla)["pulses"])
    assert own_file(cast.ulf)["pulses"] == own_file(cast.carl)["pulses"] == []
    assert "beyond" not in json.dumps(own_file(cast.carl)["moves"])


def own_file(person):
    return json.loads(json.dumps(own_data.of(person), default=str))


@pytest.mark.django_db
def test_a_pulse_closes_by_itself_also_when_the_trial_ends(cast, time_machine):
    move = move_story.asked(cast).move
    for who in REPORTS:
        answer(cast, who)
    track_trials.end(fresh(move), by=cast.carl)
    at(time_machine, today() + 3 * WEEK)

    assert shown(sits(cast.sam), move)[0]["answered"] == 3
