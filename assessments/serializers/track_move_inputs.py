"""What each step of a move between the tracks asks for, as the API takes it."""

from __future__ import annotations

from rest_framework import serializers

from assessments.serializers.moves import Text
from assessments.serializers.named import OnePerson, Row
from ladders.models import Level
from ladders.states import VersionState
from people.serializers.strict import Input


class OneLevel(Row):
    """The id of a level of a published version."""

    unknown = "No such level in a published version of a ladder."

    def find(self, pk: int) -> Level | None:
        """The level of this id."""
        published = Level.objects.filter(version__state=VersionState.PUBLISHED)
        return published.filter(pk=pk).first()


class Exploring(Input):
    """Where to, and what you think about it."""

    to_level = OneLevel()
    note = Text(required=False)


class Note(Input):
    """What you think about it."""

    note = Text()


class Proposal(Input):
    """The plan. `ends_on` is the first day after the trial."""

    receiving_manager = OnePerson()
    mentor = OnePerson(required=False)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False)
    checkpoints = serializers.ListField(
        child=serializers.DateField(), required=False, max_length=26
    )
    direct = serializers.BooleanField(required=False, default=False)


class CheckIn(Input):
    """How it is going, at one checkpoint."""

    on = serializers.DateField()
    text = Text()


class Extension(Input):
    """The new first day after the trial, and why."""

    ends_on = serializers.DateField()
    reason = Text()
