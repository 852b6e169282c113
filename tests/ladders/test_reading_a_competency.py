"""One competency is a page to read through all levels, the tracks beside each other."""

import copy

import pytest

from tests.ladders.conftest import bring_in, numbered

SLUG = "software-engineering"
ADDRESS = f"/ladders/{SLUG}/competencies/technical-direction/"
pytestmark = pytest.mark.django_db


def shown(client, address=ADDRESS):
    return client.get(address).context["page"]


def test_levels_of_one_grade_stand_side_by_side(ladder, client):
    floors = shown(client)["floors"]

    assert [len(floor["levels"]) for floor in floors] == [1, 1, 1, 2, 2, 2]
    assert [entry["level"]["title"] for entry in floors[3]["levels"]] == [
        "Staff Engineer",
        "Engineering Manager",
    ]


def test_what_is_new_is_marked_against_the_level_below(ladder, client):
    page = client.get(ADDRESS)
    staff, manager = page.context["page"]["floors"][3]["levels"]

    assert staff["below"] == manager["below"] == "Senior Engineer"
    assert staff["before"] == manager["before"] != ""
    assert "<ins>several teams</ins>" in page.content.decode()


def test_the_lowest_level_has_nothing_to_be_marked_against(ladder, client):
    (lowest,) = shown(client)["floors"][0]["levels"]

    assert (lowest["below"], lowest["before"]) == ("", "")


def test_a_level_that_says_nothing_of_its_own_says_as_which(ladder, starter, client):
    changed = copy.deepcopy(numbered(starter, "2.0.0"))
    changed["expectations"] = [
        row for row in changed["expectations"] if row["id"] != "technical-direction.staff-engineer"
    ]
    bring_in(changed)

    staff = shown(client)["floors"][3]["levels"][0]
    above = shown(client)["floors"][4]["levels"][0]

    assert staff["same"] == "As Senior Engineer"
    assert above["before"] == staff["before"], "silence holds what the level below it says"
    old = f"/ladders/{SLUG}/versions/1.0.0/competencies/technical-direction/"
    assert shown(client, old)["floors"][3]["levels"][0]["same"] == ""


def test_the_matrix_and_the_level_lead_to_it(ladder, client):
    for address in (f"/ladders/{SLUG}/", f"/ladders/{SLUG}/levels/staff-engineer/"):
        assert f'href="{ADDRESS}"' in client.get(address).content.decode()


def test_what_is_not_there_is_not_found(ladder, client):
    assert client.get(f"/ladders/{SLUG}/competencies/nothing/").status_code == 404


def test_links_in_a_circle_end(reader, corner, client):
    """A file may say that two levels stand below each other."""
    changed = copy.deepcopy(corner)
    ends = [row["id"] for row in changed["levels"]][:2]
    changed["level_links"] = [
        {"from": ends[0], "to": ends[1], "type": "precedes"},
        {"from": ends[1], "to": ends[0], "type": "precedes"},
    ]
    changed["framework"]["cumulative"] = True
    bring_in(changed)
    version = client.get("/ladders/every-corner/").context["version"]

    for row in version["competencies"]:
        assert client.get(row["page_url"]).status_code == 200
