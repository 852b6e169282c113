"""The list of one's evidence: narrowed, without what was put away, and the way to it."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from assessments.actions import evidence, texts
from assessments.models import Evidence
from tests import cast as story
from tests.assessments.test_evidence import piece_of


def test_the_list_is_cut_by_competency(client, cast):
    piece_of(cast.carl, "A border", ["architecture"])
    piece_of(cast.carl, "A release", ["delivery"])
    client.force_login(cast.carl)
    api = client.get(
        reverse("api-assessments:evidence", args=[cast.carl.pk]), {"competency": "delivery"}
    )
    assert [piece["what"] for piece in api.json()["results"]] == ["A release"]
    page = client.get(reverse("assessments:evidence"), {"competency": "delivery"})
    assert [piece["what"] for piece in page.context["evidence"]] == ["A release"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"tag": " Café "}, ["Newer"]),
        ({"since": "2026-02-01"}, ["Newer"]),
        ({"until": "2026-01-31"}, ["Older"]),
        ({"since": "2026-01-01", "until": "2026-03-01"}, ["Newer", "Older"]),
        ({"put_away": "true"}, ["Away"]),
    ],
)
def test_the_list_is_narrowed_by_tag_and_period_and_hides_what_was_put_away(
    client, cast, asked, found
):
    evidence.change(
        piece_of(cast.carl, "Newer", on=datetime.date(2026, 2, 3)), by=cast.carl, tags=["cafe"]
    )
    piece_of(cast.carl, "Older", on=datetime.date(2026, 1, 3))
    evidence.put_away(piece_of(cast.carl, "Away"), by=cast.carl)
    client.force_login(cast.carl)
    page = client.get(reverse("assessments:evidence"), asked)
    api = client.get(reverse("api-assessments:evidence", args=[cast.carl.pk]), asked)
    assert [piece["what"] for piece in page.context["evidence"]] == found
    assert api.data["results"] == page.context["evidence"]


def test_a_filter_that_is_not_known_or_no_date_is_refused_by_name(client, cast):
    client.force_login(cast.carl)
    address = reverse("api-assessments:evidence", args=[cast.carl.pk])
    for asked in ({"sicne": "2026-01-01"}, {"since": "spring"}):
        assert list(client.get(address, asked).json()["errors"]) == list(asked)
        assert client.get(reverse("assessments:evidence"), asked).status_code == 422


@pytest.mark.parametrize("door", ["assessments", "api-assessments"])
def test_what_is_put_away_can_come_back_and_cases_keep_it(client, cast, door):
    piece = piece_of(cast.carl)
    case = story.cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya)
    texts.attach(case, piece, by=cast.carl)
    client.force_login(cast.carl)
    away, back = (
        reverse(f"{door}:evidence-{noun}", args=[piece.pk]) for noun in ("archive", "return")
    )
    assert client.post(away).status_code in (200, 302)
    assert client.post(away).status_code == 409
    assert not Evidence.objects.kept().exists()
    assert case.attachments.get().evidence == piece
    client.force_login(cast.maya)
    assert client.post(back).status_code == 404
    client.force_login(cast.carl)
    assert client.post(back).status_code in (200, 302)
    assert Evidence.objects.kept().get() == piece


@pytest.mark.parametrize(("who", "offered"), [("carl", True), ("hana", False)])
def test_the_way_to_add_a_piece_stands_on_every_page_of_those_who_can(client, cast, who, offered):
    client.force_login(getattr(cast, who))
    page = client.get(reverse("assessments:home"))
    bar = [item["label"] for item in page.context["frame"]["nav"] if item["bar"]]
    assert ("Add evidence" in bar, "Ladders" in bar) == (offered, not offered)
    form = client.get(reverse("assessments:evidence-new"))
    assert form.context["placed"] is offered
