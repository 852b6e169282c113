"""Who opened a case is noted, once a door and day, and told to the candidate and HR alone."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from assessments.models import Access
from people.actions import people
from tests import cast as story

DOORS = {"page": "/cases/{}/accesses/", "API": "/api/v1/cases/{}/accesses/"}
READERS = {"carl": 200, "hana": 200, "henry": 200, "maya": 404, "sam": 404, "petra": 404}
READERS |= {"vera": 404, "noor": 404, "ada": 404, "stella": 404}


@pytest.fixture
def case(cast):
    return story.in_review(cast)


def at(person):
    client = Client()
    client.force_login(person)
    return client


def lines(person, case):
    return at(person).get(DOORS["API"].format(case.pk)).json()["results"]


@pytest.mark.parametrize(
    ("address", "door"),
    [
        ("/cases/{}/", "page"),
        ("/cases/{}/preview/", "preview"),
        ("/cases/{}/panel-view/", "panel"),
        ("/cases/{}/ballot/", "page"),
        ("/api/v1/cases/{}/", "api"),
        ("/api/v1/cases/{}/history/", "api"),
    ],
)
def test_whoever_opens_a_case_is_noted_with_the_door(cast, case, address, door):
    assert at(cast.petra).get(address.format(case.pk)).status_code == 200

    assert [(row.person, row.door) for row in Access.objects.of(case)] == [(cast.petra, door)]


def test_the_editor_is_a_door_too(cast):
    case = story.draft(cast)
    at(cast.maya).get(f"/cases/{case.pk}/edit/")

    assert [row.door for row in Access.objects.of(case)] == ["editor"]


def test_a_door_that_stays_shut_leaves_no_trace(cast, case):
    assert at(cast.stella).get(f"/cases/{case.pk}/").status_code == 404
    assert at(cast.maya).get(f"/cases/{case.pk}/panel-view/").status_code == 403
    assert at(cast.maya).get(f"/cases/{case.pk}/ballot/").status_code == 403

    assert not Access.objects.exists()


def test_opening_it_again_the_same_day_adds_nothing(cast, case):
    for _ in range(3):
        at(cast.maya).get(f"/cases/{case.pk}/")

    assert Access.objects.count() == 1


def test_candidates_leave_no_trace_on_their_own_case(cast, case):
    at(cast.carl).get(f"/cases/{case.pk}/")

    assert lines(cast.carl, case) == []


def test_the_candidate_reads_who_it_was_but_not_who_sits_on_the_panel(cast, case):
    for who in (cast.maya, cast.petra, cast.paul, cast.hana):
        at(who).get(f"/api/v1/cases/{case.pk}/")

    told = {
        (line["relation"], line["person"] and line["person"]["name"])
        for line in lines(cast.carl, case)
    }
    assert told == {
        ("manager", "Maya Manager"),
        ("Human resources", "Hana HR"),
        ("chair of the panel", None),
        ("member of the panel", None),
    }
    page = at(cast.carl).get(DOORS["page"].format(case.pk)).content.decode()
    assert "Petra" not in page
    assert "Paul" not in page
    assert {line["person"]["name"] for line in lines(cast.hana, case)} == {
        "Maya Manager",
        "Petra Panel",
        "Paul Panel",
        "Hana HR",
    }


def test_somebody_of_hr_who_sits_on_the_panel_stays_unnamed(cast):
    cast.petra = people.set_roles(cast.petra, by=None, roles=["hr"])
    case = story.in_review(cast)
    at(cast.petra).get(f"/cases/{case.pk}/")

    assert [line["person"] for line in lines(cast.carl, case)] == [None]


def test_the_trail_of_an_hr_persons_own_case_is_that_of_a_candidate(cast, case):
    cast.carl = people.set_roles(cast.carl, by=None, roles=["hr"])
    at(cast.petra).get(f"/cases/{case.pk}/")

    assert [line["person"] for line in lines(cast.carl, case)] == [None]


@pytest.mark.parametrize("door", DOORS)
def test_for_everybody_else_there_is_no_trail(cast, case, door):
    found = {
        who: at(getattr(cast, who)).get(DOORS[door].format(case.pk)).status_code for who in READERS
    }

    assert found == READERS


def test_the_case_leads_to_its_trail_only_where_there_is_one(cast, case):
    shown = {
        who: at(getattr(cast, who)).get(f"/api/v1/cases/{case.pk}/").json()["accesses_url"]
        for who in ("carl", "hana", "maya")
    }

    assert shown == {
        "carl": DOORS["API"].format(case.pk),
        "hana": DOORS["API"].format(case.pk),
        "maya": None,
    }


def test_a_line_is_neither_changed_nor_taken_out(cast, case):
    at(cast.maya).get(f"/cases/{case.pk}/")
    rows = Access.objects.all()

    for write in (rows.delete, lambda: rows.update(door="api")):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
