"""Input that no form would send: it is refused with its field, and nothing breaks."""

import base64
import datetime

import pytest
from django.test import Client
from django.utils import timezone

from assessments.actions import cycles, decisions
from assessments.models import Cycle, Phase
from people.refusals import Invalid
from tests import cast as story

API = "/api/v1/cases/"
NESTED = "[" * 100_000


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("cursor", ["zzzz", base64.b64encode(b"p=%00").decode()])
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/cases/", 400),
        ("/api/v1/people/", 400),
        ("/api/v1/cycles/", 400),
        ("/people/", 422),
        ("/inbox/", 422),
        ("/cycles/", 422),
    ],
)
def test_a_cursor_that_was_not_given_out_is_bad_input(cast, address, status, cursor):
    assert signed_in(cast.hana).get(address, {"cursor": cursor}).status_code == status


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "once"}])
def test_json_without_an_end_is_bad_input(cast, headers):
    client = signed_in(cast.maya)
    answer = client.post(API, NESTED, content_type="application/json", headers=headers)

    assert answer.status_code == 400
    assert "nested too deeply" in answer.json()["detail"]


def test_a_key_that_cannot_be_is_bad_input(cast):
    address = f"/api/v1/people/{cast.carl.pk}/evidence/?competency=%00craft"
    answer = signed_in(cast.carl).get(address)

    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"competency"}


@pytest.mark.parametrize("name", ["attach", "detach"])
def test_an_endless_number_attaches_nothing(cast, name):
    case = story.draft(cast)
    address = f"/cases/{case.pk}/edit/?part=statement"

    assert signed_in(cast.maya).post(address, {name: "9" * 5_000}).status_code == 302


def test_a_report_of_the_year_one_is_bad_input(cast):
    answer = signed_in(cast.hana).get("/api/v1/reports/promotion-rate/?as_of=0001-01-01")

    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"as_of"}


@pytest.mark.parametrize("year", [1, 206, 2206, 9999])
def test_a_slip_of_the_keyboard_promotes_nobody(cast, year):
    case = story.recommended(cast)
    day = datetime.date(year, 12, 31)

    with pytest.raises(Invalid) as refusal:
        decisions.approve(case, by=cast.vera, effective_on=day)

    assert set(refusal.value.errors) == {"effective_on"}
    assert story.fresh(case).state == "recommended"


def test_nobody_is_promoted_from_a_day_before_they_stood_anywhere(cast):
    case = story.recommended(cast)
    before = story.LONG_AGO - datetime.timedelta(days=1)

    with pytest.raises(Invalid, match="stood on no level then"):
        decisions.approve(case, by=cast.vera, effective_on=before)
    decisions.approve(case, by=cast.vera, effective_on=story.LONG_AGO)

    assert story.fresh(case).state == "decided"


@pytest.mark.parametrize("year", [1, 9999])
def test_a_cycle_lies_in_days_that_can_be_counted(cast, year):
    today, far = timezone.localdate(), datetime.date(year, 12, 31)
    usual = cycles.Dates(Phase.Kind.NOMINATIONS, today, today, today)
    with pytest.raises(Invalid):
        cycles.create("Far", by=cast.hana, period=(far, far), phases=[usual])
    odd = cycles.Dates(Phase.Kind.NOMINATIONS, far, far, far)
    with pytest.raises(Invalid):
        cycles.create("Far", by=cast.hana, period=(today, today), phases=[odd])

    cycle = cycles.create("Near", by=cast.hana, period=(today, today), phases=[usual])
    cycles.announce(cycle, by=cast.hana)
    last = datetime.date(9999, 12, 31)
    with pytest.raises(Invalid):
        cycles.extend(cycle, by=cast.hana, kind="nominations", due_on=last, reason="More time.")

    assert Cycle.objects.get().phases.get().due_on == today
