"""A ladder that HR opened can be read by everybody; one that is closed is not there for them."""

from __future__ import annotations

import copy

import pytest
from django.test import Client

from ladders.actions import openings
from ladders.models import Ladder, LadderVersion
from people.models import Event, Person, Role
from tests.cast import Cast
from tests.ladders.conftest import bring_in, numbered

pytestmark = pytest.mark.django_db
SLUG = "software-engineering"
PAGES = [
    f"/public/ladders/{SLUG}/",
    f"/public/ladders/{SLUG}/?cell=delivery:staff-engineer",
    f"/public/ladders/{SLUG}/?q=incident",
    f"/public/ladders/{SLUG}/booklet/",
    f"/public/ladders/{SLUG}/levels/staff-engineer/",
    f"/public/ladders/{SLUG}/competencies/delivery/",
    f"/public/ladders/{SLUG}/versions/1.0.0/",
    f"/public/ladders/{SLUG}/versions/1.0.0/booklet/",
    f"/public/ladders/{SLUG}/versions/1.0.0/levels/staff-engineer/",
    f"/public/ladders/{SLUG}/versions/1.0.0/competencies/delivery/",
]


@pytest.fixture(params=["page", "api"])
def turn(request):
    """`turn(person, public)`: the answer to opening or closing, through either door."""

    def press(person: Person, public: bool):
        client = Client()
        client.force_login(person)
        if request.param == "page":
            return client.post(f"/ladders/{SLUG}/{'opening' if public else 'closure'}/")
        address = f"/api/v1/ladders/{SLUG}/"
        return client.patch(address, {"public": public}, content_type="application/json")

    return press


@pytest.fixture
def opened(ladder) -> Ladder:
    """The starter ladder, open to everybody."""
    return openings.open_to_public(ladder.ladder, by=None)


# --- Who may turn it ---------------------------------------------------------------------------
def test_hr_and_publishers_open_and_close_it_and_nobody_else(cast: Cast, turn):
    Person.objects.filter(pk=cast.otto.pk).update(roles=[Role.LADDER_PUBLISHER])
    Person.objects.filter(pk=cast.stella.pk).update(roles=[Role.LADDER_EDITOR])
    may = set()
    for name, person in cast.everybody().items():
        answer = turn(person, True)
        if answer.status_code != 403:
            assert answer.status_code in (200, 302)
            assert turn(person, False).status_code in (200, 302)
            may.add(name)

    assert may == {"hana", "henry", "otto"}


def test_it_is_written_down_and_happens_once(cast: Cast, turn):
    assert turn(cast.hana, True).status_code in (200, 302)
    assert Ladder.objects.get(slug=SLUG).public
    assert turn(cast.hana, True).status_code == 409
    assert turn(cast.hana, False).status_code in (200, 302)
    assert not Ladder.objects.get(slug=SLUG).public

    verbs = Event.objects.filter(verb__startswith="ladder.", actor=cast.hana).order_by("pk")
    assert [event.verb for event in verbs] == ["ladder.open_to_public", "ladder.close_to_public"]


def test_the_api_wants_to_know_which(cast: Cast, client):
    client.force_login(cast.hana)
    for body in ({}, {"public": "perhaps"}, {"public": True, "title": "Mine"}):
        answer = client.patch(f"/api/v1/ladders/{SLUG}/", body, content_type="application/json")
        assert answer.status_code == 400, body


def test_the_switch_is_shown_to_those_who_may_turn_it(cast: Cast, client):
    for person, shown in ((cast.hana, True), (cast.carl, False)):
        client.force_login(person)
        page = client.get(f"/ladders/{SLUG}/").content.decode()
        assert ("Open to the public" in page) == shown


# --- What everybody reads ----------------------------------------------------------------------
@pytest.mark.parametrize("address", PAGES)
def test_an_open_ladder_is_read_without_signing_in(opened, address):
    page = Client().get(address)

    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex"
    assert "staff" in page.content.decode().lower()


@pytest.mark.parametrize("address", PAGES)
def test_a_closed_ladder_is_not_there(ladder, address):
    assert Client().get(address).status_code == 404


def test_closing_really_closes(opened):
    openings.close_to_public(opened, by=None)

    assert Client().get(PAGES[0]).status_code == 404
    assert SLUG not in Client().get("/public/ladders/").content.decode()


def test_only_open_ladders_are_listed(opened, corner):
    bring_in(corner)
    page = Client().get("/public/ladders/").content.decode()

    assert f"/public/ladders/{SLUG}/" in page
    assert "every-corner" not in page


def test_archived_versions_are_there_and_drafts_are_not(opened, starter):
    bring_in(copy.deepcopy(numbered(starter, "2.0.0")))
    address = f"/public/ladders/{SLUG}/versions/{{}}/"
    assert Client().get(address.format("1.0.0")).status_code == 200

    draft = LadderVersion.objects.create(
        ladder=opened, number="3.0.0", title="A draft", state="draft", digest="x"
    )

    assert Client().get(address.format(draft.number)).status_code == 404
    assert "3.0.0" not in Client().get(address.format("1.0.0")).content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_public_page_stays_public(opened, address):
    """No way leads to people, files, comparisons or pages that ask who one is."""
    page = Client().get(address).content.decode()
    ways = [part.split('"')[0] for part in page.split('href="')[1:]]
    own = [way for way in ways if way.startswith("/") and not way.startswith("/static/")]

    assert [way for way in own if way != "/" and not way.startswith("/public/ladders/")] == []
    assert "curl" not in page


def test_nothing_is_said_of_the_reader_even_when_they_are_signed_in(cast: Cast, client):
    openings.open_to_public(Ladder.objects.get(slug=SLUG), by=None)
    client.force_login(cast.carl)
    for address in PAGES[:6]:
        page = client.get(address)
        assert b"you are here" not in page.content.lower(), address
        assert b"you stand" not in page.content.lower(), address


def test_other_doors_stay_closed(opened):
    for address in (f"/ladders/{SLUG}/", f"/ladders/{SLUG}/versions/1.0.0/file.yaml"):
        assert Client().get(address)["Location"].startswith("/account/login/")
    assert Client().get(f"/api/v1/ladders/{SLUG}/").status_code == 401
    assert Client().get(f"/public/ladders/{SLUG}/versions/1.0.0/file.yaml").status_code == 404
    assert Client().post(PAGES[0]).status_code == 405
