"""Search finds what the reader may see, by page and by API alike, and nothing more."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast as story
from tests.cast import Cast


@pytest.fixture(params=["page", "api"])
def found(request: pytest.FixtureRequest):
    """`found(person, words)`: (kind, label) of everything found, by either door."""

    def ask(person, words: str) -> set[tuple[str, str]]:
        client = Client()
        client.force_login(person)
        if request.param == "page":
            answer = client.get(reverse("assessments:search"), {"q": words})
            results = answer.context["search"]["results"]
        else:
            results = client.get(reverse("api-assessments:search"), {"q": words}).json()["results"]
        return {(find["kind"], find["label"]) for find in results}

    return ask


def test_people_levels_and_ladders_are_found_by_everybody(cast: Cast, found) -> None:
    assert ("Person", "Carl Candidate") in found(cast.stella, "carl")
    assert ("Person", "Carl Candidate") in found(cast.stella, "CANDI")
    assert ("Level", "Staff Engineer") in found(cast.stella, "staff eng")
    assert ("Ladder", "Software Engineering") in found(cast.stella, "software")


def test_search_leads_into_every_ladder_with_the_same_words(cast: Cast, client: Client) -> None:
    client.force_login(cast.stella)
    answer = client.get(reverse("api-assessments:search"), {"q": "incident"}).json()
    (inside,) = answer["inside"]
    assert answer["results"] == []
    assert client.get(inside["url"]).context["found"]["results"]


def test_a_case_is_found_only_by_those_for_whom_it_exists(cast: Cast, found) -> None:
    story.draft(cast)
    case = ("Case", "Carl Candidate to Staff Engineer")
    who = {key for key, person in cast.everybody().items() if case in found(person, "carl")}
    assert who == {"carl", "maya", "sam", "hana", "henry", "noor"}


@pytest.mark.parametrize("words", ["", "c", "  ", "%%", "\0\0\0", "x" * 5_000, "' OR 1=1 --"])
def test_odd_words_find_nothing_and_break_nothing(cast: Cast, found, words: str) -> None:
    assert found(cast.stella, words) == set()


def test_a_find_says_nothing_of_how_a_case_stands(cast: Cast) -> None:
    story.draft(cast)
    client = Client()
    client.force_login(cast.carl)
    results = client.get(reverse("api-assessments:search"), {"q": "carl"}).json()["results"]
    assert [find["detail"] for find in results if find["kind"] == "Case"] == ["Off-cycle"]


def test_strangers_find_the_door(db: None) -> None:
    assert Client().get(reverse("api-assessments:search"), {"q": "carl"}).status_code == 401
    page = Client().get(reverse("assessments:search"), {"q": "carl"})
    assert page["Location"].startswith(reverse("account_login"))
