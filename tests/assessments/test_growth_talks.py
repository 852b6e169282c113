"""A manager notes on which day they talked about growth: the two of them and HR see the day."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from assessments.models import GrowthTalk
from people.actions import lines
from tests.assessments.pages import Browser

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(params=["", "/api/v1"], ids=["page", "API"])
def press(request):
    """`press(person, path, **fields)`: the status of one POST, through either door."""

    def post(person, path, **fields):
        client = Browser(person).client
        kind = {"content_type": "application/json"} if request.param else {}
        status = client.post(f"{request.param}{path}", fields, **kind).status_code
        return {201: 302, 200: 302, 400: 422}.get(status, status)

    return post


def test_the_manager_notes_a_talk_and_takes_a_wrong_day_back(cast, press):
    today, path = timezone.localdate(), f"/people/{cast.carl.pk}/growth-talks/"

    assert press(cast.maya, path, held_on=today + 2 * DAY) == 422
    assert press(cast.maya, path, held_on="") == 422
    assert press(cast.maya, path, held_on=today - 9 * DAY) == 302
    assert press(cast.maya, path, held_on=today - 9 * DAY) == 302
    assert press(cast.maya, path, held_on=today) == 302
    assert last_talk(cast) == today
    wrong = GrowthTalk.objects.get(held_on=today)
    undo = f"/growth-talks/{wrong.pk}/withdrawal/"
    assert [press(who, undo) for who in (cast.carl, cast.sam)] == [403, 404]
    assert press(cast.maya, undo) == 302
    assert press(cast.maya, undo) == 409

    assert last_talk(cast) == today - 9 * DAY
    assert GrowthTalk.objects.count() == 2


def last_talk(cast):
    rows = Browser(cast.maya).get("/team/").context["team"]["reports"]["results"]
    return next(row["talked_on"] for row in rows if row["id"] == cast.carl.pk)


def test_only_the_manager_notes_and_only_the_two_and_hr_see(cast, press):
    path = f"/people/{cast.carl.pk}/growth-talks/"
    cells = {"maya": 302, "carl": 403, "hana": 403, "sam": 404, "noor": 404, "ada": 404}
    for who, status in cells.items():
        person = getattr(cast, who)
        assert press(person, path, held_on="2025-05-05") == status
        seen = 404 if status == 404 else 200
        Browser(person).get(path, seen)
        Browser(person).get(f"/api/v1{path}", seen)
    reports = (
        Browser(cast.sam).get(f"/people/{cast.maya.pk}/team/").context["team"]["reports"]["results"]
    )
    assert {row["talked_on"] for row in reports} == {None}

    lines.change(cast.carl, by=None, on=timezone.localdate(), manager=cast.paul)

    Browser(cast.maya).get(path, 404)
    assert [row["held_on"].year for row in Browser(cast.paul).get(path).context["talks"]["results"]]
