"""A page's context is the payload of the API, for every reader at every stage."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.renderers import JSONRenderer

from assessments.models import PromotionCase
from tests.assessments.calls import Caller
from tests.assessments.pages import Browser
from tests.cast import STAGES, Cast

MOST = 18  # queries of a case's page, session and person counted in
READERS = ("carl", "maya", "sam", "hana", "petra", "paul", "vera", "noor")


@pytest.mark.parametrize("stage", STAGES)
def test_page_and_api_show_the_same_case(cast: Cast, stage) -> None:
    case = STAGES[stage](cast)
    for person in (getattr(cast, name) for name in READERS):
        if not PromotionCase.objects.visible_to(person).filter(pk=case.pk).exists():
            continue
        browser = Browser(person)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = browser.get(f"/cases/{case.pk}/").context["case"]
        shown = json.loads(JSONRenderer().render(page))
        told = Caller(person).get(f"cases/{case.pk}/").json()
        assert shown == told, person
        assert len(queries) <= MOST, [query["sql"][:90] for query in queries]
