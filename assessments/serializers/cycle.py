"""A review cycle as both doors show it, and what creating and changing one takes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from assessments import cycle_policies, cycle_states
from assessments.actions.cycles import Dates
from assessments.models import Cycle as Row
from assessments.models import Phase as PhaseRow
from people.models import Person, Team
from people.refusals import Conflict
from people.serializers.strict import Input

DOORS = {
    # move: (name in the API, name of the page)
    "change_phases": ("cycle-phases", "cycle-dates"),
    "announce": ("cycle-announcement", "cycle-announcement"),
    "extend": ("cycle-extension", "cycle-extension"),
    "close": ("cycle-closure", "cycle-closure"),
}


class Phase(serializers.Serializer):
    """One phase; `stands` is ahead, open, in grace or past on the reader's day."""

    kind = serializers.CharField()
    label = serializers.CharField(source="get_kind_display")
    opens_on = serializers.DateField()
    due_on = serializers.DateField()
    grace_until = serializers.DateField()
    stands = serializers.SerializerMethodField()

    def get_stands(self, phase: PhaseRow) -> str:
        """Where today lies."""
        today: datetime.date = self.context["today"]
        if today < phase.opens_on:
            return "ahead"
        if today <= phase.due_on:
            return "open"
        return "grace" if today <= phase.grace_until else "past"


class Freeze(serializers.Serializer):
    """From the first phase's opening to the end of the grace of the communication."""

    first = serializers.DateField()
    last = serializers.DateField()


class Unit(serializers.Serializer):
    """The teams a cycle is for."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class Cycle(serializers.Serializer):
    """One cycle from `Cycle.objects.for_display()`; `context` holds `person` and `today`."""

    id = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    page_url = serializers.SerializerMethodField()
    name = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    period_start = serializers.DateField(source="period.lower")
    period_end = serializers.SerializerMethodField(help_text="The last day under review.")
    team = Unit(allow_null=True, help_text="With all teams below it; null means everybody.")
    announced_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    phases = Phase(source="phases.all", many=True)
    freeze = Freeze(
        allow_null=True, help_text="The days on which no major version of a ladder takes effect."
    )
    actions = serializers.SerializerMethodField()

    def get_url(self, cycle: Row) -> str:
        """Where the API has it."""
        return reverse("api-assessments:cycle", args=[cycle.pk])

    def get_page_url(self, cycle: Row) -> str:
        """Where people read it."""
        return reverse("assessments:cycle", args=[cycle.pk])

    def get_period_end(self, cycle: Row) -> datetime.date:
        """Ranges end before their upper bound."""
        return cycle.period.upper - datetime.timedelta(days=1)

    def get_actions(self, cycle: Row) -> list[dict[str, Any]]:
        """What this person may do with it now, and why not."""
        return [_action(name, cycle, self.context["person"]) for name in cycle_states.MOVES]


class DatesInput(Input):
    """The days of one phase."""

    kind = serializers.ChoiceField(PhaseRow.Kind.choices)
    opens_on = serializers.DateField()
    due_on = serializers.DateField()
    grace_until = serializers.DateField()


class PhasesInput(Input):
    """All phases of a cycle that is not announced yet."""

    phases = DatesInput(many=True, allow_empty=False)


class CycleInput(PhasesInput):
    """What creating takes."""

    name = serializers.CharField(max_length=100)
    period_start = serializers.DateField()
    period_end = serializers.DateField()
    team = serializers.PrimaryKeyRelatedField(
        queryset=Team.objects.all(), required=False, allow_null=True
    )


class ExtensionInput(Input):
    """A later date for one phase, and why."""

    kind = serializers.ChoiceField(PhaseRow.Kind.choices)
    due_on = serializers.DateField()
    grace_until = serializers.DateField(required=False, allow_null=True)
    reason = serializers.CharField(max_length=500)


def dates(rows: Iterable[dict[str, Any]]) -> list[Dates]:
    """Validated input as the action takes it."""
    return [Dates(**row) for row in rows]


def present(cycle: Row, person: Person) -> dict[str, Any]:
    """The payload of one cycle for `person`."""
    return present_all([cycle], person)[0]


def present_all(cycles: Iterable[Row], person: Person) -> list[dict[str, Any]]:
    """The payload of a list."""
    context = {"person": person, "today": timezone.localdate()}
    return Cycle(cycles, many=True, context=context).data


def _action(name: str, cycle: Row, person: Person) -> dict[str, Any]:
    verdict, reason = cycle_policies.may(name, person, cycle), ""
    if not verdict:
        reason = verdict.reason
    else:
        try:
            cycle_states.check(cycle.state, name)
        except Conflict as refusal:
            reason = refusal.reason
    api, page = DOORS[name]
    return {
        "name": name,
        "label": cycle_states.MOVES[name].label,
        "url": reverse(f"api-assessments:{api}", args=[cycle.pk]),
        "page_url": reverse(f"assessments:{page}", args=[cycle.pk]),
        "allowed": not reason,
        "reason": reason,
    }
