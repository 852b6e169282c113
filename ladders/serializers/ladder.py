"""Ladders and their versions as both doors list them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from ladders.models import LadderVersion
from people.serializers.strict import Input


class Ladder(serializers.Serializer):
    """One ladder, from `LadderVersion.objects.one_per_ladder()`: it shows its version in force."""

    slug = serializers.CharField(source="ladder.slug")
    title = serializers.CharField(source="ladder.title")
    summary = serializers.CharField(source="ladder.summary")
    url = serializers.SerializerMethodField()
    page_url = serializers.SerializerMethodField()
    versions_url = serializers.SerializerMethodField()
    number = serializers.CharField(help_text="Of the version in force, else of the last one.")
    state = serializers.CharField()
    published_at = serializers.DateTimeField()
    levels = serializers.IntegerField(source="level_count")
    competencies = serializers.IntegerField(source="competency_count")
    kinds = serializers.ListField(child=serializers.CharField(), help_text="Of its tracks.")
    version_url = serializers.SerializerMethodField()
    public = serializers.BooleanField(
        source="ladder.public", help_text="Whether it can be read without signing in."
    )

    def get_url(self, version: LadderVersion) -> str:
        """Where the API has it."""
        return reverse("api-ladders:ladder", args=[version.ladder.slug])

    def get_page_url(self, version: LadderVersion) -> str:
        """Where people read it."""
        door = self.context.get("door")
        return reverse("ladders:ladder", args=[version.ladder.slug], current_app=door)

    def get_versions_url(self, version: LadderVersion) -> str:
        """Its versions."""
        return reverse("api-ladders:versions", args=[version.ladder.slug])

    def get_version_url(self, version: LadderVersion) -> str:
        """The version in force, with its whole matrix."""
        return reverse("api-ladders:version", args=[version.ladder.slug, version.number])


class Edition(serializers.Serializer):
    """One version of a ladder, without its text; rows from `pairs.with_changes`."""

    number = serializers.CharField()
    state = serializers.CharField()
    title = serializers.CharField()
    effective_from = serializers.DateField()
    published_at = serializers.DateTimeField()
    changed = serializers.CharField(
        allow_null=True,
        help_text="What changed, in one sentence. Null while it is not worked out: ask again.",
    )
    url = serializers.SerializerMethodField()
    page_url = serializers.SerializerMethodField()
    diff_url = serializers.SerializerMethodField()
    changes_page_url = serializers.SerializerMethodField()

    def get_url(self, version: LadderVersion) -> str:
        """Where the API has it."""
        return reverse("api-ladders:version", args=[version.ladder.slug, version.number])

    def get_page_url(self, version: LadderVersion) -> str:
        """Where people read it."""
        return reverse("ladders:version", args=[version.ladder.slug, version.number])

    def get_diff_url(self, version: LadderVersion) -> str:
        """Where the API has its changes against the version before."""
        return reverse("api-ladders:diff", args=[version.ladder.slug, version.number])

    def get_changes_page_url(self, version: LadderVersion) -> str:
        """Where people read those."""
        return reverse("ladders:changes", args=[version.ladder.slug, version.number])


Edition._declared_fields["class"] = serializers.CharField(
    source="klass",
    allow_null=True,
    help_text="major, minor, patch or none, against the version before it. Null as `changed`.",
)


class Opening(Input):
    """Whether everybody may read a ladder without signing in."""

    public = serializers.BooleanField()


def present(versions: Iterable[LadderVersion], door: str | None = None) -> list[dict[str, Any]]:
    """The payload of a list of ladders; their links stay behind one door."""
    return list(Ladder(versions, many=True, context={"door": door}).data)


def editions(versions: Iterable[LadderVersion]) -> list[dict[str, Any]]:
    """The payload of a list of versions."""
    return list(Edition(versions, many=True).data)
