"""A ladder can be searched inside, without regard to case and accents, also without scripts."""

import pytest

from ladders import finding
from people.folding import folded
from tests.ladders.conftest import bring_in, numbered

SLUG = "software-engineering"


def payload(*texts: str) -> dict:
    """A ladder that says `texts` as statements of one competency on one level."""
    return {
        "null_tokens": [], "level_links": [], "steps": [], "meanings": [], "cumulative": None,
        "tracks": [{"key": "t", "name": "Staff"}],
        "levels": [{"key": "l", "title": "Staff Engineer", "titles": ["Staff Engineer"], "code": "",
                    "track": "t", "summary": "", "scope": "", "page_url": "/l/"}],
        "competencies": [{"key": "c", "name": "Réliabilité", "description": "", "page_url": "/c/"}],
        "expectations": [
            {"competency": "c", "levels": ["l"], "summary": "", "statements": [
                {"text": text, "examples": [f"Example: {text}"], "counter": ""} for text in texts
            ]}
        ],
    }  # fmt: skip


def marked(found: dict) -> list[str]:
    return [run["text"] for find in found["results"] for run in find["runs"] if run["hit"]]


def test_case_and_accents_do_not_matter():
    assert marked(finding.find(payload(), "RELIABI")) == ["Réliabi"]
    assert marked(finding.find(payload("Handles a café crisis."), "cafe")) == ["café", "café"]


def test_a_letter_that_folds_into_two_is_marked_as_one():
    letters, places = folded("Straße")

    assert (letters, places) == ("strasse", [0, 1, 2, 3, 4, 4, 5])
    assert marked(finding.find(payload("Die Straße."), "strasse")) == ["Straße", "Straße"]


def test_all_words_must_match_in_the_text_or_its_place_and_one_in_the_text():
    ladder = payload("Leads a migration.")
    kinds = [find["kind"] for find in finding.find(ladder, "migration engineer")["results"]]

    assert kinds == ["Statement", "Example"]
    assert finding.find(ladder, "migration gardener")["results"] == []
    assert [find["kind"] for find in finding.find(ladder, "engineer")["results"]] == ["Level"]


def test_a_find_says_where_and_leads_to_the_cell():
    find = finding.find(payload("Leads a migration."), "migration")["results"][0]

    assert find["where"] == "Réliabilité, Staff Engineer"
    assert find["url"] == "?cell=c%3Al#open"


@pytest.mark.parametrize("words", ["", "a", "   ", "\0\0", "\u0301\u0301\u0301"])
def test_too_little_finds_nothing(words):
    assert finding.find(payload("a a a"), words)["results"] == []


def test_of_a_long_text_the_part_with_the_words_is_shown():
    text = "Before. " * 100 + "The needle. " + "After. " * 100
    runs = finding.find(payload(text), "needle")["results"][0]["runs"]
    shown = "".join(run["text"] for run in runs)

    assert len(shown) < 300
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert {"text": "needle", "hit": True} in runs


def test_more_than_a_page_of_finds_is_counted():
    found = finding.find(payload(*(f"Number {n}." for n in range(100))), "number")

    assert (found["count"], len(found["results"])) == (200, finding.MOST)


@pytest.mark.django_db
def test_every_find_on_the_page_opens_its_cell(ladder, starter, client):
    bring_in(numbered(starter, "2.0.0"))
    for address in (f"/ladders/{SLUG}/", f"/ladders/{SLUG}/versions/1.0.0/"):
        page = client.get(address, {"q": "Incident TEAMS"})
        finds = [find for find in page.context["found"]["results"] if "cell=" in find["url"]]

        assert finds
        assert "<mark>" in page.content.decode()
        for find in finds[:3]:
            opened = client.get(address + find["url"].partition("#")[0])
            assert 'id="open"' in opened.content.decode(), find["url"]


@pytest.mark.django_db
def test_a_search_that_finds_nothing_says_so(ladder, client):
    page = client.get(f"/ladders/{SLUG}/", {"q": "<b>zzz</b>"}).content.decode()

    assert "Nothing with “&lt;b&gt;zzz&lt;/b&gt;”" in page
