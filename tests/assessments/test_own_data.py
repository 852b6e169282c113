"""Everything about oneself in one file: whole, of nobody else, and never more than one may see."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.utils import timezone

from assessments.actions import files, happy_here
from assessments.models import Evidence
from assessments.serializers import own_data
from people.actions import delegations, tokens
from tests import cast as story
from tests.assessments import move_story

DOORS = ["/account/data/", "/api/v1/me/data/"]


def taken(client, person, door=DOORS[1]):
    client.force_login(person)
    answer = client.get(door)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def read(archive, name):
    return json.loads(archive.read(f"{name}.json"))


@pytest.mark.parametrize("door", DOORS)
def test_it_holds_every_part_and_the_files_as_they_are(client, cast, door):
    story.draft(cast)
    piece = Evidence.objects.filter(person=cast.carl)[0]
    file = files.add(piece, by=cast.carl, name="plan.txt", content=b"x" * 1_200_000)
    happy_here.say(cast.carl, by=cast.carl)
    _, plain = tokens.create(cast.carl, by=cast.carl, name="laptop", scopes=["read"])

    archive = taken(client, cast.carl, door)

    assert archive.testzip() is None
    names = {f"{part.name}.json" for part in own_data.PARTS}
    assert set(archive.namelist()) == {*names, "README.txt", f"files/{file.pk}-plan.txt"}
    assert archive.read(f"files/{file.pk}-plan.txt") == b"x" * 1_200_000
    assert read(archive, "person")["email"] == "carl@example.com"
    assert read(archive, "lines")[0]["manager"] == "Maya Manager"
    assert len(read(archive, "evidence")) == 3
    assert read(archive, "cases")[0]["own_section"] == "What I am proud of."
    assert read(archive, "tokens")[0]["name"] == "laptop"
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for secret in (plain, "password", cast.carl.password):
        assert secret not in everything


def test_it_holds_moves_that_one_only_explores_and_nobody_elses(client, cast):
    move_story.STAGES["exploring"](cast)

    assert len(read(taken(client, cast.carl), "moves")) == 1
    assert read(taken(client, cast.hana), "moves") == []
    assert read(taken(client, cast.hana), "delegations") == []


def test_it_tells_no_more_than_the_pages_do_before_the_outcome_is_told(client, cast):
    case = story.approved(cast)
    hidden = ("Carl leads the work on payouts.", "The panel is convinced.", "I see the same.")

    before = taken(client, cast.carl).read("cases.json").decode()
    assert not [words for words in hidden if words in before]
    story.decisions.communicate(case, by=cast.maya, letter="Congratulations, Carl.")
    after = taken(client, cast.carl).read("cases.json").decode()

    assert "Congratulations, Carl." in after
    assert hidden[0] in after
    assert not [words for words in hidden[1:] if words in after]


@pytest.mark.parametrize("reader", ["maya", "hana", "fred", "petra", "ada"])
def test_it_holds_nothing_of_anybody_else(client, cast, reader):
    story.recommended(cast)
    archive = taken(client, getattr(cast, reader))

    assert read(archive, "cases") == []
    assert read(archive, "evidence") == []
    text = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for words in ("split the ledger", "What I am proud of.", "Carl leads the work"):
        assert words not in text
    written = [one["text"] for one in read(archive, "feedback")]
    assert written == (["Fred Peer says: strong."] if reader == "fred" else [])


def test_delegations_and_moves_that_were_only_explored_are_in_it(client, cast):
    today = timezone.localdate()
    days = {"first_on": today, "last_on": today}
    delegations.offer(cast.maya, cast.otto, by=cast.maya, kinds=["submit"], **days)
    move_story.exploring(cast)

    assert read(taken(client, cast.maya), "delegations")[0]["delegate"]["name"] == "Otto Other"
    assert read(taken(client, cast.carl), "moves")[0]["state"]["value"] == "exploring"
