"""Review cycles by page and by API: the same buttons, the same answers, the same refusals."""

from __future__ import annotations

import datetime
import json
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.renderers import JSONRenderer

from assessments.models import Cycle
from people.models import Person
from tests.assessments import cycle_story as story


class Answer(NamedTuple):
    """What came back: ok, invalid, conflict, forbidden or nothing; and its words."""

    kind: str
    words: str


PAGE = {200: "ok", 302: "ok", 403: "forbidden", 404: "nothing", 409: "conflict", 422: "invalid"}
API = {200: "ok", 201: "ok", 400: "invalid", 403: "forbidden", 404: "nothing", 409: "conflict"}


class Page:
    """Presses buttons with a browser's forms."""

    def press(self, person: Person, button: str, cycle: Cycle | None, given: Any) -> Answer:
        """Press one."""
        client = Client()
        client.force_login(person)
        at = f"/cycles/{cycle.pk}/" if cycle else "/cycles/"
        paths = {"create": "new/", "announce": "announcement/", "extend": "extension/"}
        paths |= {"change_phases": "dates/", "close": "closure/"}
        if button == "look":
            answer = client.get(at)
        else:
            answer = client.post(f"{at}{paths[button]}", self._fields(given))
        return Answer(PAGE[answer.status_code], answer.content.decode())

    def _fields(self, given: dict[str, Any]) -> dict[str, Any]:
        flat = {name: value for name, value in given.items() if name != "phases"}
        for phase in given.get("phases", []):
            for day in ("opens_on", "due_on", "grace_until"):
                flat[f"{phase['kind']}_{day}"] = phase[day]
        return flat


class Api:
    """Presses buttons with JSON."""

    def press(self, person: Person, button: str, cycle: Cycle | None, given: Any) -> Answer:
        """Press one."""
        client = Client()
        client.force_login(person)
        at = f"/api/v1/cycles/{cycle.pk}/" if cycle else "/api/v1/cycles/"
        paths = {"create": "", "announce": "announcement/", "extend": "extension/"}
        paths |= {"change_phases": "phases/", "close": "closure/"}
        if button == "look":
            answer = client.get(at)
        else:
            send = client.put if button == "change_phases" else client.post
            answer = send(f"{at}{paths[button]}", given, content_type="application/json")
        return Answer(API[answer.status_code], answer.content.decode())


@pytest.fixture(params=[Page, Api], ids=["page", "api"])
def door(request) -> Page | Api:
    """Both ways to knock."""
    return request.param()


@pytest.fixture
def today() -> datetime.date:
    """Today."""
    return timezone.localdate()


def _phases(first: datetime.date) -> list[dict[str, str]]:
    due = [first + datetime.timedelta(days=7 * number) for number in range(5)]
    return [
        {name: str(value) for name, value in dates._asdict().items()}
        for dates in story.phases(first - datetime.timedelta(days=20), *due)
    ]


def _new(first: datetime.date) -> dict[str, Any]:
    days = {"period_start": "2026-01-01", "period_end": "2026-06-30"}
    return {"name": "Autumn 2026", **days, "phases": _phases(first)}


def test_hr_drafts_a_cycle_and_announces_it(door, cast, today):
    assert door.press(cast.hana, "create", None, _new(today)).kind == "ok"
    cycle = Cycle.objects.get()
    assert (cycle.state, cycle.phases.count()) == ("draft", 5)
    assert cycle.period.upper == datetime.date(2026, 7, 1)

    assert door.press(cast.hana, "announce", cycle, {}).kind == "ok"
    cycle.refresh_from_db()
    assert cycle.state == "announced"
    assert cycle.participations.count() == len(cast.everybody())


def test_input_that_makes_no_sense_is_named_and_nothing_is_written(door, cast, today):
    wrong = _new(today)
    wrong["phases"][2]["due_on"] = "2020-01-01"
    answer = door.press(cast.hana, "create", None, wrong)
    assert answer.kind == "invalid"
    assert "panel_review" in answer.words
    assert not Cycle.objects.exists()


