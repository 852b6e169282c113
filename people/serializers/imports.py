"""An import as both doors show it, and what they take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from people import policies
from people.imports.report import PAGE, PARTS, Report, unpacked
from people.models import ImportRun, Person
from people.refusals import Denied, Verdict
from people.serializers.strict import Input
from people.sheets import more, written
from people.states import IMPORT_MOVES, UNDER_WAY

INTERRUPTED = "The work was interrupted. It begins again by itself within a minute or two."


class New(Input):
    """A file, and how to read it: a mapping as a file, as text in YAML or JSON, or the id of a
    saved one. Without any, the one saved for these headings is used, where there is one."""

    file = serializers.FileField()
    mapping = serializers.CharField(required=False, allow_blank=True)
    mapping_file = serializers.FileField(required=False)
    effective_on = serializers.DateField(required=False, allow_null=True)


class Reading(Input):
    """Another way to read the same file."""

    mapping = serializers.JSONField()
    effective_on = serializers.DateField(required=False, allow_null=True)


class Confirmation(Input):
    """Whether rows with problems stay out; without it one problem stops everything."""

    skip_problem_rows = serializers.BooleanField(default=False)


class NewMapping(Input):
    """A mapping to keep under a name, for files with the headings of an import."""

    name = serializers.CharField(max_length=100)
    mapping = serializers.JSONField()
    headings = serializers.ListField(child=serializers.CharField(allow_blank=True), max_length=500)


class Mapping(serializers.Serializer):
    """How the files of one system are read."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    mapping = serializers.JSONField()
    saved_by = serializers.CharField(source="saved_by.name", default=None)
    saved_at = serializers.DateTimeField()


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
        """The numbers of the report; all 0 while the file is being read for the first time."""
        return run.report.get("counts") or Report("").counts()


class Import(Listed):
    """One import with its report: of each list the first entries; `lists` says where all are."""

    mapping = serializers.JSONField(allow_null=True)
    mapping_name = serializers.CharField()
    effective_on = serializers.DateField(allow_null=True)
    message = serializers.CharField()
    progress = serializers.SerializerMethodField()
    report = serializers.JSONField()
    lists = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    def get_progress(self, run: ImportRun) -> dict[str, Any] | None:
        """How far the work is; null when nothing is being done."""
        if run.state not in UNDER_WAY:
            return None
        if run.is_silent():
            return {"stage": INTERRUPTED, "done": 0, "total": 0}
        stage = run.stage or "Waiting for a worker"
        return {"stage": stage, "done": run.rows_done, "total": run.rows_total}

    def get_lists(self, run: ImportRun) -> list[dict[str, Any]]:
        """Every list of the report that has entries, page by page and as a sheet."""
        counts = self.get_counts(run)
        return [
            {
                "part": part,
                "count": count,
                "url": reverse("api-people:import-list", args=[run.pk, part]),
                "page_url": reverse("people:import-list", args=[run.pk, part]),
                "sheet_url": reverse("people:import-sheet", args=[run.pk, part]),
            }
            for part in PARTS
            if (count := _length(part, counts))
        ]

    def get_actions(self, run: ImportRun) -> list[dict[str, Any]]:
        """What this person may do with it now."""
        verdict = policies.import_people(self.context["person"])
        return [
            _action(run, verdict, "confirm", "Import these people", "confirmation"),
            _action(run, verdict, "look_again", "Look again", "reading"),
            _action(run, verdict, "discard", "Discard", "discarding"),
        ]


PAGES = {"look_again": "people:import-reading", "discard": "people:import-discarding"}


def _action(run: ImportRun, verdict: Verdict, move: str, label: str, noun: str) -> dict[str, Any]:
    open_ = run.state in IMPORT_MOVES[move][0] and run.state != ImportRun.State.WRITING
    reason = "" if open_ else f"This import is “{run.get_state_display().lower()}”."
    return {
        "name": move,
        "label": label,
        "url": reverse(f"api-people:import-{noun}", args=[run.pk]),
        "page_url": reverse(PAGES.get(move, "people:import"), args=[run.pk]),
        "allowed": bool(verdict) and open_,
        "reason": verdict.reason if isinstance(verdict, Denied) else reason,
    }


def _length(part: str, counts: dict[str, int]) -> int:
    if part == "problems":
        return counts.get("errors", 0) + counts.get("warnings", 0)
    return counts.get(part, 0)


def present(run: ImportRun, person: Person) -> dict[str, Any]:
    """The payload of `GET /people/imports/{id}/` for `person`."""
    return Import(run, context={"person": person}).data


def listed(runs: Any) -> list[dict[str, Any]]:
    """The payload of a list of imports; `runs` come without their content."""
    return Listed(runs, many=True).data


def mappings(rows: Any) -> list[dict[str, Any]]:
    """The payload of the saved mappings."""
    return Mapping(rows, many=True).data


def entries(run: ImportRun, part: str, number: int) -> dict[str, Any]:
    """One page of a list of a report, with where the pages beside it are."""
    page = run.pages.filter(part=part, number=number).first()
    pages = -(-_length(part, run.report.get("counts", {})) // PAGE)
    url = reverse("api-people:import-list", args=[run.pk, part])
    return {
        "part": part,
        "page": number,
        "pages": pages,
        "next": f"{url}?page={number + 1}" if number < pages else None,
        "previous": f"{url}?page={number - 1}" if 1 < number <= pages else None,
        "results": unpacked(bytes(page.entries)) if page else [],
    }


def sheet(run: ImportRun, part: str) -> Iterator[str]:
    """A whole list for a spreadsheet, page by page: a line a difference."""
    yield written(HEADS[part], [])
    for packed in run.pages.filter(part=part).order_by("number").iterator(chunk_size=20):
        yield more(row for entry in unpacked(bytes(packed.entries)) for row in _rows(part, entry))


def _rows(part: str, entry: dict[str, Any]) -> list[list[Any]]:
    if part in ("problems", "teams"):
        return [[entry[name] for name in HEADS[part]]]
    who = [entry["line"] or "", entry["employee_number"], entry["name"]]
    said = [[d["label"], d["old"], d["new"]] for d in entry.get("differences", [])]
    said += [[v["label"], "", v["value"]] for v in entry.get("values", [])]
    return [[*who, *rest] for rest in said or [["", "", ""]]]


WHO = ["line", "employee_number", "name", "field", "old", "new"]
HEADS = dict.fromkeys(PARTS, WHO) | {
    "problems": ["line", "column", "value", "severity", "message"],
    "teams": ["key", "name", "parent"],
}
