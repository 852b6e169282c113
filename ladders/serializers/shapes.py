"""The shapes of the rows in a version's payload, for the schema of the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class AsItIs(serializers.Serializer):
    """Describes rows that the database already put into their final shape."""

    def to_representation(self, row: Any) -> Any:
        """The row itself."""
        return row


class Months(AsItIs):
    """How long people usually stay on a level."""

    min = serializers.IntegerField(allow_null=True)
    max = serializers.IntegerField(allow_null=True)


class Grade(AsItIs):
    """A rank of the whole organisation."""

    rank = serializers.IntegerField()
    name = serializers.CharField()


class Track(AsItIs):
    """A way up; kind is shared, staff, manager or other."""

    key = serializers.CharField()
    kind = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()


class Level(AsItIs):
    """One rung, without what it expects."""

    id = serializers.IntegerField()
    key = serializers.CharField()
    code = serializers.CharField()
    title = serializers.CharField()
    titles = serializers.ListField(child=serializers.CharField())
    track = serializers.CharField()
    kind = serializers.CharField()
    order = serializers.IntegerField()
    grade = Grade(allow_null=True)
    summary = serializers.CharField()
    scope = serializers.CharField()
    typical_months = Months(allow_null=True)
    terminal = serializers.BooleanField()
    seat_limited = serializers.BooleanField()
    archetypes = serializers.ListField(child=serializers.JSONField())
    name = serializers.CharField(help_text="How a comparison names it: ladder@version:level.")
    page_url = serializers.CharField()


class Theme(AsItIs):
    """A pillar."""

    key = serializers.CharField()
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    name = serializers.CharField()
    description = serializers.CharField()


class Competency(AsItIs):
    """A thing that levels expect something of."""

    key = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    kind = serializers.CharField()
    pillar = serializers.CharField(allow_null=True)
    scale = serializers.CharField(allow_null=True)
    page_url = serializers.CharField()


class Step(AsItIs):
    """One step of a proficiency scale."""

    scale = serializers.CharField()
    key = serializers.CharField()
    rank = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    description = serializers.CharField()


class Meaning(AsItIs):
    """What a competency looks like at one step."""

    competency = serializers.CharField()
    step = serializers.CharField()
    summary = serializers.CharField()
    statements = serializers.ListField(child=serializers.JSONField())


class Statement(AsItIs):
    """One observable sentence."""

    key = serializers.CharField()
    kind = serializers.CharField()
    text = serializers.CharField()
    counter = serializers.CharField(help_text="What it is not.")
    examples = serializers.ListField(child=serializers.CharField())


class Expectation(AsItIs):
    """What the named levels expect of one competency."""

    id = serializers.IntegerField()
    key = serializers.CharField()
    competency = serializers.CharField()
    levels = serializers.ListField(child=serializers.CharField())
    state = serializers.CharField()
    requirement = serializers.CharField()
    step = serializers.CharField(allow_null=True)
    summary = serializers.CharField()
    statements = Statement(many=True)


class Head(AsItIs):
    """The ladder of a version."""

    slug = serializers.CharField()
    title = serializers.CharField()
    public = serializers.BooleanField(help_text="Whether it can be read without signing in.")
    url = serializers.CharField()
    page_url = serializers.CharField()


class Link(AsItIs):
    """A typed link between two levels; `from` and `to` are keys of levels."""

    to = serializers.CharField()
    type = serializers.CharField()


Link._declared_fields["from"] = serializers.CharField()


class Sibling(AsItIs):
    """Another version of the same ladder, newest first; the version itself is among them."""

    number = serializers.CharField()
    state = serializers.CharField()
    published_at = serializers.DateTimeField()
    url = serializers.CharField()
    page_url = serializers.CharField()


class Draft(AsItIs):
    """The text in the making of a ladder."""

    number = serializers.CharField()
    state = serializers.CharField()
    url = serializers.CharField()
    page_url = serializers.CharField()
