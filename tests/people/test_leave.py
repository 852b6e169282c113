"""A leave is recorded, corrected, ended and withdrawn by HR; what was said before is kept."""

from __future__ import annotations

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from people.actions import leaves
from people.models import Event, Leave
from people.refusals import Conflict, Invalid
from tests.assessments.pages import Browser, said

pytestmark = pytest.mark.django_db
D = datetime.date
DAYS = {"since": D(2026, 3, 2), "back_on": D(2026, 6, 1)}


@pytest.fixture(params=["page", "API"])
def press(request, cast):
    """`press(person, path, **fields)`: the status of one POST, through either door."""

    def post(person, path, **fields):
        client = Browser(person).client
        if request.param == "page":
            path = path.replace("/leaves/", "/leave/") if path.startswith("/people/") else path
            return client.post(path, fields).status_code
        api = client.post(f"/api/v1{path}", fields, content_type="application/json")
        return {201: 302, 200: 302, 400: 422}.get(api.status_code, api.status_code)

    return post


def standing(person):
    return [
        (row.kind, row.since, row.until) for row in Leave.objects.known_at().filter(person=person)
    ]


def test_hr_records_corrects_ends_and_withdraws_a_leave(cast, press):
    carl, hana = cast.carl, cast.hana
    path = f"/people/{carl.pk}/leaves/"
    assert press(hana, path, kind="parental", since="2026-03-02") == 302
    first = Leave.objects.get(person=carl)
    assert (first.until, first.stops_clock, first.recorded_by) == (None, True, hana)

    fixed = {"kind": "parental", "since": "2026-03-09", "reason": "It began a week later."}
    assert press(hana, f"/leaves/{first.pk}/correction/", **fixed) == 302
    assert press(hana, f"/leaves/{first.pk}/correction/", **fixed) == 409
    second = Leave.objects.known_at().get(person=carl)
    assert press(hana, f"/leaves/{second.pk}/return/", back_on="2026-05-04") == 302
    assert standing(carl) == [("parental", D(2026, 3, 9), D(2026, 5, 4))]

    third = Leave.objects.known_at().get(person=carl)
    assert press(hana, f"/leaves/{third.pk}/withdrawal/", reason="") == 422
    assert press(hana, f"/leaves/{third.pk}/withdrawal/", reason="It was somebody else.") == 302
    assert standing(carl) == []
    assert Leave.objects.filter(person=carl).count() == 3
    told = Event.objects.filter(verb__startswith="leave.").order_by("pk")
    verbs = ["leave.record", "leave.correct", "leave.come_back", "leave.withdraw"]
    assert [event.verb for event in told] == verbs
    assert "parental" not in str([event.data for event in told])


def test_a_leave_that_makes_no_sense_is_refused_at_its_field(cast, press):
    path = f"/people/{cast.carl.pk}/leaves/"

    assert press(cast.hana, path, kind="sick", since="2026-03-02", back_on="2026-03-02") == 422
    assert press(cast.hana, path, kind="golf", since="2026-03-02") == 422
    assert press(cast.hana, path, kind="sick", since="") == 422
    assert press(cast.hana, path, kind="sick", since="2026-03-02") == 302
    assert press(cast.hana, path, kind="care", since="2026-09-01") == 409


def test_only_hr_records_leave_and_nobody_their_own(cast, press):
    own, path = f"/people/{cast.hana.pk}/leaves/", f"/people/{cast.carl.pk}/leaves/"
    asked = {"kind": "sick", "since": "2026-03-02"}

    assert press(cast.hana, own, **asked) == 403
    assert press(cast.carl, path, **asked) == 403
    for other in (cast.maya, cast.sam, cast.noor, cast.ada, cast.otto):
        assert press(other, path, **asked) == 404


def test_nobody_changes_a_leave_that_is_their_own_or_that_they_do_not_see(cast, press):
    theirs = leaves.record(cast.carl, by=cast.hana, kind="sick", **DAYS)
    own = leaves.record(cast.hana, by=None, kind="sick", **DAYS)
    why = {"reason": "It suits me better."}
    for move, asked in {
        "correction": {"kind": "sick", "since": "2026-03-03", **why},
        "return": {"back_on": "2026-04-01"},
        "withdrawal": why,
    }.items():
        assert press(cast.carl, f"/leaves/{theirs.pk}/{move}/", **asked) == 403
        assert press(cast.hana, f"/leaves/{own.pk}/{move}/", **asked) == 403
        assert press(cast.maya, f"/leaves/{theirs.pk}/{move}/", **asked) == 404

    assert Leave.objects.filter(superseded_at=None).count() == Leave.objects.count() == 2


