"""What may be written into a draft: the shapes of its cells and parts, and how one begins."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ladders.formats.references import REQUIREMENTS, STATES
from people.serializers.strict import Input

LONGEST = 20_000
MOST = 100  # entries of a cell, statements of an entry, examples of a statement


def _text(most: int = LONGEST, **options: Any) -> serializers.CharField:
    return serializers.CharField(
        max_length=most, required=False, allow_blank=True, trim_whitespace=False, **options
    )


class Start(Input):
    """How a draft of a new ladder begins."""

    title = serializers.CharField(max_length=200)
    start = serializers.ChoiceField(["starter", "copy", "empty"])
    starter = serializers.CharField(max_length=100, required=False, allow_blank=True)
    version = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="Like slug@1.0.0."
    )


class Statement(Input):
    """One observable sentence."""

    id = serializers.CharField(max_length=200, required=False, allow_null=True)
    kind = _text(64)
    text = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    counter = _text(help_text="What it is not.")
    examples = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST, trim_whitespace=False),
        required=False,
        max_length=MOST,
    )


class Entry(Input):
    """One expectation of a cell. Without an id it is new."""

    id = serializers.CharField(max_length=200, required=False, allow_null=True)
    state = serializers.ChoiceField(STATES, required=False, allow_blank=True)
    requirement = serializers.ChoiceField(REQUIREMENTS, required=False, allow_blank=True)
    proficiency = serializers.CharField(
        max_length=200, required=False, allow_null=True, allow_blank=True
    )
    summary = _text()
    statements = Statement(many=True, required=False, max_length=MOST)
    also_at = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Other levels that share it; writing here changes it only here.",
    )


class Cell(Input):
    """Everything that a cell says."""

    entries = Entry(many=True, max_length=MOST)


class Place(Input):
    """Which cell."""

    competency = serializers.CharField(max_length=200)
    level = serializers.CharField(max_length=200)


class Position(Input):
    """Where a part goes: before (-1) or behind (1) its neighbour."""

    section = serializers.CharField(max_length=40)
    key = serializers.CharField(max_length=700)
    steps = serializers.ChoiceField([-1, 1])


class Moved(serializers.Serializer):
    """Whether there was a neighbour to change places with."""

    moved = serializers.BooleanField()


class Gaps(Input):
    """Which empty cells are marked as not expected; of all competencies when blank."""

    competency = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class Marked(serializers.Serializer):
    """How many cells were marked."""

    marked = serializers.IntegerField()


class Nothing(Input):
    """A move that asks nothing."""
