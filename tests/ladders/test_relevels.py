"""HR moves many people to other levels at once: looked at first, whole or not at all."""

import datetime

import pytest

from assessments.actions.facts import months_in_level
from ladders import relevelled
from ladders.actions import placements, relevels
from ladders.models import Placement, Relevel
from people.actions import people
from people.models import Event
from people.refusals import Conflict, Forbidden

pytestmark = pytest.mark.django_db
ON = datetime.date(2025, 6, 1)
SENIOR, STAFF = "software-engineering:senior-engineer", "software-engineering:staff-engineer"
ASKED = {"on": "2025-06-01", "levels": [{"from": SENIOR, "to": STAFF}], "reason": "A new ladder."}


@pytest.fixture
def call(client):
    """`call(person, address, **body)`: what the API answers; a GET without a body."""

    def ask(person, address="", **body):
        client.force_login(person)
        address = f"/api/v1/relevels/{address}"
        if not body:
            return client.get(address)
        return client.post(address, body, content_type="application/json")

    return ask


def at(person):
    """(level, kind) on the day after."""
    row = Placement.objects.as_of(ON).for_display().get(person=person)
    return row.level.key, row.kind


def test_a_preview_says_who_moves_and_who_is_left_out_and_why(cast, call):
    trial = {"until": datetime.date(2025, 9, 1), "kind": "trial"}
    placements.place(
        cast.stella, cast.levels["senior-engineer"], by=None, on=datetime.date(2025, 5, 1), **trial
    )
    placements.place(cast.hana, cast.levels["senior-engineer"], by=None, on=ON, kind="hire")

    found = call(cast.hana, "preview/", **ASKED).json()

    assert [move["person"]["name"] for move in found["moves"]] == ["Carl Candidate"]
    assert {row["name"]: row["why"] for row in found["left_out"]} == {
        "Stella Stranger": "Is on trial; the trial ends first.",
        "Hana HR": "Nobody places themselves; somebody else in HR does.",
    }
    assert found["counts"] == [{"from": "Senior Engineer", "to": "Staff Engineer", "people": 1}]
    assert not Relevel.objects.exists()


def test_everybody_moves_with_the_batch_and_their_clocks_go_on(cast, call):
    before = months_in_level(cast.carl, ON)
    seen = call(cast.hana, "preview/", **ASKED).json()["seen"]

    made = call(cast.hana, **ASKED, seen=seen)

    assert (made.status_code, made.json()["people"]) == (201, 2)
    assert at(cast.carl) == at(cast.stella) == ("staff-engineer", "relevel")
    assert months_in_level(cast.carl, ON) == before
    later = call(cast.hana, f"{made.json()['id']}/").json()
    assert {move["person"]["name"] for move in later["moves"]} == {
        "Carl Candidate",
        "Stella Stranger",
    }
    assert [row["id"] for row in call(cast.hana).json()["results"]] == [made.json()["id"]]
    assert Event.objects.get(verb="relevel.make").data["people"] == 2
    assert call(cast.hana, **ASKED).status_code == 409  # nobody is left to move


def test_what_comes_later_stays(cast):
    later = datetime.date(2026, 1, 1)
    principal = cast.levels["principal-engineer"]
    placements.place(cast.carl, principal, by=None, on=later, kind="promotion")

    levels = {cast.levels["senior-engineer"]: cast.levels["staff-engineer"]}
    relevels.relevel(by=cast.hana, on=ON, levels=levels, reason="A new ladder.")

    rows = Placement.objects.known_at().filter(person=cast.carl).order_by("valid")
    assert [row.kind for row in rows] == ["hire", "relevel", "promotion"]
    assert [row.since for row in rows][1:] == [ON, later]


def test_a_batch_tells_of_each_person_once_whatever_happens_to_them_later(cast):
    levels = {cast.levels["senior-engineer"]: cast.levels["staff-engineer"]}
    batch = relevels.relevel(by=cast.hana, on=ON, levels=levels, reason="A new ladder.")
    later = datetime.date(2026, 1, 1)
    principal = cast.levels["principal-engineer"]
    placements.place(cast.carl, principal, by=None, on=later, kind="promotion")
    assert batch.placements.filter(person=cast.carl).count() == 2  # the one that gave way as well

    row, moved = relevelled.find(batch.pk)

    assert (row.people, len(moved)) == (2, 2)
    assert {placement.until for placement in moved} == {None}  # as it was when they were moved


def test_people_can_be_named_one_by_one(cast, call):
    pairs = [{"person": cast.carl.pk, "level": STAFF}, {"person": cast.ada.pk, "level": STAFF}]

    made = call(cast.hana, on="2025-06-01", people=pairs, reason="Two of them.").json()

    assert at(cast.carl) == ("staff-engineer", "relevel")
    assert at(cast.stella) == ("senior-engineer", "hire")
    left_out = call(cast.hana, f"{made['id']}/").json()["left_out"]
    assert [row["why"] for row in left_out] == ["Stands on no level on that day."]


