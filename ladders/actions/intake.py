"""What people do with a ladder file: look at what it would become, then begin a draft with it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ladders import policies
from ladders.actions import imports
from ladders.formats import documents, wide
from ladders.formats.documents import Reading
from ladders.formats.text import LARGEST
from ladders.models import Ladder
from people import audit, states
from people.models import ImportRun, Person
from people.refusals import Conflict, Invalid, enforce

SHOWN_LEVELS, SHOWN_ROWS, SHOWN_LETTERS = 4, 6, 160


def preview(
    *,
    by: Person,
    content: bytes,
    filename: str,
    form: str = "",
    mapping: dict[str, Any] | None = None,
    ladder: str = "",
) -> ImportRun:
    """Keep a file with the report on what it would become. No ladder is touched.

    `ladder` is the slug of the ladder that it shall be a draft of, whatever the file says.
    """
    enforce(policies.import_ladder(by))
    if len(content) > LARGEST:
        raise Invalid({"file": ["A ladder file has at most 5 MB."]})
    if form and form not in documents.FORMS:
        raise Invalid({"form": [f"Choose one of {', '.join(documents.FORMS)}."]})
    how = {**(mapping or {}), **({"form": form} if form else {}), **_belongs(ladder)}
    with transaction.atomic():
        run = ImportRun.objects.create(
            kind=ImportRun.Kind.LADDER,
            filename=filename[-255:],
            content=content,
            mapping=how,
            report=_report(_read(content, filename, how), by),
            uploaded_by=by,
        )
        audit.record("import.preview", run, by=by, counts=run.report["counts"])
    return run


def confirm(run: ImportRun, *, by: Person) -> ImportRun:
    """Begin the draft that the preview showed, or refuse and say why."""
    enforce(policies.import_ladder(by))
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
        states.check_import(run.state, "confirm")
        reading = _read(bytes(run.content), run.filename, run.mapping or {})
        if not reading.good or reading.document is None:
            raise Conflict("The file has problems. Correct it and choose it again.")
        imports.import_document(reading.document, by=by, report=reading.report)
        run.report |= {"outcome": reading.report.outcome, "became": reading.report.became}
        run.state, run.confirmed_at = ImportRun.State.CONFIRMED, timezone.now()
        run.save()
        audit.record("import.confirm", run, by=by, counts=run.report["counts"])
    return run


def _read(content: bytes, filename: str, how: dict[str, Any]) -> Reading:
    return documents.read(content, filename, mapping=how)


def _belongs(slug: str) -> dict[str, Any]:
    if not slug:
        return {}
    ladder = Ladder.objects.filter(slug=slug).first()
    if ladder is None:
        raise Invalid({"ladder": ["There is no such ladder."]})
    newest = ladder.versions.order_by("-pk").first()
    own = newest.extra.get("framework", {}).get("id", slug) if newest else slug
    return {"id": str(own), "title": ladder.title}


def _report(reading: Reading, by: Person) -> dict[str, Any]:
    """The report as JSON, with a small matrix to look at and what confirming would do."""
    report, shown = reading.report, None
    if reading.good and reading.document is not None:
        shown = _matrix(reading.document)
        try:
            imports.import_document(reading.document, by=by, dry_run=True, report=report)
        except (Conflict, Invalid) as refusal:
            report.error(refusal.reason, line=1)
    said = report.as_data()
    errors = sum(problem["severity"] == "error" for problem in said["problems"])
    problems = [problem | {"place": _place(problem)} for problem in said["problems"]]
    counts = {**said["read"], "errors": errors, "warnings": len(problems) - errors}
    return said | {
        "problems": problems,
        "counts": counts,
        "matrix": shown,
        "blocked": bool(report.failed),
        "title": str((reading.document or {}).get("framework", {}).get("title", "")),
    }


def _place(problem: dict[str, Any]) -> str:
    return problem["cell"] or (f"Line {problem['line']}" if problem["line"] else "The file")


def _matrix(document: dict[str, Any]) -> dict[str, Any]:
    """The first rows and levels, cut short."""
    sheet = wide.build(document)
    across = 2 + SHOWN_LEVELS
    return {
        "head": sheet.head[-1][1:across],
        "rows": [
            [text[:SHOWN_LETTERS] + ("…" if len(text) > SHOWN_LETTERS else "") for text in row]
            for row in (row[1:across] for row in sheet.rows[:SHOWN_ROWS])
        ],
        "levels": len(sheet.head[-1]) - 2,
        "competencies": len(sheet.rows),
    }
