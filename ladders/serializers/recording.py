"""What the API takes where HR writes the records of people."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ladders import level_names
from ladders.models import Level, Placement
from people.models import Person, Team
from people.serializers.strict import Input

BY_HAND = (Placement.Kind.HIRE, Placement.Kind.RELEVEL)
"""Kinds that HR writes; promotions come from cases, changes of track from moves."""


class LevelName(serializers.CharField):
    """A level by its name, "software-engineering:staff-engineer"."""

    def to_internal_value(self, data: Any) -> Level:
        """The level, which must exist."""
        name = level_names.read(super().to_internal_value(data))
        level = Level.objects.named(name).first() if name else None
        if level is None:
            raise serializers.ValidationError(f"Name a level like “{level_names.EXAMPLE}”.")
        return level


def _manager(**options: Any) -> serializers.PrimaryKeyRelatedField:
    people = Person.objects.employed()
    return serializers.PrimaryKeyRelatedField(
        queryset=people, required=False, allow_null=True, **options
    )


def _team() -> serializers.PrimaryKeyRelatedField:
    return serializers.PrimaryKeyRelatedField(
        queryset=Team.objects.all(), required=False, allow_null=True
    )


class NewPlacement(Input):
    """From a day on, somebody stands on a level."""

    level = LevelName()
    on = serializers.DateField()
    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in BY_HAND])
    reason = serializers.CharField(required=False, allow_blank=True)


class PlacementCorrection(Input):
    """What was really true; what is not named was right."""

    level = LevelName(required=False)
    on = serializers.DateField(required=False, help_text="The first day.")
    credited = serializers.BooleanField(
        required=False, help_text="After coming back: whether earlier time on this rung counts."
    )
    reason = serializers.CharField(required=False, allow_blank=True)


class NewLine(Input):
    """From a day on, somebody reports to a manager in a team; what is not named stays."""

    on = serializers.DateField()
    manager = _manager()
    team = _team()
    reason = serializers.CharField(required=False, allow_blank=True)


class LineCorrection(Input):
    """What was really true; what is not named was right."""

    on = serializers.DateField(required=False, help_text="The first day.")
    manager = _manager()
    team = _team()
    reason = serializers.CharField(required=False, allow_blank=True)


class Departure(Input):
    """The last day."""

    on = serializers.DateField()


class Rehire(Input):
    """The first day of a new employment, and where it begins."""

    on = serializers.DateField()
    level = LevelName(required=False, help_text="Without it: the level held on leaving.")
    credited = serializers.BooleanField(required=False, default=False)
    manager = _manager()
    team = _team()
    reason = serializers.CharField(required=False, allow_blank=True)
