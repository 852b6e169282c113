"""Versions stay readable, can be taken along, and drafts stay out of sight."""

import pytest
from django.urls import reverse

from ladders.actions import drafts
from ladders.formats import documents, exports
from tests.ladders.conftest import bring_in, numbered

pytestmark = pytest.mark.django_db
SLUG = "software-engineering"


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


def test_a_draft_is_nowhere_to_be_seen(starter, reader, client):
    drafts.new_ladder("Software Engineering", by=None, text=starter)

    for address in (f"/ladders/{SLUG}/", f"/api/v1/ladders/{SLUG}/versions/draft-1/"):
        assert client.get(address).status_code == 404
    assert client.get("/api/v1/ladders/").json()["results"] == []


@pytest.mark.parametrize("door", ["ladders:file", "api-ladders:file"])
@pytest.mark.parametrize("form", exports.FORMS)
def test_both_doors_hand_out_every_form(ladder, starter, client, form, door):
    page = client.get(f"/ladders/{SLUG}/").content.decode()
    assert reverse("ladders:file", args=[SLUG, "1.0.0", form]) in page

    answer = client.get(reverse(door, args=[SLUG, "1.0.0", form]), headers={"Accept": "text/csv"})

    assert f'filename="{SLUG}-1.0.0.ladder.{form}"' in answer["Content-Disposition"]
    came = documents.read(answer.content, f"ladder.{form}").document
    assert came["levels"] == starter["levels"] or form == "long.csv"
    if form in ("yaml", "json"):
        assert came == starter
