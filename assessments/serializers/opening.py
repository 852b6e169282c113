"""What opening a case asks for, and what may be written into a draft."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from assessments.models import Cycle
from assessments.serializers.moves import Text
from assessments.serializers.named import Id, OnePerson
from ladders.models import Level
from people.serializers.strict import Input

MOST = 200  # parts in one call


class LevelField(serializers.Field):
    """A level by its id, or by `{"ladder": slug, "key": key}` in the published version."""

    default_error_messages = {"unknown": "There is no such level in a published ladder."}

    def to_internal_value(self, data: Any) -> Level:
        """The level that is meant."""
        levels = Level.objects.for_display()
        if isinstance(data, dict):
            asked = _Rung(data=data)
            asked.is_valid(raise_exception=True)
            slug, key = asked.validated_data["ladder"], asked.validated_data["key"]
            levels = levels.filter(version__state="published", version__ladder__slug=slug, key=key)
        else:
            levels = levels.filter(pk=Id().run_validation(data))
        return levels.first() or self.fail("unknown")

    def to_representation(self, level: Level) -> int:
        """Its id."""
        return level.pk


class _Rung(Input):
    ladder = serializers.CharField(max_length=100)
    key = serializers.CharField(max_length=200)


class CycleField(Id):
    """The id of a review cycle."""

    def to_internal_value(self, data: Any) -> Cycle:
        """The cycle of this id."""
        cycle = Cycle.objects.filter(pk=super().to_internal_value(data)).first()
        if cycle is None:
            raise serializers.ValidationError("There is no such cycle.")
        return cycle


class Opening(Input):
    """Whom the case is for, and what for."""

    candidate = OnePerson()
    target_level = LevelField()
    cycle = CycleField(required=False, allow_null=True)
    level_reason = Text(required=False)


class Section(Input):
    """The text about one competency, and the revision it was written on."""

    competency = Id()
    text = Text()
    revision = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)


class SectionText(Input):
    """The text about the competency of the address."""

    text = Text()


class Writing(Input):
    """The texts of a case; what is not given stays."""

    statement = Text(required=False)
    own_section = Text(required=False)
    sections = Section(many=True, required=False, max_length=MOST)
