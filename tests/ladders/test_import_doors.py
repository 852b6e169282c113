"""HR brings in a ladder by page or by API: look first, then begin a draft."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ladders.models import Ladder, LadderVersion
from people.actions import people
from people.models import ImportRun, Role
from tests.ladders.conftest import bring_in
from tests.ladders.test_reading_tables import PLAIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def hana(db, client):
    person = people.add(by=None, name="Hana HR", email="hana@example.com", roles=[Role.HR])
    client.force_login(person)
    return person


class Page:
    """The door for people."""

    address = "/ladders/imports/"

    def __init__(self, client):
        self.client = client

    def choose(self, text: str | bytes, name: str = "ours.csv", **more):
        """Choose a file; the answer, and the import when there is one."""
        data = text.encode() if isinstance(text, str) else text
        file = SimpleUploadedFile(name, data)
        answer = self.client.post(self.address, {"file": file, **more})
        return answer, ImportRun.objects.order_by("-pk").first()

    def confirm(self, run: ImportRun) -> int:
        """Press the button; the status, where 200 is done."""
        status = self.client.post(f"/ladders/imports/{run.pk}/").status_code
        return 200 if status == 302 else status


class Api(Page):
    """The door for programs."""

    address = "/api/v1/ladders/imports/"

    def confirm(self, run: ImportRun) -> int:
        return self.client.post(f"{self.address}{run.pk}/confirmation/").status_code


@pytest.fixture(params=[Page, Api], ids=["page", "api"])
def door(request, client):
    return request.param(client)


def test_a_file_is_looked_at_and_nothing_is_written(hana, door):
    _, run = door.choose(PLAIN)

    assert run.report["counts"] | {"warnings": 0} == {
        "tracks": 1,
        "levels": 2,
        "competencies": 2,
        "expectations": 4,
        "errors": 0,
        "warnings": 0,
    }
    assert run.report["matrix"]["rows"][0] == ["Code", "Writes it", "Reviews it"]
    assert any("No tracks are named" in note for note in run.report["notes"])
    assert not Ladder.objects.exists()


def test_confirming_begins_a_draft_once(hana, door):
    _, run = door.choose(PLAIN)

    assert door.confirm(run) == 200

    version = LadderVersion.objects.get()
    assert (version.ladder.slug, version.state) == ("ours", "draft")
    assert version.author_ids == {hana.pk}
    run.refresh_from_db()
    assert run.report["became"] == ["ours", version.number], "the way to the draft is shown"
    assert door.confirm(run) == 409


def test_a_file_can_be_a_draft_of_a_ladder_that_is_here(hana, door, starter):
    published = bring_in(starter)

    _, run = door.choose(PLAIN, ladder="software-engineering")
    assert door.confirm(run) == 200

    draft = published.ladder.versions.get(state="draft")
    assert draft.based_on == published


def test_a_file_with_problems_is_shown_and_never_confirmed(hana, door):
    _, run = door.choose("Pillar,Competency,L1,L2\nA,,text,more\n")

    assert run.report["blocked"]
    assert run.report["problems"][0]["place"] == "Line 2"
    page = door.client.get(f"/ladders/imports/{run.pk}/").content.decode()
    assert "This row does not name a competency." in page
    assert "Begin a draft" not in page
    assert door.confirm(run) == 409
    assert not LadderVersion.objects.exists()


def test_a_second_draft_is_refused_before_anybody_confirms(hana, door):
    _, first = door.choose(PLAIN)
    door.confirm(first)

    _, second = door.choose(PLAIN.replace("Writes", "Makes"))

    assert second.report["blocked"]
    assert "already has a text in the making" in second.report["problems"][0]["message"]


def test_a_mapping_comes_as_a_file(hana, door):
    mapping = SimpleUploadedFile("m.yaml", b"title: Makers\nid: makers\n")

    _, run = door.choose(PLAIN, mapping_file=mapping)

    assert run.report["title"] == "Makers"
    assert run.mapping == {"title": "Makers", "id": "makers"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"ladder": "nowhere"}, "ladder"),
        ({"form": "poem"}, "form"),
        ({"mapping_file": b"a: &a [*a]"}, "mapping"),
    ],
)
def test_what_is_wrong_with_the_form_is_named(hana, door, more, said):
    more = {
        name: SimpleUploadedFile("m.yaml", value) if isinstance(value, bytes) else value
        for name, value in more.items()
    }

    answer, run = door.choose(PLAIN, **more)

    assert answer.status_code in (400, 422)
    assert said in answer.content.decode()
    assert run is None


def test_a_file_that_is_too_large_is_not_kept(hana, door):
    answer, run = door.choose(b"x" * (6 * 1024 * 1024))

    assert answer.status_code in (400, 422)
    assert "at most 5 MB" in answer.content.decode()
    assert run is None


def test_the_page_shows_what_the_api_says(hana, client):
    _, run = Api(client).choose(PLAIN)

    page = client.get(reverse("ladders:import", args=[run.pk]))
    api = client.get(reverse("api-ladders:import", args=[run.pk]))

    assert json.loads(json.dumps(page.context["run"], default=str)) | {"uploaded_at": ""} == (
        api.json() | {"uploaded_at": ""}
    )


def test_imports_of_people_and_of_ladders_stay_apart(hana, client):
    _, run = Api(client).choose(PLAIN)

    assert client.get(f"/people/imports/{run.pk}/").status_code == 404
    assert client.get(f"/api/v1/people/imports/{run.pk}/").status_code == 404
    assert client.get("/api/v1/people/imports/").json()["results"] == []
    assert len(client.get("/api/v1/ladders/imports/").json()["results"]) == 1


def test_only_those_who_write_ladders_may(reader, client):
    for address in ("/ladders/imports/", "/ladders/imports/template.xlsx", Api.address):
        assert client.get(address).status_code == 403
    assert Page(client).choose(PLAIN)[0].status_code == 403
    assert Api(client).choose(PLAIN)[0].status_code == 403
    assert "Bring in a ladder" not in client.get("/ladders/").content.decode()


def test_the_way_in_stands_on_the_page_of_ladders(hana, client):
    assert "/ladders/imports/" in client.get("/ladders/").content.decode()
    assert client.get("/ladders/imports/template.xlsx").content.startswith(b"PK")
