"""How far a cycle is and what a dry run found, as both doors show it."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from assessments import progress, rehearsals, wording
from assessments.duties import Duty
from assessments.models import Cycle, Phase, Reminder
from assessments.serializers.duty import case_links
from people.models import Person
from people.wording import weekday

SHOWN = 100


class UnitProgress(serializers.Serializer):
    """One team, as it was announced."""

    unit = serializers.CharField()
    done = serializers.IntegerField()
    required = serializers.IntegerField()


class PhaseProgress(serializers.Serializer):
    """One phase over all cases that the reader may see."""

    kind = serializers.CharField()
    label = serializers.CharField()
    due_on = serializers.DateField()
    done = serializers.IntegerField()
    required = serializers.IntegerField()
    late = serializers.IntegerField(help_text="Tasks past their due date.")
    units = UnitProgress(many=True)


class Late(serializers.Serializer):
    """One task past its due date; `person` is null where the reader may not know who."""

    task = serializers.CharField()
    text = serializers.CharField()
    person = serializers.CharField(allow_null=True)
    candidate = serializers.CharField()
    due_on = serializers.DateField()
    url = serializers.CharField()
    page_url = serializers.CharField()


class Extension(serializers.Serializer):
    """A phase that got a later date, by whom and why."""

    at = serializers.DateTimeField()
    what = serializers.CharField()
    who = serializers.CharField()
    why = serializers.CharField()


class Progress(serializers.Serializer):
    """The progress of one cycle for one reader."""

    population = serializers.IntegerField(help_text="People who take part, as announced.")
    phases = PhaseProgress(many=True)
    late = Late(many=True, help_text=f"The first {SHOWN}, earliest date first.")
    late_count = serializers.IntegerField()
    extensions = Extension(many=True, help_text="Newest first.")


class Named(serializers.Serializer):
    """Somebody by name."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class UnitOf(serializers.Serializer):
    """A team and how many of its people take part."""

    name = serializers.CharField()
    people = serializers.IntegerField()


class Chain(serializers.Serializer):
    """Who leads so many people, and who stands above: manager, skip-level, and up to the top."""

    people = serializers.IntegerField()
    names = serializers.ListField(child=serializers.CharField())


class Owed(serializers.Serializer):
    """The reminders of one phase: the days for a usual week, and messages on cases that exist."""

    phase = serializers.CharField()
    label = serializers.SerializerMethodField()
    task = serializers.CharField()
    task_label = serializers.SerializerMethodField()
    due_on = serializers.DateField()
    days = serializers.ListField(child=serializers.DateField())
    messages = serializers.IntegerField()

    def get_label(self, row: dict[str, Any]) -> str:
        """The phase in words."""
        return Phase.Kind(row["phase"]).label

    def get_task_label(self, row: dict[str, Any]) -> str:
        """The task in words."""
        return Reminder.Task(row["task"]).label


class DryRun(serializers.Serializer):
    """What announcing the cycle now would mean."""

    population = serializers.IntegerField()
    placed = serializers.IntegerField(help_text="Of them, people who stand on a level.")
    units = UnitOf(many=True, help_text="The 50 largest.")
    unit_count = serializers.IntegerField()
    without_manager = Named(many=True, help_text="The first 50 by name.")
    without_manager_count = serializers.IntegerField()
    chains = Chain(many=True, help_text="The first 50, shortest first.")
    chain_count = serializers.IntegerField()
    reminders = Owed(many=True)


def present(cycle: Cycle, person: Person) -> dict[str, Any]:
    """The progress of a cycle from `with_progress()` for `person`. Two queries."""
    groups = progress.groups(cycle, person)
    late = [duty for duty in progress.late(cycle, groups) if progress.may_know(duty, person)]
    kinds = [_KIND[duty.task] for duty in late]
    phases = progress.of_phases(cycle.phases.all(), groups)
    payload = {
        "population": cycle.population,
        "phases": [_phase(one, kinds.count(one.phase.kind)) for one in phases],
        "late": [_late(duty, person) for duty in late[:SHOWN]],
        "late_count": len(late),
        "extensions": [_extension(row) for row in cycle.extensions],
    }
    return Progress(payload).data


def dry_run(cycle: Cycle) -> dict[str, Any]:
    """The payload of a dry run."""
    return DryRun(asdict(rehearsals.rehearse(cycle))).data


_KIND = {
    "submit": "nominations",
    **dict.fromkeys(("endorse", "gather", "give_feedback", "freeze"), "endorsement"),
    **dict.fromkeys(("assign_panel", "vote"), "panel_review"),
    **dict.fromkeys(wording.OF_THE_PANEL, "panel_review"),
    "decide": "decisions",
    "communicate": "communication",
}


def _phase(one: progress.PhaseProgress, late: int) -> dict[str, Any]:
    return {
        "kind": one.phase.kind,
        "label": one.phase.get_kind_display(),
        "due_on": one.phase.due_on,
        "late": late,
        **asdict(one.total),
        "units": [{"unit": name, **asdict(unit)} for name, unit in sorted(one.units.items())],
    }


def _late(duty: Duty, reader: Person) -> dict[str, Any]:
    named = progress.may_name(duty, reader)
    return {
        "task": duty.task,
        "text": wording.WAITING_FOR[duty.task],
        "person": duty.person_name if named else None,
        "candidate": duty.candidate_name,
        "due_on": duty.due_on,
        **case_links(duty.case_id),
    }


def _extension(row: dict[str, Any]) -> dict[str, Any]:
    phase = Phase.Kind(row["phase"]).label
    day = datetime.date.fromisoformat(row["due_on"])
    return {
        "at": datetime.datetime.fromisoformat(row["at"]),
        "what": f"{phase}: due {weekday(day, timezone.localdate())}",
        "who": row["by"] or "",
        "why": row["reason"],
    }
