"""An import as both doors show it, and what they take."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from people import policies
from people.models import ImportRun, Person
from people.serializers.strict import Input


class New(Input):
    """A file, and how to read it: a mapping as a file, or as text in YAML or JSON."""

    file = serializers.FileField()
    mapping = serializers.CharField(required=False, allow_blank=True)
    mapping_file = serializers.FileField(required=False)


class Confirmation(Input):
    """Whether rows with problems stay out; without it one problem stops everything."""

    skip_problem_rows = serializers.BooleanField(default=False)


class Listed(serializers.Serializer):
    """One import in a list."""

    id = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    page_url = serializers.SerializerMethodField()
    filename = serializers.CharField()
    state = serializers.ChoiceField(choices=ImportRun.State.choices)
    state_label = serializers.CharField(source="get_state_display")
    uploaded_by = serializers.CharField(source="uploaded_by.name", default=None)
    uploaded_at = serializers.DateTimeField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    counts = serializers.SerializerMethodField()

    def get_url(self, run: ImportRun) -> str:
        """Where the API has it."""
        return reverse("api-people:import", args=[run.pk])

    def get_page_url(self, run: ImportRun) -> str:
        """Where people read it."""
        return reverse("people:import", args=[run.pk])

    def get_counts(self, run: ImportRun) -> dict[str, int]:
        """The numbers of the report."""
        return run.report["counts"]


class Import(Listed):
    """One import with its whole report."""

    mapping = serializers.JSONField()
    report = serializers.JSONField()
    actions = serializers.SerializerMethodField()

    def get_actions(self, run: ImportRun) -> list[dict[str, Any]]:
        """What this person may do with it now."""
        verdict, waiting = policies.import_people(self.context["person"]), _waits(run)
        reason = "" if waiting else f"This import is “{run.get_state_display().lower()}”."
        return [
            {
                "name": "confirm",
                "label": "Import these people",
                "url": reverse("api-people:import-confirmation", args=[run.pk]),
                "page_url": reverse("people:import", args=[run.pk]),
                "allowed": bool(verdict) and waiting,
                "reason": reason if verdict else verdict.reason,
            }
        ]


def _waits(run: ImportRun) -> bool:
    return run.state == ImportRun.State.PREVIEWED


def present(run: ImportRun, person: Person) -> dict[str, Any]:
    """The payload of `GET /people/imports/{id}/` for `person`."""
    return Import(run, context={"person": person}).data


def listed(runs: Any) -> list[dict[str, Any]]:
    """The payload of a list of imports; `runs` come without their content."""
    return Listed(runs, many=True).data


def problems(run: ImportRun) -> tuple[list[str], list[list[Any]]]:
    """Head and rows of the problems, for a spreadsheet."""
    head = ["line", "column", "value", "severity", "message"]
    return head, [[problem[name] for name in head] for problem in run.report["problems"]]
