"""Who hears of a text in the making and of a published one: what to know, and a link."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import notifications
from assessments.actions import cases, publications
from assessments.models import Notification
from ladders.actions import drafts, versions
from people.actions import people
from people.models import Event
from tests import cast as stories
from tests.assessments import publishing_story as story
from tests.assessments.publishing_story import day, running


@pytest.fixture(autouse=True)
def nothing_is_waiting(cast):
    notifications.deliver()


def lines(version, verb):
    """Who was told what of the newest event."""
    notifications.deliver()
    event = Event.objects.about(version).filter(verb=f"version.{verb}").first()
    rows = Notification.objects.filter(event=event).select_related("person")
    return {row.person.name: row.text for row in rows}


def paths(version, verb):
    event = Event.objects.about(version).filter(verb=f"version.{verb}").first()
    return set(Notification.objects.filter(event=event).values_list("path", flat=True))


def test_whoever_may_approve_is_asked_but_no_author(cast, edda, pavel):
    version = story.draft(cast, edda)
    drafts.edit(version, "framework", "framework", {"licence": "MIT"}, by=cast.henry)
    versions.review(version, by=edda)
    assert set(lines(version, "review")) == {"Pavel Writer", "Hana HR"}
    assert paths(version, "review") == {
        f"/ladders/software-engineering/versions/{version.number}/publishing/"
    }


def test_nobody_is_asked_when_it_is_approved_by_then(cast, edda, pavel):
    assert lines(story.approved(cast, edda, pavel), "review") == {}


def test_the_writer_hears_of_the_answer_while_they_work_on_ladders(cast, edda, pavel):
    version = story.approved(cast, edda, pavel)
    assert set(lines(version, "approve")) == {"Edda Writer"}
    versions.send_back(version, by=pavel, reason="A secret reason.")
    said = lines(version, "return")
    assert set(said) == {"Edda Writer"}
    assert "secret" not in said["Edda Writer"]

    versions.review(story.fresh(version), by=edda)
    versions.send_back(story.fresh(version), by=pavel, reason="Again.")
    people.set_roles(edda, by=None, roles=[])
    assert lines(version, "return") == {}


def test_people_at_a_raised_level_and_managers_of_open_cases_hear_of_a_publication(
    cast, edda, pavel
):
    stories.draft(cast)
    version = publications.publish(story.approved(cast, edda, pavel), by=pavel)
    said = lines(version, "publish")
    assert set(said) == {"Otto Other", "Maya Manager"}
    assert said["Otto Other"].endswith("Something at your level is new or raised.")
    assert "keeps the text" in said["Maya Manager"]
    assert "Carl" not in str(said)
    assert paths(version, "publish") == {"/ladders/software-engineering/versions/2.0.0/changes/"}


def test_whoever_stands_there_and_leads_a_case_is_told_once(cast, edda, pavel):
    cases.open_case(cast.stella, cast.levels["staff-engineer"], by=cast.paul)
    version = drafts.copy_of(cast.levels["engineer"].version, by=edda)
    cell = [{"summary": story.RAISED}]
    level = "senior-engineering-manager"
    drafts.write_cell(version, story.COMPETENCY, level, cell, by=edda)
    versions.review(version, by=edda)
    versions.approve(version, by=pavel)
    version = publications.publish(version, by=pavel)
    said = lines(version, "publish")
    assert set(said) == {"Paul Panel", "Sam Skip"}
    assert "and a case that you lead" in said["Paul Panel"]


def test_nobody_hears_of_a_patch(cast, edda, pavel):
    stories.draft(cast)
    version = publications.publish(story.approved(cast, edda, pavel, size="patch"), by=pavel)
    assert lines(version, "publish") == {}


def test_who_planned_the_day_and_hr_hear_that_the_clock_was_refused(cast, edda, pavel):
    version = story.approved(cast, edda, pavel)
    publications.publish(version, by=pavel, on=day(3))
    running(cast)
    story.come(version)
    publications.publish_due(day(0))
    assert set(lines(version, "hold")) == {"Pavel Writer", "Hana HR", "Henry HR"}


def test_a_publication_is_told_in_as_many_statements_for_few_as_for_many(cast, edda, pavel):
    from tests.test_queries import crowd

    def costs():
        Event.objects.about(version).filter(verb="version.publish").update(handled_at=None)
        Notification.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            notifications.deliver()
        return len(queries)

    cast.levels["senior-engineer"] = cast.levels["staff-engineer"]
    version = publications.publish(story.approved(cast, edda, pavel), by=pavel)
    notifications.deliver()
    few = costs()
    crowd(cast, 0, 30)
    assert costs() == few
    assert Notification.objects.filter(text__contains="raised").count() > 30
