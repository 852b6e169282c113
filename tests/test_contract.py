"""The page shows what the API answers: one payload, two doors; and the API's schema is kept."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from rest_framework.utils.encoders import JSONEncoder

from assessments import notifications
from assessments.actions import accesses, growth
from assessments.models import PromotionCase
from ladders.actions import drafts
from people.actions import delegations, leaves
from tests import cast as story
from tests.assessments import move_story
from tests.test_queries import a_cycle

# page → (what the API has at the same time, who looks)
PAIRS = {
    "/cases/{case}/": ("/api/v1/cases/{case}/", ["maya", "carl", "hana", "sam", "petra", "vera"]),
    "/cases/?state=all": ("/api/v1/cases/", ["maya", "hana", "petra"]),
    "/people/{carl}/track/": ("/api/v1/people/{carl}/track/", ["maya", "hana"]),
    "/track/": ("/api/v1/people/{carl}/track/", ["carl"]),
    "/moves/{move}/": ("/api/v1/moves/{move}/", ["otto", "sam", "hana", "paul"]),
    "/moves/pulses/{pulse}/": ("/api/v1/moves/pulses/{pulse}/", ["ulla"]),
    "/moves/": ("/api/v1/moves/", ["otto", "hana"]),
    "/track/weigh/": ("/api/v1/moves/weighing/", ["otto", "maya"]),
    "/people/{carl}/growth-talks/": (
        "/api/v1/people/{carl}/growth-talks/",
        ["carl", "maya", "hana"],
    ),
    "/people/{carl}/leave/": ("/api/v1/people/{carl}/leaves/", ["carl", "hana"]),
    "/people/{carl}/": ("/api/v1/people/{carl}/", ["maya", "stella"]),
    "/people/": ("/api/v1/people/", ["maya"]),
    "/people/{carl}/records/": ("/api/v1/people/{carl}/records/", ["hana", "carl", "maya"]),
    "/organisation/": ("/api/v1/organisation/", ["hana", "stella"]),
    "/organisation/{carl}/": ("/api/v1/organisation/{carl}/", ["maya"]),
    "/organisation/?q=Carl": ("/api/v1/organisation/?q=Carl", ["maya"]),
    "/cycles/{cycle}/": ("/api/v1/cycles/{cycle}/progress/", ["hana", "carl"]),
    "/cycles/": ("/api/v1/cycles/", ["hana", "carl"]),
    "/ladders/": ("/api/v1/ladders/", ["carl"]),
    "/ladders/software-engineering/": (
        "/api/v1/ladders/software-engineering/versions/1.0.0/",
        ["carl", "hana"],
    ),
    "/ladders/software-engineering/versions/draft-2/": (
        "/api/v1/ladders/software-engineering/versions/draft-2/",
        ["hana"],
    ),
    "/ladders/software-engineering/versions/draft-2/edit/": (
        "/api/v1/ladders/software-engineering/versions/draft-2/readiness/",
        ["hana"],
    ),
    "/ladders/?drafts": ("/api/v1/ladders/drafts/", ["hana"]),
    "/ladders/software-engineering/versions/1.0.0/publishing/": (
        "/api/v1/ladders/software-engineering/versions/1.0.0/publication/",
        ["hana"],
    ),
    "/ladders/comparison/?{two}": (
        "/api/v1/ladders/comparison/?{two}",
        ["carl"],
    ),
    "/ladders/software-engineering/versions/": (
        "/api/v1/ladders/software-engineering/versions/",
        ["carl"],
    ),
    "/ladders/software-engineering/versions/1.0.0/changes/": (
        "/api/v1/ladders/software-engineering/versions/1.0.0/diff/",
        ["carl"],
    ),
    "/feedback/": ("/api/v1/feedback/", ["fred"]),
    "/inbox/": ("/api/v1/notifications/", ["maya", "carl"]),
    "/account/delegations/": ("/api/v1/delegations/", ["maya", "otto", "hana"]),
    "/account/privacy/": ("/api/v1/me/privacy/", ["carl", "maya"]),
    "/cases/{case}/accesses/": ("/api/v1/cases/{case}/accesses/", ["hana"]),
    "/evidence/": ("/api/v1/people/{carl}/evidence/", ["carl"]),
    "/reports/": ("/api/v1/reports/", ["hana"]),
    "/search/?q=Carl": ("/api/v1/search/?q=Carl", ["maya", "carl"]),
}
TWO_LEVELS = "left=software-engineering:engineer&right=software-engineering:staff-engineer"
CHANGING = {"generated_at", "known_at"}
SCHEMA = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"


@pytest.fixture
def places(cast):
    """A story with something on every page, and the numbers in the addresses."""
    cycle = a_cycle()
    case = story.recommended(cast)
    accesses.note(PromotionCase.objects.for_display().get(pk=case.pk), by=cast.maya, door="page")
    move = move_story.proposed(move_story.of(cast, cast.otto))
    pulse = move_story.asked(move_story.of(cast, cast.stella))
    today = timezone.localdate()
    days = {"first_on": today, "last_on": today}
    delegations.offer(cast.maya, cast.otto, by=cast.maya, kinds=["submit"], **days)
    notifications.deliver()
    days = {"since": datetime.date(2025, 1, 1), "back_on": datetime.date(2025, 2, 1)}
    growth.note(cast.carl, by=cast.maya, held_on=days["since"])
    leaves.record(cast.carl, by=cast.hana, kind="holiday", **days)
    drafts.copy_of(case.pinned_version, by=cast.hana)
    return cast, {
        "case": case.pk,
        "move": move.pk,
        "pulse": pulse.pk,
        "carl": cast.carl.pk,
        "cycle": cycle.pk,
        "two": TWO_LEVELS,
    }


@pytest.mark.parametrize("page", PAIRS)
def test_the_page_shows_what_the_api_answers(places, page):
    cast, numbers = places
    endpoint, readers = PAIRS[page]
    for who in readers:
        client = Client()
        client.force_login(getattr(cast, who))
        shown = client.get(page.format(**numbers))
        answered = client.get(endpoint.format(**numbers))

        assert (shown.status_code, answered.status_code) == (200, 200), who
        payload = answered.json()
        payload = payload.get("results", payload)
        assert payload, (who, "nothing to compare")
        assert any(_holds(value, payload) for value in _values(shown)), (who, page)


def _values(response) -> list[Any]:
    found: list[Any] = []
    for layer in response.context:
        for part in getattr(layer, "dicts", [layer]):
            found += [_plain(value) for value in part.values() if isinstance(value, dict | list)]
    return [value.get("results", value) if isinstance(value, dict) else value for value in found]


def _plain(value: Any) -> Any:
    """As the API would write it; what cannot be written is no payload."""
    try:
        return json.loads(json.dumps(value, cls=JSONEncoder))
    except (TypeError, ValueError):
        return None


def _holds(shown: Any, payload: Any) -> bool:
    """True when the page's value is the payload, perhaps with links of its own beside it."""
    if isinstance(payload, dict) and isinstance(shown, dict):
        keys = payload.keys() - CHANGING
        return keys <= shown.keys() and all(_holds(shown[key], payload[key]) for key in keys)
    if isinstance(payload, list) and isinstance(shown, list):
        return len(shown) == len(payload) and all(map(_holds, shown, payload))
    return shown == payload


def test_the_schema_in_the_repository_is_the_one_the_api_has(tmp_path):
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", "--file", str(fresh))

    assert fresh.read_text() == SCHEMA.read_text(), "run make schema and look at the difference"
