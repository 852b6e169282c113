"""Fields that take the ids of people, levels and other rows, many in one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from people.models import Person

NOBODY = "No such person, or they have left."
LARGEST = 2**63 - 1


class Id(serializers.IntegerField):
    """The id of a row."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST, **options)


@extend_schema_field(int)
class Row(serializers.Field):
    """The id of a row, taken as the row itself."""

    unknown = "There is no such row."

    def to_internal_value(self, data: Any) -> Any:
        """The row of this id."""
        row = self.find(Id().run_validation(data))
        if row is None:
            raise serializers.ValidationError(self.unknown)
        return row

    def find(self, pk: int) -> Any:
        """The row, or None."""
        raise NotImplementedError

    def to_representation(self, row: Any) -> int:
        """Its id."""
        return row.pk


class OnePerson(Row):
    """The id of somebody who works here."""

    unknown = NOBODY

    def find(self, pk: int) -> Person | None:
        """The person of this id."""
        return Person.objects.employed().filter(pk=pk).first()


class People(serializers.ListField):
    """Ids of people who work here, each named once."""

    child = Id()

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=50, **options)

    def to_internal_value(self, data: Any) -> list[Person]:
        """The people in the order of their ids."""
        return found(super().to_internal_value(data))


def found(ids: Iterable[int]) -> list[Person]:
    """The people of these ids, or a refusal that names the ids that are nobody's."""
    ids = list(ids)
    people = Person.objects.employed().in_bulk(ids)
    if missing := [pk for pk in ids if pk not in people]:
        raise serializers.ValidationError([f"{pk}: {NOBODY}" for pk in missing])
    return [people[pk] for pk in ids]
