"""Everybody reads every ladder: through pages and through the API, with the same content."""

import datetime

import pytest

from ladders.actions import placements
from ladders.models import Level
from tests.ladders.conftest import bring_in

pytestmark = pytest.mark.django_db
SLUG = "software-engineering"


def place(person, key: str) -> None:
    level = Level.objects.get(key=key, version__state="published")
    day = datetime.date(2025, 5, 1)
    placements.place(person, level, by=None, on=day, kind="hire")


def test_a_stranger_reads_nothing(ladder, client):
    client.logout()

    assert client.get("/ladders/").status_code == 302
    assert client.get("/api/v1/ladders/").status_code == 401


def test_the_page_of_all_ladders_shows_what_the_api_answers(ladder, corner, client):
    bring_in(corner)

    page = client.get("/ladders/")
    listed = client.get("/api/v1/ladders/").json()["results"]

    assert [row["slug"] for row in listed] == ["every-corner", SLUG]
    assert [row["levels"] for row in listed] == [5, 9]
    assert [dict(row, published_at=None) for row in page.context["ladders"]] == [
        dict(row, published_at=None) for row in listed
    ]
    assert b"Software Engineering" in page.content


def test_an_empty_house_says_how_to_bring_a_ladder_in(reader, client):
    assert b"There is no ladder yet." in client.get("/ladders/").content


@pytest.mark.parametrize("address", ["/ladders/{}/", "/ladders/{}/versions/1.0.0/"])
def test_the_matrix_page_is_made_of_what_the_api_answers(ladder, client, address):
    page = client.get(address.format(SLUG))
    answer = client.get(f"/api/v1/ladders/{SLUG}/versions/1.0.0/").json()

    said = page.context["version"]
    assert set(said) == set(answer)
    times = {"published_at", "versions"}
    assert {k: said[k] for k in said if k not in times} == {
        k: answer[k] for k in answer if k not in times
    }


def test_staff_and_manager_stand_abreast_grade_by_grade(ladder, client):
    matrix = client.get(f"/ladders/{SLUG}/").context["matrix"]

    assert [column["title"] for column in matrix["columns"]][2:7] == [
        "Senior Engineer",
        "Staff Engineer",
        "Engineering Manager",
        "Senior Staff Engineer",
        "Senior Engineering Manager",
    ]
    assert [(group["label"], group["span"]) for group in matrix["groups"]][2:] == [
        *(("Grade 3", 1), ("Grade 4", 2), ("Grade 5", 2), ("Grade 6", 2))
    ]
    assert "fork" in matrix["columns"][3]["classes"]


def test_the_address_is_the_state_of_the_filters(ladder, client):
    matrix = client.get(f"/ladders/{SLUG}/?track=staff&pillar=people").context["matrix"]

    assert {column["kind"] for column in matrix["columns"]} == {"shared", "staff"}
    assert [pillar["name"] for pillar in matrix["pillars"]] == ["People"]
    assert [option["label"] for option in matrix["tracks"] if option["current"]] == [
        "Shared and staff"
    ]
    assert "pillar=people" in matrix["tracks"][0]["url"], "one choice keeps the other"


def test_a_cell_opens_in_place_with_what_the_other_track_says(ladder, client):
    cell = "?cell=technical-direction:staff-engineer"
    page = client.get(f"/ladders/{SLUG}/{cell}")
    rows = [row for pillar in page.context["matrix"]["pillars"] for row in pillar["rows"]]
    (detail,) = [row["detail"] for row in rows if row["detail"]]

    assert detail["items"][0]["summary"].startswith("Settles the technical approach")
    assert len(detail["items"][0]["statements"]) == 3
    assert detail["across"][0]["title"] == "Engineering Manager"
    assert page.content.count(b'id="open"') == 1
    assert b'aria-current="true"' in page.content


@pytest.mark.parametrize(
    "query",
    ["?cell=nothing:here", "?track=nowhere", "?pillar=none", "?level=%00", "?cell=%3Cscript%3Ex"],
)
def test_an_address_that_names_nothing_is_harmless(ladder, client, query):
    page = client.get(f"/ladders/{SLUG}/{query}")

    assert page.status_code == 200
    assert b"<script>x" not in page.content
    assert b'id="open"' not in page.content


def test_the_column_where_one_stands_says_so(ladder, reader, client):
    place(reader, "senior-engineer")

    page = client.get(f"/ladders/{SLUG}/")
    answer = client.get(f"/api/v1/ladders/{SLUG}/versions/1.0.0/").json()

    assert answer["stands_on"] == "senior-engineer"
    assert b"Grade 3, you are here" in page.content
    shown = [column["title"] for column in page.context["matrix"]["columns"] if column["shown"]]
    assert shown == ["Senior Engineer"], "a phone begins at one's own level"


def test_a_phone_shows_the_level_that_was_picked(ladder, client):
    matrix = client.get(f"/ladders/{SLUG}/?level=principal-engineer").context["matrix"]

    assert [pick["value"] for pick in matrix["picks"] if pick["selected"]] == ["principal-engineer"]
    assert sum("is-shown" in column["classes"] for column in matrix["columns"]) == 1


def test_what_is_missing_is_said_in_words(reader, corner, client):
    bring_in(corner)
    matrix = client.get("/ladders/every-corner/").context["matrix"]
    cells = {
        (row["key"], column["key"]): cell["text"] or cell["same"]
        for pillar in matrix["pillars"]
        for row in pillar["rows"]
        for column, cell in zip(matrix["columns"], row["cells"], strict=True)
    }

    assert cells["growing", "m3"] == "Not expected"
    assert cells["growing", "s3"] == "As Senior Engineer"
    assert cells["growing", "l1"] == "Nothing stated"
    assert cells["craft", "l1"] == "First"
    assert cells["mastery", "l1"] == "Answers for own work."
    assert cells["mastery", "l2"] == "As Engineer"
