"""The inbox: one's own lines, read and unread, by page and by API."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from rest_framework.renderers import JSONRenderer

from assessments import notifications
from assessments.models import Notification
from tests import cast as stages


@pytest.fixture
def line(cast) -> Notification:
    """Sam is asked to endorse."""
    stages.submitted(cast)
    notifications.deliver()
    return Notification.objects.get(person=cast.sam)


def _client(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture(params=["/inbox/{}/reading/", "/api/v1/notifications/{}/reading/"])
def reading(request) -> str:
    """The address of the button, by page and by API."""
    return request.param


def test_a_line_is_read_once_and_stays_read(cast, line, reading):
    client = _client(cast.sam)
    assert client.post(reading.format(line.pk)).status_code in (200, 302)
    line.refresh_from_db()
    first = line.read_at
    assert first is not None
    client.post(reading.format(line.pk))
    line.refresh_from_db()
    assert line.read_at == first


def test_the_line_of_somebody_else_does_not_exist(cast, line, reading):
    for person in (cast.carl, cast.hana, cast.ada, cast.stella):
        assert _client(person).post(reading.format(line.pk)).status_code == 404
    line.refresh_from_db()
    assert line.read_at is None


def test_opening_a_line_marks_it_and_leads_to_its_case(cast, line):
    answer = _client(cast.sam).post(f"/inbox/{line.pk}/reading/", {"open": ""})
    assert answer["Location"] == f"/cases/{line.case_id}/"
    assert not Notification.objects.visible_to(cast.sam).unread().exists()


def test_everything_is_marked_as_read_at_once_and_only_mine(cast, line):
    others = Notification.objects.exclude(person=cast.sam).unread().count()
    answer = _client(cast.sam).post("/inbox/reading/", follow=True)
    assert "1 line marked as read" in answer.content.decode()
    assert not Notification.objects.visible_to(cast.sam).unread().exists()
    assert Notification.objects.unread().count() == others > 0


def test_the_page_is_the_payload_of_the_api(cast, line):
    client = _client(cast.sam)
    page = json.loads(JSONRenderer().render(client.get("/inbox/").context["inbox"]["results"]))
    payload = client.get("/api/v1/notifications/").json()["results"]
    assert page == payload
    assert [row["text"] for row in page] == ["Endorse Carl Candidate’s case, or say why not."]


@pytest.mark.parametrize("address", ["/inbox/", "/api/v1/notifications/"])
def test_what_was_read_can_be_left_out(cast, line, address):
    client = _client(cast.sam)
    assert "Endorse Carl" in client.get(address, {"unread": "true"}).content.decode()
    client.post("/inbox/reading/")
    client.get("/")  # shows the message of what was done
    assert "Endorse Carl" not in client.get(address, {"unread": "true"}).content.decode()
    assert "Endorse Carl" in client.get(address).content.decode()


def test_an_empty_inbox_says_what_would_stand_there(cast):
    assert "Nothing was sent to you yet" in _client(cast.stella).get("/inbox/").content.decode()


def test_more_than_a_page_goes_on_at_the_next(cast):
    Notification.objects.bulk_create(
        Notification(person=cast.sam, text=f"Line {number}", path="/") for number in range(60)
    )
    client = _client(cast.sam)
    first = client.get("/inbox/").context["inbox"]
    second = client.get(first["next"]).context["inbox"]
    texts = [row["text"] for row in (*first["results"], *second["results"])]
    assert sorted(texts) == sorted(f"Line {number}" for number in range(60))
    assert second["next"] is None


def test_a_token_that_may_read_marks_a_line_and_one_that_may_not_does_not(cast, line):
    from tests.assessments.calls import Caller

    path = f"notifications/{line.pk}/reading/"
    assert Caller(cast.sam, "reports:read").post(path).status_code == 403
    assert Caller(cast.sam, "read").post(path).status_code == 200
