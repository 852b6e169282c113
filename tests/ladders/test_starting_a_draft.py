"""Who works on ladders starts a draft from whatever they have; others neither start nor see one."""

import json

import pytest

from ladders.models import LadderVersion
from ladders.models.document import document
from people.actions import people
from people.models import Person, Role
from tests.ladders.conftest import bring_in
from tests.ladders.small import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(reader):
    return bring_in(small())


@pytest.fixture
def edda(client):
    person = people.add(by=None, name="Edda", email="edda@example.com")
    people.set_roles(person, by=None, roles=[Role.LADDER_EDITOR])
    return Person.objects.get(pk=person.pk)


def through_the_api(client, title, start, starter="", version=""):
    body = {"title": title, "start": start, "starter": starter, "version": version}
    return client.post("/api/v1/ladders/drafts/", json.dumps(body), "application/json")


def through_the_page(client, title, start, starter="", version=""):
    choice = f"{start}:{starter}" if starter else start
    body = {"title": title, "start": choice, "version": version}
    return client.post("/ladders/drafts/", body)


@pytest.fixture(params=[through_the_api, through_the_page], ids=["api", "page"])
def begin(request):
    return request.param


def newest() -> LadderVersion:
    return LadderVersion.objects.select_related("ladder").latest("pk")


def test_a_ladder_begins_with_a_starter(client, edda, begin):
    client.force_login(edda)
    answer = begin(client, "Software at Acme", "starter", "software-engineering")

    assert answer.status_code in (201, 302)
    text = document(newest())
    assert (newest().ladder.slug, newest().number) == ("software-at-acme", "draft-1")
    assert text["framework"]["title"] == "Software at Acme"
    assert len(text["levels"]) > 8


def test_a_ladder_begins_with_a_copy(client, published, edda, begin):
    client.force_login(edda)
    assert begin(client, "Other", "copy", version="small@1.0.0").status_code in (201, 302)

    assert document(newest())["expectations"] == document(published)["expectations"]


def test_a_ladder_begins_nearly_empty(client, edda, begin):
    client.force_login(edda)
    assert begin(client, "New", "empty").status_code in (201, 302)

    assert [row["id"] for row in document(newest())["levels"]] == ["first-level"]


def test_what_it_begins_with_has_to_be_there(client, published, edda, begin):
    client.force_login(edda)
    for start, starter, version in (
        ("starter", "nothing-like-this", ""),
        ("copy", "", "small@9.9.9"),
        ("magic", "", ""),
        ("", "", ""),
    ):
        answer = begin(client, "New", start, starter, version)
        assert answer.status_code in (400, 422), (start, starter, version)
    assert begin(client, "  ", "empty").status_code in (400, 422)
    assert LadderVersion.objects.count() == 1


def test_the_next_version_begins_with_the_words_of_the_last(client, published, edda):
    client.force_login(edda)
    page = client.get("/ladders/small/")
    assert b"Start a draft" in page.content
    opened = client.post("/ladders/small/versions/1.0.0/copy/")

    assert opened["Location"] == "/ladders/small/versions/draft-2/edit/"
    again = client.post("/api/v1/ladders/small/versions/1.0.0/copy/")
    assert again.status_code == 409
    action = client.get("/api/v1/ladders/small/versions/1.0.0/").json()["actions"][0]
    assert (action["name"], action["allowed"]) == ("copy", False)
    assert "draft-2" in action["reason"]
    assert b"A draft of the next version" in client.get("/ladders/small/").content


READING = """
    /ladders/small/versions/draft-2/
    /ladders/small/versions/draft-2/edit/
    /ladders/small/versions/draft-2/levels/junior/
    /ladders/small/versions/draft-2/competencies/craft/
    /ladders/small/versions/draft-2/file.yaml
    /api/v1/ladders/small/versions/draft-2/
    /api/v1/ladders/small/versions/draft-2/readiness/
    /api/v1/ladders/small/versions/draft-2/cells/?competency=craft&level=junior
    /api/v1/ladders/small/versions/draft-2/parts/levels/junior/
""".split()
WRITING = """
    post    /ladders/small/versions/draft-2/edit/
    post    /ladders/small/versions/draft-2/copy/
    post    /api/v1/ladders/small/versions/draft-2/copy/
    post    /api/v1/ladders/small/versions/draft-2/parts/levels/
    patch   /api/v1/ladders/small/versions/draft-2/parts/levels/junior/
    delete  /api/v1/ladders/small/versions/draft-2/parts/levels/junior/
    post    /api/v1/ladders/small/versions/draft-2/positions/
    put     /api/v1/ladders/small/versions/draft-2/cells/?competency=craft&level=junior
    post    /api/v1/ladders/small/versions/draft-2/gaps/
""".strip().splitlines()


@pytest.mark.parametrize("roles", [[Role.LADDER_EDITOR], [Role.LADDER_PUBLISHER], [Role.HR]])
def test_who_works_on_ladders_reads_drafts(client, published, edda, roles):
    client.force_login(edda)
    client.post("/ladders/small/versions/1.0.0/copy/")
    people.set_roles(edda, by=None, roles=roles)

    for address in READING:
        assert client.get(address).status_code == 200, address
    assert b"draft-2" in client.get("/ladders/").content
    assert client.get("/api/v1/ladders/drafts/").json()["results"][0]["number"] == "draft-2"


@pytest.mark.parametrize("roles", [[], [Role.ANALYST], [Role.ADMIN]])
def test_for_everybody_else_there_is_no_draft(client, published, edda, reader, roles):
    client.force_login(edda)
    client.post("/ladders/small/versions/1.0.0/copy/")
    people.set_roles(reader, by=None, roles=roles)
    client.force_login(reader)

    for address in READING:
        assert client.get(address).status_code == 404, address
    for line in WRITING:
        method, address = line.split()
        assert getattr(client, method)(address).status_code == 404, line
    assert b"draft-2" not in client.get("/ladders/").content
    assert b"draft" not in client.get("/ladders/small/").content
    assert client.get("/api/v1/ladders/drafts/").json()["results"] == []
    payload = client.get("/api/v1/ladders/small/versions/1.0.0/").json()
    assert (payload["draft"], payload["actions"]) == (None, [])
    for answer in (
        client.get("/ladders/drafts/"),
        through_the_page(client, "Mine", "empty"),
        through_the_api(client, "Mine", "empty"),
        client.post("/ladders/small/versions/1.0.0/copy/"),
    ):
        assert answer.status_code == 403
