"""One level is a page to read, with what it expects and what it leads to."""

import pytest

from tests.ladders.conftest import bring_in

pytestmark = pytest.mark.django_db
SLUG = "software-engineering"


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


def test_markdown_in_statements_is_formatted_and_scripts_are_harmless(reader, corner, client):
    corner["expectations"][2]["statements"][0]["text"] = "Is **bold**. <script>alert(1)</script>"
    corner["expectations"][2]["summary"] = "<script>alert(2)</script>"
    bring_in(corner)

    text = client.get("/ladders/every-corner/levels/l1/").content.decode()

    assert "<strong>bold</strong>" in text
    assert "<script>alert" not in text


def test_a_level_whose_id_is_a_path_has_a_page(reader, corner, client):
    corner["levels"].append({"id": "a/b.json#c d.0", "track": "research"})
    bring_in(corner)
    page = client.get("/ladders/every-corner/")
    levels = page.context["version"]["levels"]

    assert client.get(levels[-1]["page_url"]).status_code == 200
