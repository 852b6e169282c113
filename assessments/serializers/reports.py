"""A report as both doors show it: the answer, how it was counted, and where else it can be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from assessments.reports import catalogue
from assessments.reports.audience import Reach, reach_of
from assessments.reports.base import Answer, Report
from assessments.reports.parameters import Parameters, parse
from people.models import Person


class Entry(serializers.Serializer):
    """One report of the catalogue."""

    id = serializers.CharField()
    title = serializers.CharField()
    question = serializers.CharField()
    group_by = serializers.ListField(child=serializers.CharField())
    parameters = serializers.ListField(child=serializers.CharField())
    url = serializers.CharField()
    page_url = serializers.CharField()


class Result(Entry):
    """The answer of one report."""

    sentence = serializers.CharField()
    asked = serializers.DictField()
    meta = serializers.DictField()
    columns = serializers.ListField(child=serializers.DictField())
    rows = serializers.ListField(child=serializers.DictField())
    total = serializers.DictField()


def entries(person: Person) -> list[dict[str, Any]]:
    """The catalogue as far as somebody may read it."""
    return [entry(report) for report in catalogue().values() if reach_of(report, person)]


def entry(report: Report) -> dict[str, Any]:
    """What the catalogue says of a report."""
    return {
        "id": report.id,
        "title": report.title,
        "question": report.question,
        "group_by": list(report.group_bys),
        "parameters": list(report.parameters),
        "url": reverse("api-assessments:report", args=[report.id]),
        "page_url": reverse("assessments:report", args=[report.id]),
    }


def ask(report: Report, asked: Mapping[str, str], reach: Reach) -> tuple[Parameters, Answer]:
    """Check what was asked and run the report."""
    given = {name: value for name, value in asked.items() if name != "format"}
    parameters = parse(
        given,
        reach,
        group_bys=report.group_bys,
        takes_period=report.takes_period,
        names=report.parameters,
    )
    return parameters, report.run(parameters)


def present(report: Report, parameters: Parameters, answer: Answer) -> dict[str, Any]:
    """The payload of `GET /reports/{id}/`."""
    return {
        **entry(report),
        "sentence": answer.sentence.rstrip(".") + ".",
        "asked": _asked(report, parameters),
        "meta": _meta(report, parameters, answer),
        "columns": [asdict(column) for column in answer.columns],
        "rows": answer.rows,
        "total": answer.total,
    }


def table(answer: Answer) -> tuple[list[str], list[list[Any]]]:
    """Head and rows for a spreadsheet; a hidden row says so."""
    head = [column.name for column in answer.columns]
    rows = [[*(row[name] for name in head), row["hidden"]] for row in answer.rows]
    return [*head, "hidden"], rows


def about(payload: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """How the rows were counted, name by name, for a sheet beside them."""
    pairs = [("report", payload["title"]), *payload["asked"].items(), *payload["meta"].items()]
    return [(name, _words(value)) for name, value in dict(pairs).items()]


def _words(value: Any) -> Any:
    """A value of meta as one cell."""
    if isinstance(value, list):
        return "; ".join(str(_words(part)) for part in value)
    if isinstance(value, dict):
        return f"{value['count']} {value['what']}: {value['why']}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def same_again(payload: Mapping[str, Any], **more: str) -> str:
    """The query that asks the same question again."""
    asked = {name: value for name, value in payload["asked"].items() if value}
    return urlencode({**asked, **more})


def _asked(report: Report, parameters: Parameters) -> dict[str, str]:
    """The parameters in full, so that the same question can be asked again."""
    asked = {
        "as_of": parameters.as_of.isoformat(),
        "known_at": parameters.known_at.isoformat(),
        "unit": parameters.unit.key if parameters.unit else "",
        "ladder": parameters.ladder.slug if parameters.ladder else "",
        "track": parameters.track,
        "group_by": parameters.group_by,
    }
    if report.takes_period:
        asked |= {"from": parameters.first.isoformat(), "to": parameters.last.isoformat()}
    return {name: value for name, value in asked.items() if name in report.parameters}


def _meta(report: Report, parameters: Parameters, answer: Answer) -> dict[str, Any]:
    return {
        **asdict(report.definition),
        "covers": _covers(parameters),
        "excluded": answer.excluded,
        "as_of": parameters.as_of,
        "known_at": parameters.known_at,
        "k": None if report.names_people else parameters.k or None,
        "suppressed": answer.suppressed,
        "ladder_versions": answer.versions,
        "generated_at": timezone.now(),
    }


def _covers(parameters: Parameters) -> str:
    """The part of the organisation that was asked about, in words."""
    units = parameters.bases
    return ", ".join(team.name for team in units) if units else "The whole organisation"
