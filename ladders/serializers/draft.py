"""Texts in the making as both doors list them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from ladders.models import LadderVersion


class Draft(serializers.Serializer):
    """One text in the making, from `unpublished().for_list()` with its authors."""

    slug = serializers.CharField(source="ladder.slug")
    number = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    levels = serializers.IntegerField(source="level_count")
    competencies = serializers.IntegerField(source="competency_count")
    authors = serializers.SerializerMethodField()
    started_at = serializers.DateTimeField(source="created_at")
    url = serializers.SerializerMethodField()
    page_url = serializers.SerializerMethodField()

    def get_authors(self, version: LadderVersion) -> list[str]:
        """Who wrote in it."""
        return sorted(person.name for person in version.authors.all())

    def get_url(self, version: LadderVersion) -> str:
        """Where the API has it."""
        return reverse("api-ladders:version", args=[version.ladder.slug, version.number])

    def get_page_url(self, version: LadderVersion) -> str:
        """Where people read it."""
        return reverse("ladders:version", args=[version.ladder.slug, version.number])


def drafts(person: Any) -> Any:
    """The texts in the making that `person` may see."""
    rows = LadderVersion.objects.visible_to(person).unpublished().for_list()
    return rows.select_related("ladder").prefetch_related("authors")


def present(versions: Iterable[LadderVersion]) -> list[dict[str, Any]]:
    """The payload of a list of drafts."""
    return list(Draft(versions, many=True).data)
