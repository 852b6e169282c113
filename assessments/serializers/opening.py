"""What opening a case asks for, and what may be written into a draft."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.models import Cycle
from assessments.serializers.moves import Text
from assessments.serializers.named import Id, OnePerson, Row
from ladders.models import Level
from people.serializers.strict import Input

MOST = 200  # parts in one call


@extend_schema_field(OpenApiTypes.ANY)
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


class CycleField(Row):
    """The id of a review cycle."""

    unknown = "There is no such cycle."

    def find(self, pk: int) -> Cycle | None:
        """The cycle of this id."""
        return Cycle.objects.exclude(state=Cycle.State.DRAFT).filter(pk=pk).first()


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
