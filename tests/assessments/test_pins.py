"""A ladder is published past open cases and a running cycle: pins hold, and HR may move one."""

import json
import re

import pytest
from django.test import Client

from assessments.actions import cases, evidence, publications, texts
from assessments.models import Participation
from ladders.actions import drafts, versions
from people.models import Event
from people.refusals import Conflict, Forbidden, Invalid
from tests import cast as stories
from tests.assessments import publishing_story as story
from tests.assessments.publishing_story import running


def second(cast, edda, pavel):
    """The second version of the ladder, in force although a cycle may run."""
    version = story.approved(cast, edda, pavel)
    return publications.publish(version, by=cast.hana, override_reason="The law changed.")


def read(case, person):
    """The payload and the page of a case."""
    client = Client()
    client.force_login(person)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    return client.get(f"/api/v1/cases/{case.pk}/").json(), page


WRITTEN = re.compile(r'<section class="section" aria-labelledby="written">.*?</section>', re.S)
"""The part of the page that holds what the ladder says and what people wrote."""


def test_an_open_case_of_a_running_cycle_renders_the_old_text_to_the_letter(cast, edda, pavel):
    cycle = running(cast)
    case = stories.draft(cast)
    pins = list(Participation.objects.filter(cycle=cycle).values_list("person", "pinned_version"))
    people = (cast.maya, cast.carl, cast.hana, cast.sam)
    before = [read(case, person) for person in people]

    second(cast, edda, pavel)

    for person, (payload, page) in zip(people, before, strict=True):
        now, shown = read(case, person)
        assert now["newer_version"]["number"] == "2.0.0"
        assert "This case keeps version 1.0.0; 2.0.0 is published." in shown
        assert "keeps version" not in page
        assert WRITTEN.search(shown)[0] == WRITTEN.search(page)[0]
        assert story.RAISED not in json.dumps(now)
        now["newer_version"], now["pinned_version"]["state"] = None, "published"
        now["actions"] = [row for row in now["actions"] if row["name"] != "repin"]
        assert now == payload
    after = Participation.objects.filter(cycle=cycle).values_list("person", "pinned_version")
    assert list(after) == pins


def test_hr_moves_a_case_with_every_word_and_piece(cast, edda, pavel):
    case = stories.draft(cast)
    before = read(case, cast.hana)[0]
    version = second(cast, edda, pavel)

    cases.repin(case, by=cast.hana, reason="Both sides asked for it.")

    now = read(case, cast.hana)[0]
    assert "/versions/2.0.0/" in now["target_level"]["page_url"]
    assert now["pinned_version"]["id"] == version.pk
    assert now["newer_version"] is None
    assert story.RAISED in json.dumps(now["parts"])
    assert _words(now) == _words(before)
    assert now["version"] == before["version"] + 1
    said = Event.objects.about(case).get(verb="case.repin")
    assert (said.data["was"], said.data["now"]) == ("1.0.0", "2.0.0")
    assert said.data["reason"] == "Both sides asked for it."


def _words(payload):
    parts = {
        one["competency"]["key"]: (one["text"], one["attachments"]) for one in payload["parts"]
    }
    return parts, payload["statement"], payload["own_section"]


def test_only_hr_moves_a_case_before_the_freeze_with_a_reason_to_another_text(cast, edda, pavel):
    case = stories.draft(cast)
    with pytest.raises(Conflict, match="on the published version"):
        cases.repin(case, by=cast.hana, reason="Why not.")
    second(cast, edda, pavel)
    with pytest.raises(Forbidden):
        cases.repin(case, by=cast.maya, reason="Mine.")
    with pytest.raises(Invalid):
        cases.repin(case, by=cast.hana, reason=" ")


def test_a_part_that_is_not_expected_any_more_keeps_its_text_where_it_is(cast, edda, pavel):
    case = stories.draft(cast)
    part = case.pinned_version.competencies.get(key=story.COMPETENCY)
    piece = evidence.add(
        by=cast.carl, what="One more", happened_on=story.day(-9), competencies=[part.key]
    )
    texts.attach(case, piece, by=cast.carl, competency=part)
    version = drafts.copy_of(case.pinned_version, by=edda)
    gone = [{"state": "not_applicable"}]
    drafts.write_cell(version, story.COMPETENCY, story.LEVEL, gone, by=edda)
    versions.review(version, by=edda)
    versions.approve(version, by=pavel)
    publications.publish(version, by=pavel)

    texts.write_section(case, part, by=cast.maya, text="What nobody may lose.")
    with pytest.raises(Conflict, match="expects nothing of “"):
        cases.repin(case, by=cast.hana, reason="It must be.")

    texts.write_section(case, part, by=cast.maya, text="")
    cases.repin(case, by=cast.hana, reason="It must be.")
    row = case.attachments.get(evidence=piece)
    assert row.competency is None


@pytest.mark.parametrize("door", ["page", "API"])
def test_a_case_is_moved_through_both_doors(cast, edda, pavel, door):
    case = stories.draft(cast)
    second(cast, edda, pavel)
    client = Client()
    client.force_login(cast.hana)
    address = f"/cases/{case.pk}/repin/"
    if door == "page":
        page = client.get(address).content.decode()
        assert "From 1.0.0 to 2.0.0" in page
        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"reason": "Both asked."}).status_code == 302
        assert client.post(address, {"reason": "Again."}).status_code == 409
    else:
        address = f"/api/v1{address}"
        assert client.post(address, {}, content_type="application/json").status_code == 400
        answer = client.post(address, {"reason": "Both."}, content_type="application/json")
        assert answer.json()["pinned_version"]["number"] == "2.0.0"
        again = client.post(address, {"reason": "Again."}, content_type="application/json")
        assert again.status_code == 409
