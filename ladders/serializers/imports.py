"""An import of a ladder as both doors show it, and what they take."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from ladders import policies
from ladders.formats.documents import FORMS
from people.models import ImportRun, Person
from people.serializers.strict import Input


class New(Input):
    """A file, and where it cannot be found out: its form, a mapping, the ladder it belongs to."""

    file = serializers.FileField()
    form = serializers.ChoiceField(choices=list(FORMS), required=False, allow_blank=True)
    ladder = serializers.CharField(required=False, allow_blank=True, max_length=100)
    mapping = serializers.CharField(required=False, allow_blank=True)
    mapping_file = serializers.FileField(required=False)


class Confirmation(Input):
    """Nothing needs to be said."""


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
    title = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()

    def get_url(self, run: ImportRun) -> str:
        """Where the API has it."""
        return reverse("api-ladders:import", args=[run.pk])

    def get_page_url(self, run: ImportRun) -> str:
        """Where people read it."""
        return reverse("ladders:import", args=[run.pk])

    def get_title(self, run: ImportRun) -> str:
        """The ladder that was read."""
        return run.report["title"]

    def get_counts(self, run: ImportRun) -> dict[str, int]:
        """The numbers of the report."""
        return run.report["counts"]


class Import(Listed):
    """One import with its whole report."""

    mapping = serializers.JSONField()
    report = serializers.JSONField()
    draft = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    def get_draft(self, run: ImportRun) -> dict[str, str] | None:
        """The draft that began with this file; null until there is one."""
        became = run.report.get("became")
        if not became:
            return None
        return {
            "url": reverse("api-ladders:version", args=became),
            "page_url": reverse("ladders:version", args=became),
        }

    def get_actions(self, run: ImportRun) -> list[dict[str, Any]]:
        """What this person may do with it now."""
        verdict = policies.import_ladder(self.context["person"])
        reason = _why_not(run) if verdict else verdict.reason
        return [
            {
                "name": "confirm",
                "label": "Begin a draft with this",
                "url": reverse("api-ladders:import-confirmation", args=[run.pk]),
                "page_url": reverse("ladders:import", args=[run.pk]),
                "allowed": not reason,
                "reason": reason,
            }
        ]


def _why_not(run: ImportRun) -> str:
    if run.state != ImportRun.State.PREVIEWED:
        return f"This import is “{run.get_state_display().lower()}”."
    return "The file has problems. Correct it and choose it again." if run.report["blocked"] else ""


def present(run: ImportRun, person: Person) -> dict[str, Any]:
    """The payload of `GET /ladders/imports/{id}/` for `person`."""
    return Import(run, context={"person": person}).data


def listed(runs: Any) -> list[dict[str, Any]]:
    """The payload of a list of imports; `runs` come without their content."""
    return Listed(runs, many=True).data
