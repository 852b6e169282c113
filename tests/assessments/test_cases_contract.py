"""A page about a case shows what the API answers the same person, to the letter."""

import json

import pytest
from django.test import Client
from rest_framework.renderers import JSONRenderer

from assessments.serializers.case import Case, Row
from tests import cast as story

STAGES = ("draft", "gathering", "in_review", "recommended", "scheduled")


@pytest.mark.parametrize("stage", STAGES)
def test_the_context_of_the_page_is_the_payload_of_the_api(cast, stage):
    case = story.STAGES[stage](cast)
    compared = 0
    for person in cast.everybody().values():
        browser = Client()
        browser.force_login(person)
        answer = browser.get(f"/api/v1/cases/{case.pk}/")
        page = browser.get(f"/cases/{case.pk}/")
        assert answer.status_code == page.status_code
        if answer.status_code == 404:
            continue
        shown = json.loads(JSONRenderer().render(page.context["case"]))
        assert shown == answer.json(), person.name
        compared += 1

    assert compared >= 6


def test_the_list_of_the_page_is_the_list_of_the_api(cast):
    story.in_review(cast)
    for person in (cast.maya, cast.carl, cast.petra, cast.hana):
        browser = Client()
        browser.force_login(person)
        rows = browser.get("/cases/?state=all").context["cases"]

        shown = json.loads(JSONRenderer().render(rows))

        assert shown == browser.get("/api/v1/cases/").json()["results"]


def test_the_shape_that_is_declared_is_the_shape_that_is_answered(cast):
    case = story.draft(cast)
    browser = Client()
    browser.force_login(cast.maya)

    one = browser.get(f"/api/v1/cases/{case.pk}/").json()
    [row] = browser.get("/api/v1/cases/").json()["results"]

    assert set(one) == set(Case().fields)
    assert set(row) == set(Row().fields)
