"""Everybody reads every ladder: through pages and through the API, with the same content."""

import datetime

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ladders.actions import imports, placements
from ladders.models import LadderVersion, Level
from tests.ladders.conftest import bring_in, numbered

pytestmark = pytest.mark.django_db
SLUG = "software-engineering"


@pytest.fixture
def ladder(starter, reader):
    """The starter ladder, and somebody to read it."""
    return bring_in(starter)


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


def test_one_level_is_one_readable_page(ladder, client):
    page = client.get(f"/ladders/{SLUG}/levels/staff-engineer/")
    text = page.content.decode()

    assert "Several teams and the systems they share" in text
    assert "30 to 54 months" in text
    assert "This is a fine place to stay." in text
    assert "Tech lead" in text
    assert text.count("It is not") >= 8
    ways = [(way["how"], way["level"]["title"]) for way in page.context["page"]["ways"]]
    assert ways == [
        ("Branches off from", "Senior Engineer"),
        ("Equal height", "Engineering Manager"),
        ("Next on this track", "Senior Staff Engineer"),
    ]


def test_the_way_back_from_management_is_shown_at_both_ends(ladder, client):
    manager = client.get(f"/ladders/{SLUG}/levels/engineering-manager/").context["page"]
    senior = client.get(f"/ladders/{SLUG}/levels/senior-engineer/").context["page"]

    assert ("The way back", "Senior Engineer") in [
        (way["how"], way["level"]["title"]) for way in manager["ways"]
    ]
    assert ("Back to here from", "Engineering Manager") in [
        (way["how"], way["level"]["title"]) for way in senior["ways"]
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/ladders/nothing/",
        "/ladders/software-engineering/versions/9.9.9/",
        "/ladders/software-engineering/levels/nobody/",
        "/ladders/software-engineering/versions/1.0.0/file.exe",
        "/api/v1/ladders/nothing/",
        "/api/v1/ladders/nothing/versions/",
        "/api/v1/ladders/software-engineering/versions/9.9.9/",
    ],
)
def test_what_is_not_there_is_not_found(ladder, client, address):
    assert client.get(address).status_code == 404


def test_an_archived_version_stays_readable_and_points_to_the_new_one(ladder, starter, client):
    changed = numbered(starter, "2.0.0", title="Software Engineering, renewed")
    changed["expectations"] = [dict(row) for row in starter["expectations"]]
    changed["expectations"][0]["summary"] = "Something new."
    bring_in(changed)

    old = client.get(f"/ladders/{SLUG}/versions/1.0.0/")
    new = client.get(f"/ladders/{SLUG}/")

    assert b"You are reading an archived version." in old.content
    assert b"Something new." not in old.content
    assert b"Something new." in new.content
    level = f"/ladders/{SLUG}/versions/1.0.0/levels/associate-engineer/"
    assert level in old.content.decode(), "links stay inside the version"
    assert b"Something new." not in client.get(level).content
    listed = client.get(f"/api/v1/ladders/{SLUG}/versions/").json()["results"]
    assert [(row["number"], row["state"]) for row in listed] == [
        ("2.0.0", "published"),
        ("1.0.0", "superseded"),
    ]


def test_a_draft_is_nowhere_to_be_seen(ladder, client):
    LadderVersion.objects.update(state="draft")

    for address in (f"/ladders/{SLUG}/", f"/api/v1/ladders/{SLUG}/versions/1.0.0/"):
        assert client.get(address).status_code == 404
    assert client.get("/api/v1/ladders/").json()["results"] == []


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_the_page_hands_out_the_file(ladder, starter, client, form):
    url = reverse("ladders:file", args=[SLUG, "1.0.0", form])
    assert url in client.get(f"/ladders/{SLUG}/").content.decode()

    answer = client.get(url)

    assert f'filename="{SLUG}-1.0.0.ladder.{form}"' in answer["Content-Disposition"]
    assert yaml.safe_load(answer.content) == starter


def test_markdown_in_statements_is_formatted_and_scripts_are_harmless(reader, corner, client):
    corner["expectations"][2]["statements"][0]["text"] = "Is **bold**. <script>alert(1)</script>"
    corner["expectations"][2]["summary"] = "<script>alert(2)</script>"
    bring_in(corner)

    text = client.get("/ladders/every-corner/levels/l1/").content.decode()

    assert "<strong>bold</strong>" in text
    assert "<script>alert" not in text


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
    assert cells["mastery", "l2"].startswith("Answers **for**")


