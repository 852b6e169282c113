"""A whole ladder as a booklet: cover, how to read it, contents, one level a chapter."""

import copy
import re

import pytest

from tests.ladders.conftest import bring_in, numbered

pytestmark = pytest.mark.django_db
SLUG = "software-engineering"


def text_of(client, address=f"/ladders/{SLUG}/booklet/") -> str:
    return client.get(address).content.decode()


def test_every_level_is_a_chapter_that_the_contents_lead_to(ladder, starter, client):
    text = text_of(client)
    anchors = re.findall(r'href="#(chapter-\d+)"', text)

    assert len(anchors) == len(starter["levels"])
    assert all(text.count(f'id="{anchor}"') == 1 for anchor in anchors)


def test_all_that_the_ladder_says_is_in_it(ladder, starter, client):
    """Every summary, statement, example and counter, as it can stand in HTML."""
    words = " ".join(re.sub(r"<[^>]+>|&[#\w]+;|['’\"“”]", "", text_of(client)).split())
    said = [row["summary"] for row in starter["expectations"]]
    for row in starter["expectations"]:
        for one in row["statements"]:
            said += [one["text"], *one.get("examples", [])]
    plain = [" ".join(re.sub(r"['’\"“”&<>]", "", sentence).split()) for sentence in said]

    assert [sentence for sentence in plain if sentence not in words] == []


def test_an_archived_version_has_its_own_booklet(ladder, starter, client):
    changed = copy.deepcopy(numbered(starter, "2.0.0"))
    changed["expectations"][0]["summary"] = "Anew and better."
    bring_in(changed)

    assert "Anew and better." in text_of(client)
    assert "Anew and better." not in text_of(client, f"/ladders/{SLUG}/versions/1.0.0/booklet/")


def test_the_matrix_leads_to_it(ladder, client):
    assert f'href="/ladders/{SLUG}/booklet/"' in text_of(client, f"/ladders/{SLUG}/")
