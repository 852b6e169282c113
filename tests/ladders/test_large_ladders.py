"""Large and real ladders lay out, and cost what small ones do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ladders.actions import drafts, imports
from ladders.models import LadderVersion
from people.actions import people
from people.models import Person, Role
from tests.ladders.conftest import bring_in

pytestmark = pytest.mark.django_db
SLUG = "software-engineering"


def large(levels: int, competencies: int) -> dict:
    """A ladder with text in every cell."""
    names = [f"competency-{number}" for number in range(competencies)]
    rungs = [f"level-{number}" for number in range(levels)]
    return {
        "schema": "career-ladder/1",
        "framework": {"id": f"large-{levels}", "title": "A large ladder", "version": "1.0.0"},
        "grades": [{"id": f"g{n}", "rank": n} for n in range(1, levels // 2 + 1)],
        "tracks": [{"id": "ic", "kind": "staff"}, {"id": "pm", "kind": "manager"}],
        "levels": [
            {"id": key, "track": ["ic", "pm"][n % 2], "grade": f"g{n // 2 + 1}",
             "order": n, "titles": [f"A title that is rather long {n}"]}
            for n, key in enumerate(rungs)
        ],
        "pillars": [{"id": f"p{n}", "name": f"Pillar {n}"} for n in range(4)],
        "competencies": [
            {"id": key, "pillar": f"p{n % 4}", "name": f"A competency with a name {n}"}
            for n, key in enumerate(names)
        ],
        "expectations": [
            {"competency": name, "levels": [rung], "summary": f"{name} on {rung}. " + "Words. " * 9,
             "statements": [{"text": f"Does {n}", "examples": ["Once."]} for n in range(3)]}
            for name in names for rung in rungs
        ],
    }  # fmt: skip


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/ladders/", 12),
        ("/ladders/{}/", 12),
        ("/ladders/{}/?cell=competency-0:level-0", 12),
        ("/ladders/{}/levels/level-0/", 12),
        ("/ladders/{}/competencies/competency-0/", 12),
        ("/ladders/{}/booklet/", 12),
        ("/ladders/{}/versions/1.0.0/file.yaml", 12),
        ("/ladders/comparison/?left={0}:level-0&right={0}:level-1", 6),
        ("/ladders/comparison/comparison.csv?left={0}:level-0&right={0}:level-1", 6),
        ("/api/v1/ladders/comparison/?left={0}:level-0&right={0}:level-1", 6),
        ("/api/v1/ladders/", 6),
        ("/api/v1/ladders/{}/", 6),
        ("/api/v1/ladders/{}/versions/", 6),
        ("/api/v1/ladders/{}/versions/1.0.0/", 6),
    ],
)
def test_the_number_of_queries_does_not_depend_on_the_ladder(reader, client, address, most):
    bring_in(large(2, 2))
    bring_in(large(20, 40))
    client.get("/ladders/")

    small = queries(client, address.format("large-2"))
    big = queries(client, address.format("large-20"))

    assert small == big <= most


@pytest.mark.parametrize("asked", ["", "?cell=competency-0:level-0", "?view=levels"])
def test_a_large_draft_is_edited_with_as_few_queries_as_a_small_one(reader, client, asked):
    people.set_roles(reader, by=None, roles=[Role.LADDER_EDITOR])
    editor = Person.objects.get(pk=reader.pk)
    for size in ((2, 2), (20, 40)):
        drafts.copy_of(bring_in(large(*size)), by=editor)
    client.get("/ladders/")

    small = queries(client, f"/ladders/large-2/versions/draft-2/edit/{asked}")
    big = queries(client, f"/ladders/large-20/versions/draft-2/edit/{asked}")
    assert small == big <= 12


def test_two_large_ladders_are_compared_from_four_queries(reader, client):
    """Besides session and user: both versions, what to choose from, and the frame of the page."""
    for name in ("one", "two"):
        document = large(20, 40)
        document["framework"]["id"] = name
        bring_in(document)
    asked = "left=one:level-3&right=two@1.0.0:level-9"

    assert queries(client, f"/ladders/comparison/?{asked}") <= 6
    assert queries(client, f"/api/v1/ladders/comparison/?{asked}") <= 3


def test_twenty_levels_and_forty_competencies_lay_out(reader, client):
    bring_in(large(20, 40))

    page = client.get("/ladders/large-20/")
    matrix = page.context["matrix"]

    assert len(matrix["columns"]) == 20
    assert sum(len(pillar["rows"]) for pillar in matrix["pillars"]) == 40
    assert page.content.count(b"<td") == 800


def test_a_ladder_of_many_tracks_is_shown_one_track_at_a_time(reader, client, real_input):
    path = real_input("_canonical-examples/unidays.ladder.yaml")
    imports.import_file(path.read_bytes(), path.name, by=None)
    matrix = client.get("/ladders/unidays/").context["matrix"]

    assert len({column["track"] for column in matrix["columns"]}) == 1
    assert len(matrix["own_tracks"]) == 19


@pytest.mark.parametrize(
    "name", ["ft-engineering-v1", "ft-engineering", "medium-snowflake", "monzo-backend", "unidays"]
)
def test_real_ladders_can_be_read_on_every_page(reader, client, real_input, name):
    path = real_input(f"_canonical-examples/{name}.ladder.yaml")
    imports.import_file(path.read_bytes(), path.name, by=None)
    version = LadderVersion.objects.latest("pk")
    page = client.get(reverse("ladders:ladder", args=[version.ladder.slug]))

    assert page.status_code == 200
    for level in page.context["version"]["levels"]:
        assert client.get(level["page_url"]).status_code == 200
    for competency in page.context["version"]["competencies"][:20]:
        assert client.get(competency["page_url"]).status_code == 200
