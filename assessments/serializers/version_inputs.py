"""What each move of a ladder version asks for, as the API takes it."""

from __future__ import annotations

from rest_framework import serializers

from assessments.serializers.moves import Text
from ladders.states import ChangeClass
from people.serializers.strict import Input


class Publication(Input):
    """Why inside a freeze window, where there is one."""

    override_reason = Text(required=False)


class Schedule(Publication):
    """The day on which the clock publishes it."""

    effective_from = serializers.DateField()

    def validate(self, given: dict) -> dict:
        """As the action takes it."""
        return {"on": given.pop("effective_from"), **given}


class ChosenClass(Input):
    """The class; one below the computed needs a reason."""

    change_class = serializers.ChoiceField(ChangeClass.choices)
    reason = Text(required=False)
