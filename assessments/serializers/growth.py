"""The growth talks of one person as both doors show them: days, and who noted them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from assessments import growth_policies
from assessments.models import GrowthTalk as Row
from assessments.serializers import links
from people.models import Person
from people.serializers.strict import Input


class New(Input):
    """The day on which the two talked."""

    held_on = serializers.DateField()


class GrowthTalk(serializers.Serializer):
    """One talk."""

    id = serializers.IntegerField()
    held_on = serializers.DateField()
    recorded_by = serializers.CharField()
    withdrawal_url = serializers.CharField(allow_blank=True)
    withdrawal_page_url = serializers.CharField(allow_blank=True)


class GrowthTalks(serializers.Serializer):
    """All talks of one person, latest first."""

    url = serializers.CharField()
    page_url = serializers.CharField()
    is_you = serializers.BooleanField()
    person = serializers.DictField()
    may_note = serializers.BooleanField()
    results = GrowthTalk(many=True)
    audience = serializers.DictField()


def present(person: Any, rows: Iterable[Row], reader: Person) -> dict[str, Any]:
    """The payload of `GET /people/{id}/growth-talks/`; `person` comes with their current line."""
    return {
        "url": links.api("growth-talks", person.pk),
        "page_url": links.page("growth-talks", person.pk),
        "is_you": reader.pk == person.pk,
        "person": {"id": person.pk, "name": person.name},
        "may_note": bool(growth_policies.note(reader, person)),
        "results": [one(row, reader) for row in rows],
        "audience": _audience(person, reader),
    }


def one(row: Row, reader: Person) -> dict[str, Any]:
    """One talk; it is taken back by whoever noted it."""
    own = row.superseded_at is None and bool(growth_policies.take_back(reader, row))
    return {
        "id": row.pk,
        "held_on": row.held_on,
        "recorded_by": row.recorded_by.name,
        "withdrawal_url": links.api("growth-talk-withdrawal", row.pk) if own else "",
        "withdrawal_page_url": links.page("growth-talk-withdrawal", row.pk) if own else "",
    }


def _audience(person: Any, reader: Person) -> dict[str, Any]:
    you = reader.pk == person.pk
    everything = "Everything on this page."
    rows = [("You" if you else person.name, "", everything)]
    if person.manager_id:
        rows.append((person.manager_name, f"{'your' if you else 'the'} manager", everything))
    rows.append(("Human resources", "", everything))
    return {
        "readers": [dict(zip(("who", "relation", "sees"), row, strict=True)) for row in rows],
        "note": "Only the day is kept. What was said stays between the two.",
    }
