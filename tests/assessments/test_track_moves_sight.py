"""Who sees a move between the tracks: each of its states against every role, through every door."""

from __future__ import annotations

import datetime
import json

import pytest
from django.test import Client

from assessments import notifications
from assessments.actions import track_trials
from assessments.models import Notification
from people.models import Event
from tests.assessments import move_story
from tests.assessments.move_story import DAY, WEEK, today

PEOPLE = {
    "person": "carl",
    "manager": "maya",
    "receiving": "sam",
    "mentor": "petra",
    "hr": "hana",
    "partner": "noor",
    "report": "fred",
    "admin": "ada",
    "analyst": "anna",
    "stranger": "otto",
}
# R read · – does not exist
TABLE = """
            person manager receiving mentor hr partner report admin analyst stranger
exploring   R      –       –         –      –  –       –      –     –       –
discussed   R      R       –         –      –  –       –      –     –       –
proposed    R      R       R         –      R  –       –      –     –       –
approved    R      R       R         R      R  –       –      –     –       –
in_trial    R      R       R         R      R  –       –      –     –       –
extended    R      R       R         R      R  –       –      –     –       –
confirmed   R      R       R         –      R  –       –      –     –       –
returned    R      R       R         –      R  –       –      –     –       –
stopped     R      R       R         –      R  –       –      –     –       –
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()[1:]}
WORDS_OF_CHECKPOINTS = "R – R R R – – – – –".split()
BY_PAGE_TOO = {"exploring", "in_trial", "returned"}
ELSEWHERE = [
    "/",
    "/inbox/",
    "/team/",
    "/people/{carl}/",
    "/people/{carl}/track/",
    "/api/v1/search/?q=Carl",
    "/api/v1/people/{carl}/track/",
]


def visitors(cast):
    for role, who in PEOPLE.items():
        client = Client()
        client.force_login(getattr(cast, who))
        yield role, client


def text(client, address):
    response = client.get(address)
    if response["Content-Type"].startswith("application/json"):
        return json.dumps(response.json(), ensure_ascii=False)
    return b"".join(response).decode() if response.status_code == 200 else ""


@pytest.mark.django_db
@pytest.mark.parametrize("state", ROWS)
def test_a_move_exists_for_those_of_the_table_and_for_nobody_else(cast, state):
    move = move_story.STAGES[state](cast)
    notifications.deliver()
    reminded = {name for name, _ in move_story.reminded()}
    for (role, client), cell in zip(visitors(cast), ROWS[state], strict=True):
        seen = cell == "R"
        assert seen or getattr(cast, PEOPLE[role]).name not in reminded, (role, "reminder")
        assert seen or f"/moves/{move.pk}/" not in text(client, "/api/v1/notifications/"), role
        for door in ["/api/v1", *([""] if state in BY_PAGE_TOO else [])]:
            found = text(client, f"{door}/moves/{move.pk}/")
            assert ("quokka-note" in found) == seen, (role, door)
            assert (f"/moves/{move.pk}/" in text(client, f"{door}/moves/")) == seen, (role, door)
        if role != "person":
            answer = client.post(f"/api/v1/moves/{move.pk}/sharing/")
            assert answer.status_code == (403 if seen else 404), role


@pytest.mark.django_db
def test_no_other_door_tells_what_is_explored_or_how_a_trial_ended(cast):
    move_story.returned(cast)
    notifications.deliver()
    private = move_story.exploring(cast)
    assert not Event.objects.about(private).exists()
    told = {"person", "manager", "receiving", "hr"}
    for role, client in visitors(cast):
        for address in ELSEWHERE:
            found = text(client, address.format(carl=cast.carl.pk))
            assert "quokka" not in found, (role, address)
            assert f"/moves/{private.pk}/" not in found, (role, address)
            if role not in told:
                assert "trial has ended" not in found, (role, address)
                assert '"return"' not in found, (role, address)
                assert "Back from the trial" not in found, (role, address)


@pytest.mark.django_db
def test_the_words_of_a_checkpoint_are_for_those_who_go_through_it(cast):
    move = move_story.in_trial(cast)
    day = move.checkpoints.all()[0].on
    track_trials.check_in(move, by=cast.carl, on=day, text="quokka-own")
    track_trials.check_in(move, by=cast.sam, on=day, text="quokka-theirs")
    for (role, client), cell in zip(visitors(cast), WORDS_OF_CHECKPOINTS, strict=True):
        for address in (f"/moves/{move.pk}/", f"/api/v1/moves/{move.pk}/"):
            found = text(client, address)
            shown = {word for word in ("quokka-own", "quokka-theirs") if word in found}
            assert len(shown) == (2 if cell == "R" else 0), (role, address)


@pytest.mark.django_db
def test_each_is_told_what_concerns_them_and_only_once_they_may_see_it(cast):
    move = move_story.discussed(cast)
    notifications.deliver()
    assert list(Notification.objects.values_list("person__name", flat=True)) == ["Maya Manager"]
    move_story.track_moves.propose(
        move, by=cast.maya, receiving_manager=cast.sam, mentor=cast.petra, starts_on=today()
    )
    notifications.deliver()

    told = set(Notification.objects.values_list("person__name", flat=True))
    assert told == {"Maya Manager", "Carl Candidate", "Sam Skip"}


def tasks(person):
    client = Client()
    client.force_login(person)
    rows = client.get("/api/v1/me/").json()["tasks"]
    return [(row["task"], row["due_on"]) for row in rows if "/moves/" in row["page_url"]]


@pytest.mark.django_db
def test_home_asks_each_for_their_part(cast):
    start = today()
    move = move_story.proposed(cast, by=cast.maya)
    assert tasks(cast.carl) == [("agree", str(start))]
    assert tasks(cast.sam) == [("receive", str(start))]
    assert tasks(cast.hana) == []
    move_story.track_moves.agree(move, by=cast.carl)
    move_story.track_moves.receive(move, by=cast.sam)
    assert tasks(cast.hana) == [("approve", str(start))]
    assert tasks(cast.carl) == tasks(cast.maya) == []


@pytest.mark.django_db
def test_home_reminds_of_checkpoints_of_the_end_and_of_the_seat_at_home(cast):
    start, end = today() - 8 * WEEK, today() + 10 * DAY
    days = [start + WEEK, today() + 5 * DAY]
    move = move_story.in_trial(cast, starts_on=start, ends_on=end, checkpoints=days)
    expected = [("check_in", str(days[0])), ("decide_trial", str(end))]
    assert tasks(cast.carl) == tasks(cast.sam) == expected
    assert tasks(cast.hana) == expected[1:]

    track_trials.stay(move, by=cast.carl)
    track_trials.confirm(move, by=cast.hana)
    assert tasks(cast.hana) == []
    type(move).objects.filter(pk=move.pk).update(ended_on=today() - 80 * DAY)
    assert tasks(cast.hana) == [("home_seat", str(today() + 10 * DAY))]


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["page", "API"])
def test_a_move_is_lived_through_by_either_door(cast, door):
    address = "" if door == "page" else "/api/v1"

    def press(who, path, **data):
        client = Client()
        client.force_login(who)
        kind = {} if door == "page" else {"content_type": "application/json"}
        return client.post(f"{address}{path}", data, **kind).status_code

    done, made, wrong = (302, 302, 422) if door == "page" else (200, 201, 400)
    level = cast.levels["engineering-manager"].pk
    explore = "/track/weigh/" if door == "page" else "/moves/"
    assert press(cast.carl, explore, to_level=level) == made
    assert press(cast.carl, explore, to_level=level) == 409
    move = cast.carl.moves.get()
    plan = {
        "receiving_manager": cast.sam.name if door == "page" else cast.sam.pk,
        "mentor": cast.petra.name if door == "page" else cast.petra.pk,
        "starts_on": str(today()),
    }
    steps = [
        (cast.maya, "sharing", {}, 404),
        (cast.carl, "sharing", {}, done),
        (cast.carl, "sharing", {}, 409),
        (cast.maya, "proposal", {**plan, "starts_on": "soon"}, wrong),
        (cast.maya, "proposal", {**plan, "ends_on": "2001-01-01"}, wrong),
        (cast.maya, "proposal", plan, done),
        (cast.maya, "agreement", {}, 403),
        (cast.carl, "agreement", {}, done),
        (cast.hana, "approval", {}, 409),
        (cast.sam, "welcome", {}, done),
        (cast.hana, "return", {"reason": " "}, wrong),
        (cast.hana, "approval", {}, done),
    ]
    for who, noun, data, status in steps:
        assert press(who, f"/moves/{move.pk}/{noun}/", **data) == status, (who, noun)
    track_trials.keep_time(today())
    move = move_story.fresh(move)
    later = str(move.ends_on + datetime.timedelta(days=7))
    first = str(move.checkpoints.all()[0].on)
    steps = [
        (cast.carl, "checkpoints", {"on": first, "text": "Well."}, done),
        (cast.maya, "checkpoints", {"on": first, "text": "Well."}, 403),
        (cast.sam, "extension", {"ends_on": later, "reason": "More time."}, done),
        (cast.carl, "staying", {}, done),
        (cast.sam, "confirmation", {}, 403),
        (cast.hana, "confirmation", {}, done),
        (cast.carl, "ending", {}, 409),
    ]
    for who, noun, data, status in steps:
        assert press(who, f"/moves/{move.pk}/{noun}/", **data) == status, (who, noun)
    assert move_story.fresh(move).state == "confirmed"


@pytest.mark.django_db
def test_to_weigh_a_move_shows_both_sides_with_the_evidence_that_is_there(cast):
    client = Client()
    client.force_login(cast.carl)
    payload = client.get("/api/v1/moves/weighing/").json()

    sides = {side["key"]: side for side in payload["sides"]}
    assert set(sides) == {"staff-engineer", "engineering-manager"}
    assert [side["is_move"] for side in sides.values()] == [False, True]
    back = sides["engineering-manager"]["ways_back"]
    assert [level["key"] for level in back] == ["senior-engineer"]
    assert payload["terms"] == {"weeks": 13, "most_weeks": 26, "home_days": 90}
    assert all(len(row["cells"]) == 2 for row in payload["rows"])
