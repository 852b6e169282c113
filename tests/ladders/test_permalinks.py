"""Every cell has an address of its own, in every version, and on every screen."""

import copy
from urllib.parse import urlencode

import pytest

from tests.ladders.conftest import bring_in, numbered
from tests.ladders.test_large_ladders import large

pytestmark = pytest.mark.django_db
SLUG = "software-engineering"


def opened(client, address: str, cell: str):
    """The row with the opened cell, and the level that a phone shows."""
    matrix = client.get(f"{address}?{urlencode({'cell': cell})}").context["matrix"]
    rows = [row for pillar in matrix["pillars"] for row in pillar["rows"] if row["detail"]]
    shown = [pick["value"] for pick in matrix["picks"] if pick["selected"]]
    return rows[0]["detail"] if rows else None, shown


def test_a_cell_opens_in_every_version_with_the_words_of_that_version(ladder, starter, client):
    changed = copy.deepcopy(numbered(starter, "2.0.0"))
    key = "technical-direction.staff-engineer"
    next(row for row in changed["expectations"] if row["id"] == key)["summary"] = "Anew."
    bring_in(changed)
    cell = "technical-direction:staff-engineer"

    new, _ = opened(client, f"/ladders/{SLUG}/", cell)
    old, _ = opened(client, f"/ladders/{SLUG}/versions/1.0.0/", cell)

    assert new["items"][0]["summary"] == "Anew."
    assert old["items"][0]["summary"].startswith("Settles the technical approach")
    assert new["link"] == old["link"] == "?cell=technical-direction%3Astaff-engineer#open"


def test_a_phone_shows_the_level_of_the_cell_whatever_else_is_asked(ladder, client):
    _, shown = opened(client, f"/ladders/{SLUG}/", "delivery:director-of-engineering")

    assert shown == ["director-of-engineering"]


def test_ids_with_colons_open_too(reader, client):
    document = large(2, 1)
    document["levels"][1]["id"] = "a:b"
    document["expectations"][1]["levels"] = ["a:b"]
    bring_in(document)

    detail, shown = opened(client, "/ladders/large-2/", "competency-0:a:b")

    assert detail["level"]["key"] == "a:b"
    assert shown == ["a:b"]


def test_a_cell_of_another_track_opens_where_tracks_are_shown_one_at_a_time(reader, client):
    document = large(26, 1)
    document["tracks"] = [{"id": "ic", "kind": "other"}, {"id": "pm", "kind": "other"}]
    bring_in(document)

    detail, shown = opened(client, "/ladders/large-26/", "competency-0:level-25")

    assert detail["level"]["key"] == "level-25"
    assert shown == ["level-25"]