def test_who_is_named_goes_where_they_were_named_to_and_the_others_with_their_level(cast):
    senior, staff = cast.levels["senior-engineer"], cast.levels["staff-engineer"]
    principal = cast.levels["principal-engineer"]
    type(cast.carl).objects.filter(pk=cast.carl.pk).update(left_on=ON)  # works here on that day
    both = {"levels": {senior: staff}, "people": {cast.carl: principal}}

    found = relevels.plan(by=cast.hana, on=ON, **both)
    assert {row.person.name: level for row, level in found.moves} == {
        "Carl Candidate": principal,
        "Stella Stranger": staff,
    }

    placements.place(cast.stella, senior, by=None, on=ON, kind="return")
    again = relevels.plan(by=cast.hana, on=ON, **both)
    assert [why for _, why in again.left_out] == [
        "Another placement begins on that very day; choose another day."
    ]


def test_a_plan_is_made_by_hr_and_for_levels_that_are_published(cast):
    senior, staff = cast.levels["senior-engineer"], cast.levels["staff-engineer"]
    with pytest.raises(Forbidden):
        relevels.plan(by=cast.maya, on=ON, levels={senior: staff})
    stays = relevels.plan(by=cast.hana, on=ON, people={cast.carl: senior})
    assert (stays.moves, stays.left_out) == ([], [(cast.carl, "Stands there already.")])
    for state in ("draft", "in_review", "abandoned"):
        staff.version.state = state
        with pytest.raises(Conflict, match="not published yet"):
            relevels.plan(by=cast.hana, on=ON, levels={senior: staff})


def test_who_left_is_left_out(cast):
    people.leave(cast.carl, by=None, on=datetime.date(2025, 1, 31))
    levels = {cast.levels["senior-engineer"]: cast.levels["staff-engineer"]}

    found = relevels.plan(by=cast.hana, on=ON, levels=levels)

    assert [why for _, why in found.left_out] == ["Left on 31 January 2025."]


def test_nothing_is_done_when_it_changed_since_it_was_looked_at(cast, call):
    seen = call(cast.hana, "preview/", **ASKED).json()["seen"]
    placements.place(cast.carl, cast.levels["engineer"], by=None, on=ON, kind="hire")

    late = call(cast.hana, **ASKED, seen=seen)

    assert (late.status_code, Relevel.objects.count()) == (409, 0)


def test_a_relevel_says_why_and_what(cast, call):
    silent = call(cast.hana, **(ASKED | {"reason": ""}))
    empty = call(cast.hana, on="2025-06-01", reason="Nothing.")
    odd = call(cast.hana, on="2025-06-01", levels=[{"from": "x", "to": STAFF}], reason="x")

    assert [one.status_code for one in (silent, empty, odd)] == [400, 400, 400]


@pytest.mark.parametrize("who", ["maya", "carl", "noor", "ada", "anna", "stella"])
def test_relevels_are_for_hr(cast, call, who):
    person = getattr(cast, who)
    answers = [call(person), call(person, "1/"), call(person, **ASKED)]

    assert [one.status_code for one in answers] == [403] * 3
    assert call(person, "preview/", **ASKED).status_code == 403


def test_the_page_shows_who_moves_before_anybody_does(cast, client):
    client.force_login(cast.hana)
    version = cast.levels["senior-engineer"].version_id
    address = f"/people/relevels/new/?old={version}&new={version}"
    old, new = cast.levels["senior-engineer"], cast.levels["staff-engineer"]
    said = {f"level_{old.pk}": new.pk, "on": "2025-06-01", "reason": "A new ladder."}
    seen = client.post(address, said)
    assert "2 people move; nothing is written yet" in seen.content.decode()
    assert not Relevel.objects.exists()

    again = said | {"seen": seen.context["found"]["seen"], "make": ""}
    assert client.post(address, again).status_code == 302

    batch = Relevel.objects.get()
    assert at(cast.carl) == ("staff-engineer", "relevel")
    shown = client.get(f"/people/relevels/{batch.pk}/").content.decode()
    assert "Carl Candidate" in shown
    assert "A new ladder." in client.get("/people/relevels/").content.decode()
    assert client.post(address, again).status_code == 422  # nobody is left to move


def test_nothing_moves_when_something_changed_since_it_was_seen(cast, client):
    client.force_login(cast.hana)
    version = cast.levels["senior-engineer"].version_id
    old, new = cast.levels["senior-engineer"], cast.levels["staff-engineer"]
    said = {f"level_{old.pk}": new.pk, "on": "2025-06-01", "reason": "Why.", "make": ""}
    answer = client.post(
        f"/people/relevels/new/?old={version}&new={version}", said | {"seen": "1-2-3"}
    )

    assert answer.status_code == 422
    assert "Look at it again" in answer.content.decode()
    assert not Relevel.objects.exists()


@pytest.mark.parametrize("address", ["/people/relevels/", "/people/relevels/new/"])
def test_the_pages_are_for_hr(cast, client, address):
    client.force_login(cast.maya)

    assert client.get(address).status_code == 403
    client.force_login(cast.hana)
    assert client.get(address).status_code in (200, 422)
