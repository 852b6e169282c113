"""Headcounts by track say what a fresh count says, by whatever way somebody came to stand anew."""

from __future__ import annotations

import datetime

import pytest
from django.db.models import Sum
from django.utils import timezone

from ladders.actions import headcounts, placements, rehires, relevels
from ladders.models import Placement
from people.actions import people
from people.models import Headcount

pytestmark = pytest.mark.django_db


def counted():
    """People below each leader, of each kind: its rows added up."""
    rows = Headcount.objects.values("leader", "kind").annotate(number=Sum("people"))
    return {(row["leader"], row["kind"]): row["number"] for row in rows if row["number"]}


def test_headcounts_follow_every_way_in_which_a_placement_changes(cast):
    today = timezone.localdate()
    senior, staff = cast.levels["senior-engineer"], cast.levels["staff-engineer"]
    headcounts.recount(today)

    def placed():
        placements.place(cast.carl, staff, by=None, on=today, kind="promotion")

    def corrected():
        wrong = Placement.objects.as_of(today).get(person=cast.carl)
        placements.correct(wrong, by=None, level=senior, reason="It was another.")

    def relevelled():
        relevels.relevel(by=None, on=today, people={cast.stella: staff}, reason="New.")

    def rehired():
        people.leave(cast.stella, by=None, on=today - datetime.timedelta(days=2))
        rehires.rehire(
            cast.stella, by=None, on=today, level=senior, manager=cast.maya, reason="Back."
        )

    for change in (placed, corrected, relevelled, rehired):
        before = counted()
        change()
        kept = counted()
        headcounts.recount(today)
        assert kept == counted() != before, change.__name__
