"""What a spreadsheet of evidence would add, as both doors show it, and what they take."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rest_framework import serializers

from assessments.evidence_rows import Report
from people.serializers.strict import Input


class New(Input):
    """A file, and whether to add what is new; without `confirm` nothing is written."""

    file = serializers.FileField(max_length=255)
    confirm = serializers.BooleanField(default=False)
    skip_problem_rows = serializers.BooleanField(default=False)


class Import(serializers.Serializer):
    """The shape of the answer; `present` makes it."""

    described = serializers.CharField()
    done = serializers.BooleanField()
    new = serializers.ListField(child=serializers.DictField())
    there = serializers.IntegerField(help_text="Lines that say what is there already.")
    lines_with_problems = serializers.IntegerField()
    problems = serializers.ListField(child=serializers.DictField())
    unused = serializers.ListField(child=serializers.CharField(), help_text="Columns.")


def present(report: Report, *, done: bool) -> dict[str, Any]:
    """The payload of `POST /people/{id}/evidence/import/`."""
    return {**asdict(report), "lines_with_problems": report.lines_with_problems, "done": done}
