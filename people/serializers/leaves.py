"""The leaves of one person as both doors show them, and what they take."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from people import policies
from people.leaves import Rule
from people.models import Leave as Row
from people.models import Person
from people.serializers.strict import Input


class New(Input):
    """A leave to record; `back_on` is the first day back, left out while it is not known."""

    kind = serializers.ChoiceField(choices=Row.Kind.choices)
    since = serializers.DateField()
    back_on = serializers.DateField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class Correction(New):
    """What is really true, whole, and why."""

    reason = serializers.CharField(max_length=500)


class Return(Input):
    """The first day back."""

    back_on = serializers.DateField()


class Withdrawal(Input):
    """Why the leave never was."""

    reason = serializers.CharField(max_length=500)


class Leave(serializers.Serializer):
    """One leave, as it stands or as it once was said."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Row.Kind.choices)
    kind_label = serializers.CharField()
    since = serializers.DateField()
    back_on = serializers.DateField(allow_null=True)
    now = serializers.BooleanField()
    stops_clock = serializers.BooleanField()
    pauses_reminders = serializers.BooleanField()
    means = serializers.CharField()
    reason = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    recorded_by = serializers.CharField(allow_null=True)
    superseded_at = serializers.DateTimeField(allow_null=True)
    moves = serializers.ListField(child=serializers.DictField())


class Leaves(serializers.Serializer):
    """Everything about the leaves of one person: what stands, and what was said before."""

    url = serializers.CharField()
    page_url = serializers.CharField()
    is_you = serializers.BooleanField()
    person = serializers.DictField()
    may_record = serializers.BooleanField()
    why_not = serializers.CharField()
    results = Leave(many=True)
    earlier = Leave(many=True)
    audience = serializers.DictField()


def present(
    person: Person, rows: Iterable[Row], reader: Person, today: datetime.date
) -> dict[str, Any]:
    """The payload of `GET /people/{id}/leaves/`; `rows` come newest first, with who recorded."""
    may = policies.record_leave(reader, person)
    said = [_leave(row, today, may=bool(may)) for row in rows]
    return {
        "url": reverse("api-people:leaves", args=[person.pk]),
        "page_url": reverse("people:leave", args=[person.pk]),
        "is_you": reader.pk == person.pk,
        "person": {"id": person.pk, "name": person.name},
        "may_record": bool(may),
        "why_not": "" if may else may.reason,
        "results": [row for row in said if row["superseded_at"] is None],
        "earlier": [row for row in said if row["superseded_at"] is not None],
        "audience": _audience(person, reader),
    }


def one(row: Row, reader: Person, today: datetime.date) -> dict[str, Any]:
    """One leave, as an answer to what was done to it."""
    return _leave(row, today, may=bool(policies.record_leave(reader, row.person)))


def _leave(row: Row, today: datetime.date, *, may: bool) -> dict[str, Any]:
    stands = row.superseded_at is None
    return {
        "id": row.pk,
        "kind": row.kind,
        "kind_label": row.get_kind_display(),
        "since": row.since,
        "back_on": row.until,
        "now": stands and row.since <= today and (row.until is None or today < row.until),
        "stops_clock": row.stops_clock,
        "pauses_reminders": row.pauses_reminders,
        "means": Rule(row.stops_clock, row.pauses_reminders).means,
        "reason": row.reason,
        "recorded_at": row.recorded_at,
        "recorded_by": row.recorded_by.name if row.recorded_by else None,
        "superseded_at": row.superseded_at,
        "moves": _moves(row) if stands and may else [],
    }


def _moves(row: Row) -> list[dict[str, str]]:
    """What may be done to a leave that stands: the same noun at both doors."""
    nouns = {"return": "Say when back", "correction": "Correct", "withdrawal": "Withdraw"}
    return [
        {
            "name": noun,
            "label": label,
            "url": reverse(f"api-people:leave-{noun}", args=[row.pk]),
            "page_url": reverse(f"people:leave-{noun}", args=[row.pk]),
        }
        for noun, label in nouns.items()
    ]


def _audience(person: Person, reader: Person) -> dict[str, Any]:
    you = reader.pk == person.pk
    whose = "your" if you else "the"
    rows = [
        ("You" if you else person.name, "", "Everything on this page."),
        ("Human resources", "", "Everything on this page."),
        (
            "Manager",
            f"{whose} manager of today",
            "Only that you are away and when you are back, while you are away."
            if you
            else "Only that somebody is away and when they are back, while they are away.",
        ),
    ]
    return {
        "readers": [dict(zip(("who", "relation", "sees"), row, strict=True)) for row in rows],
        "note": "Nobody else learns of a leave. No message and no report names one.",
    }
