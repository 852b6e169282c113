"""Rows with many joins are found one at a time without LIMIT, as if by Django's own `get`."""

import pytest
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import PromotionCase
from tests import cast as story


def test_one_case_is_asked_for_without_a_limit(cast):
    case = story.draft(cast)
    with CaptureQueriesContext(connection) as asked:
        assert PromotionCase.objects.for_display().get(pk=case.pk) == case
    assert "LIMIT" not in asked[0]["sql"].partition(' FROM "assessments_promotioncase"')[2]


def test_none_and_two_are_told_as_ever(cast):
    with pytest.raises(ObjectDoesNotExist):
        PromotionCase.objects.get(pk=1)
    story.draft(cast)
    cast.carl = cast.fred
    story.draft(cast, target=cast.levels["senior-engineer"])
    with pytest.raises(MultipleObjectsReturned):
        PromotionCase.objects.get(owner=cast.maya)
    with pytest.raises(PromotionCase.DoesNotExist):
        cast.maya.owned_cases.get(candidate=cast.stella)
