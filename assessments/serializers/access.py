"""The trail of who opened a case, as far as the reader may know who it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from assessments import visibility
from assessments.models import Access, PromotionCase
from assessments.serializers import links
from assessments.visibility import (
    APPROVER,
    CHAIR,
    HR,
    HR_PARTNER,
    MANAGER,
    PANEL,
    SKIP_LEVEL,
)
from people.models import Person

WORDS = {
    CHAIR: "chair of the panel",
    PANEL: "member of the panel",
    APPROVER: "approver",
    MANAGER: "manager",
    SKIP_LEVEL: "skip-level",
    HR_PARTNER: "HR partner",
    HR: "Human resources",
}
"""The closest relation first: one word is enough."""


class Entry(serializers.Serializer):
    """One line of the trail."""

    id = serializers.IntegerField()
    on = serializers.DateField(help_text="In UTC; one line a person, door and day.")
    at = serializers.DateTimeField(help_text="The first time on that day.")
    door = serializers.CharField()
    door_label = serializers.CharField()
    person = serializers.DictField(allow_null=True, help_text="Null where it stays sealed.")
    relation = serializers.CharField(help_text="How they stood to the case then.")


def trail(rows: Iterable[Access], case: PromotionCase, reader: Person) -> list[dict[str, Any]]:
    """Lines of `case` from `Access.objects.of(case)`, each with a name where it may be read."""
    standing = visibility.relations(reader, case)
    return [_entry(row, standing) for row in rows]


def _entry(row: Access, standing: frozenset[str]) -> dict[str, Any]:
    named = visibility.names_who_opened(row.standing, standing)
    return {
        "id": row.pk,
        "on": row.on,
        "at": row.at,
        "door": row.door,
        "door_label": row.get_door_display(),
        "person": links.person(row.person) if named else None,
        "relation": next((word for name, word in WORDS.items() if name in row.standing), ""),
    }
