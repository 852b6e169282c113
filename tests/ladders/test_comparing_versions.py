"""Two versions side by side, and the archive: the same through page, API and file."""

import copy
import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ladders.actions import drafts, placements
from ladders.models import LadderVersion, Level
from people.actions import people
from people.models import Role
from tests.ladders.conftest import bring_in, numbered
from tests.ladders.test_large_ladders import large

pytestmark = pytest.mark.django_db
HOME = "/ladders/software-engineering/versions/"
SESSION_AND_USER = 2
FRAME = 3  # inbox, tasks and where the reader stands


@pytest.fixture
def second(ladder, starter) -> LadderVersion:
    """A version in which an engineer is asked for more, and an associate in other words."""
    changed = copy.deepcopy(numbered(starter, "2.0.0"))
    rows = {row["id"]: row for row in changed["expectations"]}
    rows["craft.engineer"]["summary"] += " Keeps bees."
    rows["craft.associate-engineer"]["summary"] += " For example, one for each idea."
    return bring_in(changed)


def both(client, number: str, query: str = ""):
    """What the page shows and what the API answers."""
    page = client.get(f"{HOME}{number}/changes/{query}")
    answer = client.get(f"/api/v1{HOME}{number}/diff/{query}")
    assert page.status_code == answer.status_code
    return page, answer


def test_both_doors_say_what_changed(second, client):
    page, answer = both(client, "2.0.0")

    said = answer.json()
    assert said["class"] == "major"
    assert said["against"]["number"] == "1.0.0"
    assert said["levels_raised"] == ["engineer"]
    assert said["counts"] == {"major": 1, "minor": 1, "patch": 0}
    assert said["summary"].startswith("1 expectation is new or raised at 1 level; 1 is worded")
    assert page.context["difference"]["summary"] == said["summary"]
    assert b"<ins>Keeps bees.</ins>" in page.content
    assert [group["title"] for group in page.context["layout"]["groups"]] == [
        "Associate Engineer",
        "Engineer",
    ]


def test_the_other_way_round_it_asks_for_less(second, client):
    _, answer = both(client, "1.0.0", "?against=2.0.0")

    assert answer.json()["class"] == "minor"
    assert answer.json()["levels_raised"] == []


def test_the_first_version_stands_against_nothing(ladder, client):
    page, answer = both(client, "1.0.0")

    assert answer.json()["against"] is None
    assert b"This is the first version" in page.content
    assert client.get(f"{HOME}1.0.0/changes/changes.csv").status_code == 200


def test_a_version_against_itself_says_the_same(ladder, client):
    page, _ = both(client, "1.0.0", "?against=1.0.0")

    assert b"These two versions say the same." in page.content


def test_what_may_not_be_read_is_not_compared(ladder, client, reader):
    editor = people.set_roles(
        people.add(by=None, name="Edda", email="edda@example.com"),
        by=None,
        roles=[Role.LADDER_EDITOR],
    )
    draft = drafts.copy_of(ladder, by=editor)
    for query in ("?against=9.9.9", f"?against={draft.number}"):
        assert both(client, "1.0.0", query)[0].status_code == 404
    assert both(client, draft.number)[0].status_code == 404
    assert client.get(f"{HOME}{draft.number}/changes/changes.csv").status_code == 404
    assert draft.number.encode() not in client.get(HOME).content

    client.force_login(editor)
    page, answer = both(client, draft.number)
    assert answer.json()["against"]["number"] == "1.0.0"
    assert answer.json()["class"] == "none"
    assert b"These two versions say the same." in page.content


def test_changes_are_narrowed_by_class_and_by_ones_own_level(second, client, reader):
    level = Level.objects.get(version=second, key="engineer")
    placements.place(reader, level, kind="hire", on=second.published_at.date(), by=None)

    def shown(query: str) -> list[str]:
        page = client.get(f"{HOME}2.0.0/changes/{query}")
        return [group["title"] for group in page.context["layout"]["groups"]]

    assert shown("?level=mine") == ["Engineer"]
    assert shown("?show=minor") == ["Associate Engineer"]
    assert shown("?show=minor&level=mine") == []
    assert b"Show all changes" in client.get(f"{HOME}2.0.0/changes/?show=patch").content


def test_the_file_holds_what_the_page_shows(second, client):
    answer = client.get(f"{HOME}2.0.0/changes/changes.csv?show=major")

    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(line["Level"], line["Class"]) for line in lines] == [("Engineer", "major")]
    assert lines[0]["After"].endswith("Keeps bees.")


def test_the_archive_says_what_changed_in_each_version(second, client):
    page = client.get(HOME)
    rows = client.get(f"/api/v1{HOME}").json()["results"]

    assert [(row["number"], row["class"]) for row in rows] == [
        ("2.0.0", "major"),
        ("1.0.0", "major"),
    ]
    assert rows[1]["changed"] == "This is the first version."
    assert rows[0]["changed"] in page.content.decode()
    for link in (rows[0]["changes_page_url"], f"{HOME}1.0.0/file.yaml"):
        assert f'href="{link}"' in page.content.decode()


def test_an_archive_of_nothing_is_not_found(client, reader):
    assert client.get("/ladders/nothing/versions/").status_code == 404


def test_two_large_versions_are_compared_in_four_queries(reader, client):
    wide = large(20, 40)
    bring_in(wide)
    changed = copy.deepcopy(numbered(wide, "2.0.0"))
    for row in changed["expectations"][::8]:
        row["summary"] += " Keeps bees."
    bring_in(changed)
    client.get("/ladders/")

    for address in (
        "/ladders/large-20/versions/2.0.0/changes/",
        "/api/v1/ladders/large-20/versions/2.0.0/diff/",
        "/ladders/large-20/versions/",
    ):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        asked = [query["sql"] for query in captured if "ladders_competency" in query["sql"]]
        assert len(asked) == 1, "both texts come at once"
        assert len(captured) <= SESSION_AND_USER + FRAME + 4
