"""Bringing in evidence from a spreadsheet: look first, then add what is new. Nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from django.db import transaction

from assessments import evidence_rows
from assessments.actions.evidence import known_competencies
from assessments.evidence_rows import MOST_ROWS, Report
from assessments.models import Evidence
from people import audit
from people.imports import files
from people.models import Person
from people.refusals import Conflict, Invalid

MOST_BYTES = 1024 * 1024
ENDINGS = (".csv", ".tsv", ".txt")


def preview(content: bytes, filename: str, *, by: Person) -> Report:
    """What a file would add. Writes nothing; Invalid (`file`) for one that cannot be read."""
    if len(content) > MOST_BYTES:
        raise Invalid({"file": ["The file has more than 1 MB; bring it in by parts."]})
    if not filename.lower().endswith(ENDINGS):
        raise Invalid({"file": ["Choose a .csv file."]})
    known = {key: str(row) for key, row in known_competencies(by).items()}
    table = files.read(content, filename, evidence_rows.likeness)
    lines = list(islice(table.rows, MOST_ROWS + 1))
    if len(lines) > MOST_ROWS:
        raise Invalid({"file": [f"The file has more than {MOST_ROWS:,} lines."]})
    if absent := evidence_rows.missing(table):
        raise Invalid({"file": [f"There is no column for {', '.join(absent)}."]})
    rows = Evidence.objects.visible_to(by).values_list("happened_on", "what")
    table = replace(table, rows=iter(lines))
    return evidence_rows.understand(table, known, {evidence_rows.key_of(*row) for row in rows})


def confirm(
    content: bytes, filename: str, *, by: Person, skip_problem_rows: bool = False
) -> Report:
    """Add what is new, all of it or nothing; twice adds it once.

    Lines with problems stay out when asked for; without that they are a Conflict.
    """
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=by.pk)
        report = preview(content, filename, by=by)
        if report.problems and not skip_problem_rows:
            count = report.lines_with_problems
            raise Conflict(f"Lines with problems: {count}. Correct them, or leave them out.")
        if report.new:
            _write(report, by)
    return report


def _write(report: Report, by: Person) -> None:
    known = known_competencies(by)
    made = Evidence.objects.bulk_create(
        Evidence(
            person=by, what=row.what, happened_on=row.happened_on, links=row.links, tags=row.tags
        )
        for row in report.new
    )
    ties = Evidence.competencies.through
    ties.objects.bulk_create(
        ties(evidence_id=piece.pk, competency_id=known[key].pk)
        for piece, row in zip(made, report.new, strict=True)
        for key in row.competencies
    )
    audit.record("evidence.import", by, by=by, count=len(made))