def test_a_draft_does_not_exist_for_anybody_but_hr(door, cast, today):
    draft = story.draft(cast, today)
    for person in (cast.maya, cast.carl, cast.ada, cast.noor):
        for button in ("look", "announce", "close", "extend"):
            assert door.press(person, button, draft, {}).kind == "nothing"
    assert door.press(cast.hana, "look", draft, {}).kind == "ok"


def test_everybody_sees_a_running_cycle_and_only_hr_moves_it(door, cast, today):
    running = story.running(cast, today)
    given = {"kind": "nominations", "due_on": str(today), "reason": "Because."}
    for person in (cast.maya, cast.carl, cast.ada, cast.noor):
        assert door.press(person, "look", running, {}).kind == "ok"
        for button in ("announce", "close", "extend"):
            assert door.press(person, button, running, given).kind == "forbidden"
        assert door.press(person, "create", None, _new(today)).kind == "forbidden"


def test_the_wrong_moment_is_a_conflict(door, cast, today):
    running = story.running(cast, today)
    answer = door.press(cast.hana, "announce", running, {})
    assert answer.kind == "conflict"
    assert "This cycle is running" in answer.words
    given = {"phases": _phases(today)}
    assert door.press(cast.hana, "change_phases", running, given).kind == "conflict"


def test_dates_of_a_draft_change(door, cast, today):
    draft = story.draft(cast, today)
    later = today + datetime.timedelta(days=50)
    assert door.press(cast.hana, "change_phases", draft, {"phases": _phases(later)}).kind == "ok"
    assert draft.phases.get(kind="nominations").due_on == later


def test_a_phase_is_extended_with_a_reason_that_everybody_reads(door, cast, today):
    running = story.running(cast, today)
    later = today + datetime.timedelta(days=9)
    given = {"kind": "nominations", "due_on": str(later), "reason": ""}
    assert door.press(cast.hana, "extend", running, given).kind == "invalid"
    given["reason"] = "Two teams moved."
    assert door.press(cast.hana, "extend", running, given).kind == "ok"
    assert running.phases.get(kind="nominations").due_on == later
    assert "Two teams moved." in Page().press(cast.stella, "look", running, {}).words


def test_a_cycle_is_closed(door, cast, today):
    running = story.running(cast, today)
    assert door.press(cast.hana, "close", running, {}).kind == "ok"
    running.refresh_from_db()
    assert running.state == "closed"


def test_the_api_refuses_fields_it_does_not_know(cast, today):
    answer = Api().press(cast.hana, "create", None, {**_new(today), "colour": "red"})
    assert answer.kind == "invalid"
    assert "colour" in answer.words


@pytest.mark.parametrize("who", ["hana", "maya", "stella"])
def test_the_page_of_a_cycle_is_the_payload_of_the_api(cast, today, who):
    running = story.running(cast, today)
    story.cycles.extend(
        running,
        by=cast.hana,
        kind="communication",
        due_on=today + datetime.timedelta(days=90),
        reason="Later.",
    )
    client = Client()
    client.force_login(getattr(cast, who))
    page = client.get(f"/cycles/{running.pk}/").context
    assert _plain(page["cycle"]) == client.get(f"/api/v1/cycles/{running.pk}/").json()
    assert _plain(page["progress"]) == client.get(f"/api/v1/cycles/{running.pk}/progress/").json()


def test_the_page_of_a_draft_is_the_dry_run_of_the_api(cast, today):
    draft = story.draft(cast, today)
    client = Client()
    client.force_login(cast.hana)
    page = client.get(f"/cycles/{draft.pk}/").context
    assert _plain(page["dry_run"]) == client.get(f"/api/v1/cycles/{draft.pk}/dry-run/").json()


def test_a_dry_run_is_for_hr(cast, today):
    running = story.running(cast, today)
    client = Client()
    client.force_login(cast.maya)
    assert client.get(f"/api/v1/cycles/{running.pk}/dry-run/").status_code == 403


def test_announcing_twice_with_one_key_answers_the_same(cast, today):
    draft = story.draft(cast, today)
    client = Client(headers={"Idempotency-Key": "once"})
    client.force_login(cast.hana)
    answers = [
        client.post(f"/api/v1/cycles/{draft.pk}/announcement/", content_type="application/json")
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


def _plain(payload: Any) -> Any:
    return json.loads(JSONRenderer().render(payload))