def test_a_level_whose_id_is_a_path_has_a_page(reader, corner, client):
    corner["levels"].append({"id": "a/b.json#c d.0", "track": "research"})
    bring_in(corner)
    page = client.get("/ladders/every-corner/")
    levels = page.context["version"]["levels"]

    assert client.get(levels[-1]["page_url"]).status_code == 200


# --- Cost --------------------------------------------------------------------------------------


def large(levels: int, competencies: int) -> dict:
    """A ladder with text in every cell."""
    names = [f"competency-{number}" for number in range(competencies)]
    rungs = [f"level-{number}" for number in range(levels)]
    return {
        "schema": "career-ladder/1",
        "framework": {"id": f"large-{levels}", "title": "A large ladder", "version": "1.0.0"},
        "grades": [{"id": f"g{n}", "rank": n} for n in range(1, levels // 2 + 1)],
        "tracks": [{"id": "ic", "kind": "staff"}, {"id": "pm", "kind": "manager"}],
        "levels": [
            {"id": key, "track": ["ic", "pm"][n % 2], "grade": f"g{n // 2 + 1}",
             "order": n, "titles": [f"A title that is rather long {n}"]}
            for n, key in enumerate(rungs)
        ],
        "pillars": [{"id": f"p{n}", "name": f"Pillar {n}"} for n in range(4)],
        "competencies": [
            {"id": key, "pillar": f"p{n % 4}", "name": f"A competency with a name {n}"}
            for n, key in enumerate(names)
        ],
        "expectations": [
            {"competency": name, "levels": [rung], "summary": f"{name} on {rung}. " + "Words. " * 9,
             "statements": [{"text": f"Does {n}", "examples": ["Once."]} for n in range(3)]}
            for name in names for rung in rungs
        ],
    }  # fmt: skip


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/ladders/", 12),
        ("/ladders/{}/", 12),
        ("/ladders/{}/?cell=competency-0:level-0", 12),
        ("/ladders/{}/levels/level-0/", 12),
        ("/ladders/{}/versions/1.0.0/file.yaml", 12),
        ("/api/v1/ladders/", 6),
        ("/api/v1/ladders/{}/", 6),
        ("/api/v1/ladders/{}/versions/", 6),
        ("/api/v1/ladders/{}/versions/1.0.0/", 6),
    ],
)
def test_the_number_of_queries_does_not_depend_on_the_ladder(reader, client, address, most):
    bring_in(large(2, 2))
    bring_in(large(20, 40))
    client.get("/ladders/")

    small = queries(client, address.format("large-2"))
    big = queries(client, address.format("large-20"))

    assert small == big <= most


def test_twenty_levels_and_forty_competencies_lay_out(reader, client):
    bring_in(large(20, 40))

    page = client.get("/ladders/large-20/")
    matrix = page.context["matrix"]

    assert len(matrix["columns"]) == 20
    assert sum(len(pillar["rows"]) for pillar in matrix["pillars"]) == 40
    assert page.content.count(b"<td") == 800


def test_a_ladder_of_many_tracks_is_shown_one_track_at_a_time(reader, client, real_input):
    path = real_input("_canonical-examples/unidays.ladder.yaml")
    imports.import_file(path.read_bytes(), path.name, by=None)
    matrix = client.get("/ladders/unidays/").context["matrix"]

    assert len({column["track"] for column in matrix["columns"]}) == 1
    assert len(matrix["own_tracks"]) == 19


@pytest.mark.parametrize(
    "name", ["ft-engineering-v1", "ft-engineering", "medium-snowflake", "monzo-backend", "unidays"]
)
def test_real_ladders_can_be_read_on_every_page(reader, client, real_input, name):
    path = real_input(f"_canonical-examples/{name}.ladder.yaml")
    imports.import_file(path.read_bytes(), path.name, by=None)
    version = LadderVersion.objects.latest("pk")
    page = client.get(reverse("ladders:ladder", args=[version.ladder.slug]))

    assert page.status_code == 200
    for level in page.context["version"]["levels"]:
        assert client.get(level["page_url"]).status_code == 200
