"""Happy here: somebody wants no talk of promotion, says so, takes it back, and loses nothing."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assessments.actions import cases, evidence, happy_here
from assessments.models import Evidence, HappyHere
from people.models import Event
from people.refusals import Forbidden

SOON = timezone.localdate() + datetime.timedelta(days=90)


def by_page(client, person, day="", *, end=False):
    client.force_login(person)
    name = "assessments:happy-here-end" if end else "assessments:happy-here"
    return client.post(reverse(name), {"look_again_on": day})


def by_api(client, person, day=None, *, end=False):
    client.force_login(person)
    address = reverse("api-assessments:happy-here", args=[person.pk])
    if end:
        return client.delete(address)
    return client.post(address, {"look_again_on": day or None}, content_type="application/json")


@pytest.fixture(params=[by_page, by_api], ids=["page", "api"])
def press(request, client):
    """The same button, by page and by API."""
    return lambda *given, **how: request.param(client, *given, **how)


def track_of(client, reader, person):
    client.force_login(reader)
    return client.get(reverse("api-assessments:track", args=[person.pk]))


def test_it_is_said_said_anew_and_taken_back_and_every_word_is_kept(cast, press):
    assert press(cast.carl).status_code in (200, 302)
    assert press(cast.carl, SOON.isoformat()).status_code in (200, 302)
    assert HappyHere.objects.standing().get().look_again_on == SOON
    assert press(cast.carl, end=True).status_code in (200, 302)
    assert press(cast.carl, end=True).status_code == 409
    assert not HappyHere.objects.standing().exists()
    assert HappyHere.objects.count() == 2
    verbs = Event.objects.filter(subject_kind="happyhere").order_by("pk")
    assert [event.verb for event in verbs] == [
        "happy_here.say",
        "happy_here.say",
        "happy_here.take_back",
    ]


@pytest.mark.parametrize("day", ["2020-01-01", timezone.localdate().isoformat(), "some day"])
def test_the_day_to_look_again_lies_ahead(cast, press, day):
    assert press(cast.carl, day).status_code in (400, 422)
    assert not HappyHere.objects.exists()


def test_nobody_says_it_for_somebody_else(client, cast):
    with pytest.raises(Forbidden):
        happy_here.say(cast.carl, by=cast.maya)
    happy_here.say(cast.carl, by=cast.carl)
    with pytest.raises(Forbidden):
        happy_here.take_back(cast.carl, by=cast.maya)
    assert HappyHere.objects.standing().count() == 1
    client.force_login(cast.maya)
    address = reverse("api-assessments:happy-here", args=[cast.carl.pk])
    assert client.post(address).status_code == 404
    assert client.delete(address).status_code == 404


def test_the_person_manager_skip_level_and_hr_know_and_the_partner_does_not(client, cast):
    happy_here.say(cast.carl, by=cast.carl)
    known = {
        reader: track_of(client, getattr(cast, reader), cast.carl).json()["happy_here"]
        for reader in ("carl", "maya", "sam", "hana", "noor")
    }
    assert {reader for reader, word in known.items() if word and word["said"]} == {
        "carl",
        "maya",
        "sam",
        "hana",
    }
    assert known["noor"] is None


def test_where_nothing_was_said_others_learn_nothing(client, cast):
    assert track_of(client, cast.maya, cast.carl).json()["happy_here"] is None
    assert track_of(client, cast.carl, cast.carl).json()["happy_here"]["said"] is False


def test_suggestions_stop_and_only_the_person_is_reminded_of_the_day(client, cast):
    evidence.add(
        by=cast.carl,
        what="Split it",
        happened_on=datetime.date(2026, 5, 4),
        competencies=["architecture"],
    )
    assert track_of(client, cast.carl, cast.carl).json()["evidence"]["thinnest"]
    today = timezone.localdate()
    HappyHere.objects.create(person=cast.carl, since=today, look_again_on=today)
    own = track_of(client, cast.carl, cast.carl).json()
    assert own["evidence"]["thinnest"] is None
    assert own["happy_here"]["look_again"] is True
    assert track_of(client, cast.maya, cast.carl).json()["happy_here"]["look_again"] is False
    client.force_login(cast.carl)
    page = client.get(reverse("assessments:my-track")).content.decode()
    assert "That day has come" in page
    assert Evidence.objects.exists()


def test_a_manager_reads_a_note_where_a_case_is_opened_and_needs_nothing_more(client, cast):
    happy_here.say(cast.carl, by=cast.carl)
    client.force_login(cast.maya)
    page = client.get(reverse("assessments:case-new"), {"candidate": cast.carl.pk})
    assert "Ask them first" in page.content.decode()
    listed = client.get(reverse("api-assessments:candidates")).json()["results"]
    assert {row["name"]: bool(row["happy_here"]) for row in listed} == {
        "Carl Candidate": True,
        "Fred Peer": False,
    }
    assert cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya)


def test_the_database_keeps_what_was_said(cast):
    word = happy_here.say(cast.carl, by=cast.carl)
    for harm in (word.delete, lambda: HappyHere.objects.update(since=SOON)):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            harm()
