"""Placements as both doors show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from ladders import directory
from ladders.models import Placement as Row

KINDS = Row.Kind


class Placement(serializers.Serializer):
    """The shape of one placement. `kind` and `reason` are null for those who are not told why."""

    id = serializers.IntegerField()
    level = serializers.DictField()
    archetype = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS.choices, allow_null=True)
    kind_label = serializers.CharField()
    credited = serializers.BooleanField(help_text="Earlier time on this rung counts.")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="The first day no longer on it.")
    reason = serializers.CharField(allow_null=True)
    recorded_at = serializers.DateTimeField()
    superseded_at = serializers.DateTimeField(allow_null=True)


def present(rows: Iterable[Row], relations: frozenset[str]) -> list[dict[str, Any]]:
    """Rows from `for_display()` for a reader who stands so to the person.

    That a trial ended with a return is neutral, and no business of others.
    """
    told = bool(relations & directory.TOLD_WHY)
    return [_placement(row, told) for row in rows]


def _placement(row: Row, told: bool) -> dict[str, Any]:
    hidden = row.kind == KINDS.RETURN and not told
    return {
        "id": row.pk,
        "level": _level(row),
        "archetype": row.archetype,
        "kind": None if hidden else row.kind,
        "kind_label": "" if hidden else row.get_kind_display(),
        "credited": row.credited,
        "starts_on": row.since,
        "ends_on": row.until,
        "reason": row.reason if told else None,
        "recorded_at": row.recorded_at,
        "superseded_at": row.superseded_at,
    }


def _level(row: Row) -> dict[str, Any]:
    level = row.level
    slug, number = level.version.ladder.slug, level.version.number
    return {
        "key": level.key,
        "title": level.title,
        "track": level.track.kind,
        "grade": level.grade.rank if level.grade else None,
        "ladder": slug,
        "page_url": reverse("ladders:version-level", args=[slug, number, level.key]),
    }