def test_a_leave_is_seen_by_the_person_and_hr_and_nobody_else(cast):
    leaves.record(cast.carl, by=cast.hana, kind="sabbatical", reason="quokka-note", **DAYS)
    row = Leave.objects.get(person=cast.carl)
    for reader, sees in {
        "carl": 200,
        "hana": 200,
        "maya": 404,
        "sam": 404,
        "noor": 404,
        "ada": 404,
    }.items():
        browser = Browser(getattr(cast, reader))
        page = browser.get(f"/people/{cast.carl.pk}/leave/", sees)
        api = browser.get(f"/api/v1/people/{cast.carl.pk}/leaves/", sees)
        assert ("quokka-note" in said(page)) == ("quokka-note" in said(api)) == (sees == 200)
        move = {"carl": 403, "hana": 200}.get(reader, 404)
        browser.get(f"/leaves/{row.pk}/correction/", move)


def test_what_applies_was_fixed_when_it_was_recorded(cast):
    once = {"valid": (D(2025, 3, 1), D(2025, 6, 1)), "stops_clock": False}
    old = Leave.objects.create(person=cast.carl, kind="sabbatical", **once)

    later = leaves.come_back(old, by=cast.hana, back_on=D(2025, 5, 1))
    other = leaves.record(cast.fred, by=cast.hana, kind="sabbatical", **DAYS)

    assert (later.stops_clock, other.stops_clock) == (False, True)


def test_what_is_true_already_is_not_said_again(cast):
    leave = leaves.record(cast.carl, by=None, kind="parental", **DAYS)
    same = {"kind": "parental", "reason": "Looked again.", **DAYS}

    assert leaves.correct(leave, by=cast.hana, **same) == leave
    assert leaves.come_back(leave, by=cast.hana, back_on=DAYS["back_on"]) == leave
    assert Leave.objects.count() == 1


def test_another_kind_brings_its_own_rule_and_has_to_be_one_with_a_reason(cast):
    leave = leaves.record(cast.carl, by=None, kind="parental", **DAYS)
    with pytest.raises(Invalid, match="Say why"):
        leaves.correct(leave, by=cast.hana, kind="reduced", reason="  ", **DAYS)
    with pytest.raises(Invalid, match="not a kind of leave"):
        leaves.correct(leave, by=cast.hana, kind="golf", reason="He plays.", **DAYS)
    fixed = leaves.correct(leave, by=cast.hana, kind="reduced", reason="He works.", **DAYS)

    assert (fixed.stops_clock, fixed.pauses_reminders) == (False, False)


def test_the_database_refuses_two_leaves_at_once_and_keeps_every_row(cast):
    leave = leaves.record(cast.carl, by=None, kind="care", **DAYS)
    with pytest.raises(Conflict, match="already on leave from 2 March 2026"):
        leaves.record(cast.carl, by=None, kind="sick", since=D(2026, 5, 31))
    overlap = Leave(person=cast.carl, kind="sick", valid=(D(2026, 5, 31), None))
    with pytest.raises(IntegrityError, match="one leave at a time"), transaction.atomic():
        overlap.save()
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        leave.delete()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Leave.objects.filter(pk=leave.pk).update(kind="sick")
    leaves.record(cast.carl, by=None, kind="sick", since=D(2026, 6, 1))
    assert len(standing(cast.carl)) == 2


def test_nobody_is_on_leave_after_they_left(cast):
    cast.carl.left_on = D(2026, 1, 31)
    cast.carl.save()

    with pytest.raises(Conflict, match="left on 31 January 2026"):
        leaves.record(cast.carl, by=None, kind="sick", **DAYS)
    leaves.record(cast.carl, by=None, kind="sick", since=cast.carl.left_on)


def test_several_people_are_on_leave_on_the_same_days(cast):
    for person in (cast.carl, cast.fred):
        leaves.record(person, by=None, kind="sick", **DAYS)

    assert standing(cast.carl) == standing(cast.fred)
