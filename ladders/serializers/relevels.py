"""A relevel as both doors show it, before and after, and what the API takes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from ladders.actions.relevels import Plan
from ladders.level_names import LevelName as Name
from ladders.models import Level, Placement, Relevel
from ladders.serializers.recording import LevelName
from people.models import Person
from people.serializers.strict import Input

Said = dict[str, Any]


class LevelPair(Input):
    """One level becomes another."""

    to = LevelName()

    def get_fields(self) -> dict[str, serializers.Field]:
        """`from` is a word of Python."""
        return {"from": LevelName(), **super().get_fields()}


class PersonPair(Input):
    """One person comes to stand on a level."""

    person = serializers.PrimaryKeyRelatedField(queryset=Person.objects.employed())
    level = LevelName()


class Asked(Input):
    """Which level becomes which, or who comes to which; from when, and why."""

    on = serializers.DateField()
    levels = LevelPair(many=True, required=False, default=list)
    people = PersonPair(many=True, required=False, default=list)
    reason = serializers.CharField(required=False, allow_blank=True, default="")
    seen = serializers.CharField(
        required=False, help_text="From the preview: nothing is done if it changed since."
    )

    def plan(self) -> Said:
        """As the action takes it, without reason and `seen`."""
        said = self.validated_data
        return {
            "on": said["on"],
            "levels": {pair["from"]: pair["to"] for pair in said["levels"]},
            "people": {pair["person"]: pair["level"] for pair in said["people"]},
        }


class Listed(serializers.Serializer):
    """One relevel in a list."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    page_url = serializers.CharField()
    effective_on = serializers.DateField()
    reason = serializers.CharField()
    made_at = serializers.DateTimeField()
    made_by = serializers.CharField(allow_null=True)
    people = serializers.IntegerField()


class Preview(serializers.Serializer):
    """What a relevel would do."""

    seen = serializers.CharField()
    moves = serializers.ListField(child=serializers.DictField())
    counts = serializers.ListField(child=serializers.DictField())
    left_out = serializers.ListField(child=serializers.DictField())


class Whole(Listed):
    """One relevel with everybody in it."""

    moves = serializers.ListField(child=serializers.DictField())
    left_out = serializers.ListField(child=serializers.DictField())


def preview(found: Plan) -> Said:
    """The payload of `POST /relevels/preview/`."""
    pairs = Counter((row.level.title, level.title) for row, level in found.moves)
    return {
        "seen": found.seen,
        "moves": [_move(row.person, row.level, level) for row, level in found.moves],
        "counts": [
            {"from": old, "to": new, "people": people} for (old, new), people in pairs.items()
        ],
        "left_out": [
            {"person": person.pk, "name": person.name, "why": why} for person, why in found.left_out
        ],
    }


def listed(rows: list[Any]) -> list[Said]:
    """Rows that count their `people`."""
    return [_batch(row) for row in rows]


def whole(row: Any, placements: list[Placement]) -> Said:
    """The payload of `GET /relevels/{id}/`."""
    moves = [_move(placement.person, None, placement.level) for placement in placements]
    return _batch(row) | {"moves": moves, "left_out": row.left_out}


def name_of(level: Level) -> str:
    """A level of a version, by its whole name."""
    return str(Name(level.version.ladder.slug, level.version.number, level.key))


def _batch(row: Relevel) -> Said:
    return {
        "id": row.pk,
        "url": reverse("api-ladders:relevel", args=[row.pk]),
        "page_url": reverse("ladders:relevel", args=[row.pk]),
        "effective_on": row.effective_on,
        "reason": row.reason,
        "made_at": row.made_at,
        "made_by": row.made_by.name if row.made_by else None,
        "people": row.people,
    }


def _move(person: Person, old: Level | None, new: Level) -> Said:
    return {
        "person": {
            "id": person.pk,
            "name": person.name,
            "page_url": reverse("ladders:records", args=[person.pk]),
        },
        "from": {"name": name_of(old), "title": old.title} if old else None,
        "to": {"name": name_of(new), "title": new.title},
    }
