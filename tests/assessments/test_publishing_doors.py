"""A draft goes to its publication by page and by API, and both say whom it concerns."""

import json

import pytest
from django.test import Client
from rest_framework.utils.encoders import JSONEncoder

from assessments.actions import publications
from ladders.states import VersionState
from people.models import Event
from tests import cast as cases
from tests.assessments import cycle_story
from tests.assessments import publishing_story as story
from tests.assessments.publishing_story import day, running


class Door:
    """Presses the same button by page or by API."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def press(self, version, noun, by, **fields):
        client = Client()
        client.force_login(by)
        where = f"ladders/{version.ladder.slug}/versions/{version.number}"
        if self.kind == "page":
            return client.post(f"/{where}/publishing/{noun}/", fields)
        if noun == "unscheduling":
            return client.delete(f"/api/v1/{where}/schedule/")
        return client.post(f"/api/v1/{where}/{noun}/", fields, content_type="application/json")

    def ok(self, answer):
        assert answer.status_code == {"page": 302, "API": 200}[self.kind], answer.content[-900:]

    @property
    def bad(self):
        return {"page": 422, "API": 400}[self.kind]


@pytest.fixture(params=["page", "API"])
def door(request):
    return Door(request.param)


def test_a_draft_is_reviewed_approved_planned_and_published(edda, pavel, door):
    version = story.small_draft(edda)
    door.ok(door.press(version, "class", edda, change_class="major"))
    assert door.press(version, "class", edda, change_class="minor").status_code == door.bad
    door.ok(door.press(version, "review", edda))
    assert door.press(version, "review", edda).status_code == 409
    assert door.press(version, "approval", edda).status_code == 403
    assert door.press(version, "return", pavel).status_code == door.bad
    door.ok(door.press(version, "return", pavel, reason="One more word."))
    door.ok(door.press(version, "review", edda))
    assert door.press(version, "publication", pavel).status_code == 409
    door.ok(door.press(version, "approval", pavel))
    gone = door.press(version, "schedule", pavel, effective_from="1999-01-01")
    assert gone.status_code == door.bad
    door.ok(door.press(version, "schedule", pavel, effective_from=day(3).isoformat()))
    assert story.fresh(version).scheduled_by == pavel
    door.ok(door.press(version, "unscheduling", pavel))
    door.ok(door.press(version, "publication", pavel))

    stands = story.fresh(version)
    assert (stands.number, stands.state) == ("2.0.0", VersionState.PUBLISHED)
    client = Client()
    client.force_login(edda)
    old = client.get(f"/ladders/small/versions/{version.number}/publishing/")
    assert old["Location"] == "/ladders/small/versions/2.0.0/publishing/"
    door.ok(door.press(stands, "retirement", pavel, reason="Nobody stands on it."))
    assert client.get("/ladders/small/versions/2.0.0/").status_code == 200, "the archive stays"


def test_hr_overrides_a_freeze_window_through_both_doors(cast, edda, pavel, door):
    running(cast)
    version = story.approved(cast, edda, pavel)
    assert door.press(version, "publication", pavel).status_code == 409
    blank = door.press(version, "publication", cast.hana).status_code
    assert blank == {"page": 422, "API": 409}[door.kind]
    door.ok(door.press(version, "publication", cast.hana, override_reason="The law changed."))
    said = Event.objects.about(version).get(verb="version.override")
    assert said.data["reason"] == "The law changed."


def test_a_draft_is_abandoned(edda, door):
    version = story.small_draft(edda)
    door.ok(door.press(version, "abandonment", edda))
    assert story.fresh(version).state == VersionState.ABANDONED


def read(person, version, what):
    client = Client()
    client.force_login(person)
    where = f"ladders/{version.ladder.slug}/versions/{version.number}"
    page = client.get(f"/{where}/publishing/")
    answer = client.get(f"/api/v1/{where}/{what}/")
    return page, answer


def test_page_and_api_say_the_same(cast, edda, pavel):
    running(cast)
    cases.draft(cast)
    version = story.approved(cast, edda, pavel)
    for person in (edda, cast.hana):
        for what, name in (("publication", "publishing"), ("impact", "impact")):
            page, answer = read(person, version, what)
            shown = json.loads(json.dumps(page.context[name], cls=JSONEncoder))
            assert shown == answer.json(), (person, what)


def test_a_draft_does_not_exist_for_readers_who_may_not_see_how_one_is_published(cast, edda):
    version = story.draft(cast, edda)
    for what in ("publication", "impact"):
        assert [one.status_code for one in read(cast.carl, version, what)] == [404, 404]
        first = cast.levels["engineer"].version
        assert [one.status_code for one in read(cast.carl, first, what)] == [403, 403]


def test_what_a_version_does_is_counted(cast, edda, pavel):
    cycle = running(cast)
    case = cases.draft(cast)
    version = story.approved(cast, edda, pavel)

    found = read(cast.hana, version, "impact")[1].json()

    assert (
        found["summary"] == "1 person sees a raised expectation. 1 open case keeps an earlier text."
    )
    raised = [(row["key"], row["people"]) for row in found["raised"]]
    assert raised == [("staff-engineer", 1)]
    assert found["raised"][0]["teams"] == [{"team": "Search", "people": 1}]
    below = [(row["key"], row["people"]) for row in found["next_raised"]]
    assert below == [("senior-engineer", 2)]
    assert [row["id"] for row in found["cases"]["cases"]] == [case.pk]
    assert [(row["id"], row["in_the_way"]) for row in found["cycles"]] == [(cycle.pk, True)]
    assert found["participations"] == 13

    guarded = read(edda, version, "impact")[1].json()
    assert guarded["raised"][0]["teams"] == []
    assert guarded["raised"][0]["elsewhere"] == 1
    assert guarded["cases"] == {"count": 1, "cases": None}


def test_ones_own_case_is_not_even_counted(cast, edda):
    cases.draft(cast)
    version = story.draft(cast, edda)
    people = type(cast.carl).objects.filter(pk=cast.carl.pk)
    people.update(roles=["hr"])

    page, answer = read(people.get(), version, "impact")

    assert answer.json()["cases"] == {"count": 0, "cases": []}
    assert "Carl Candidate to" not in page.content.decode()


def test_small_teams_are_not_told_apart():
    from assessments.impact import hidden_teams

    assert hidden_teams({"a": 6, "b": 7}) == frozenset()
    assert hidden_teams({"a": 6, "b": 2, "c": 9}) >= {"a", "b"}
    assert hidden_teams({"a": 2}) >= {"a"}


def test_the_moves_say_why_they_are_not_open(cast, edda, pavel):
    running(cast)
    version = story.draft(cast, edda)
    actions = _actions(edda, version)
    assert actions["review"] == ""
    assert set(actions) == {"review", "choose_class", "abandon"}

    version = story.fresh(story.versions.review(version, by=edda))
    assert "somebody else" not in _actions(pavel, version)["approve"]
    assert _actions(pavel, version)["publish"].startswith("Somebody who did not write")
    story.versions.approve(version, by=pavel)
    assert "keeps ladders as they are" in _actions(pavel, version)["publish"]
    assert _actions(cast.hana, version)["publish"] == ""

    publications.publish(version, by=cast.hana, on=day(3), override_reason="The law changed.")
    planned = read(cast.hana, version, "publication")[1].json()
    assert (planned["freeze"]["stands"], planned["freeze"]["stands_today"]) == (False, True)
    assert planned["scheduled_by"]["name"] == "Hana HR"


def _actions(person, version):
    answer = read(person, version, "publication")[1].json()
    return {row["name"]: row["reason"] for row in answer["actions"]}


def test_after_the_publication_the_page_says_who_did_what(cast, edda, pavel):
    version = publications.publish(story.approved(cast, edda, pavel), by=pavel)
    said = read(edda, version, "publication")[1].json()
    assert [(row["name"], row["by"]) for row in said["steps"]] == [
        ("draft", "Edda Writer"),
        ("review", "Edda Writer"),
        ("approve", "Pavel Writer"),
        ("publish", "Pavel Writer"),
    ]
    assert said["change"]["against"] == "1.0.0"
    assert said["change"]["why"].startswith("The change is major, because")


def test_impact_takes_the_same_queries_for_few_people_and_for_many(
    cast, edda, pavel, count_queries
):
    from tests.test_queries import crowd

    version = story.approved(cast, edda, pavel)
    where = f"ladders/{version.ladder.slug}/versions/{version.number}"
    client = Client()
    client.force_login(cast.hana)
    crowd(cast, 0, 2)
    few = [
        count_queries(client, f"/{where}/publishing/"),
        count_queries(client, f"/api/v1/{where}/impact/"),
    ]
    crowd(cast, 2, 40)
    cycle_story.running(cast, day(5), name="One more")
    many = [
        count_queries(client, f"/{where}/publishing/"),
        count_queries(client, f"/api/v1/{where}/impact/"),
    ]
    assert few == many
    assert few[0] <= 14
