"""Everything that can happen to an import of people: look at a file, then do what it says."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from people import audit, policies, states
from people.actions import intake
from people.actions.lines import lock_hierarchy
from people.imports import columns, files, organisation
from people.imports.compare import REASON, Plan, compare, within_reason
from people.imports.fields import PEOPLE
from people.imports.mapping import build
from people.imports.progress import SILENT, Progress
from people.imports.report import Report
from people.models import ImportRun, Person, Role
from people.refusals import Conflict, Invalid, enforce

FIELDS = {field.name for field in PEOPLE}
AT_ONCE = "Somebody else changed people at the same moment. Nothing was imported; try again."
CHANGED = "People changed since this was looked at. The preview is new now; look at it once more."


def understand(
    content: bytes,
    filename: str,
    mapping: dict[str, Any],
    *,
    by: Person | None,
    on: datetime.date | None = None,
    progress: Progress = SILENT,
) -> Plan:
    """Read a file and compare it with the database as of `on`, which is today. Writes nothing.

    Raises Invalid (`file`, `mapping` or `effective_on`) when it cannot be read as a whole.
    """
    today = timezone.localdate()
    if on and not within_reason(on, today):
        raise Invalid({"effective_on": [f"Choose another day: {REASON}."]})
    how = build(mapping, FIELDS)
    table = files.read(content, filename, columns.likeness(PEOPLE, how))
    report = Report(table.described, on=(on or today).isoformat())
    sheet = columns.understand(table, how, PEOPLE, report, progress)
    barred = by.pk if by and not by.has_role(Role.HR) else None
    return compare(
        sheet,
        organisation.load(on or today),
        how,
        report,
        on=on or today,
        today=today,
        never_manager=barred,
        progress=progress,
    )


def preview(
    *, by: Person | None, content: bytes, filename: str, mapping: dict[str, Any] | None = None
) -> ImportRun:
    """Keep a file with the report on what it would change. Nobody is touched."""
    enforce(policies.import_people(by))
    plan = understand(content, filename, mapping or {}, by=by)
    with transaction.atomic():
        run = ImportRun.objects.create(
            filename=filename[-255:],
            content=content,
            mapping=mapping or {},
            report=plan.report.plain(),
            uploaded_by=by,
        )
        audit.record("import.preview", run, by=by, counts=plan.report.counts())
    return run


def confirm(run: ImportRun, *, by: Person | None, skip_problem_rows: bool = False) -> ImportRun:
    """Do what the preview says, all of it or nothing; rows with problems stay out if asked.

    When the database changed since the preview, the preview is made anew and this is a Conflict.
    """
    with transaction.atomic():
        lock_hierarchy()
        run = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
        enforce(policies.import_people(by))
        states.check_import(run.state, "confirm")
        plan = understand(bytes(run.content), run.filename, run.mapping, by=by)
        plan.report.skips = skip_problem_rows
        as_seen = plan.report.digest() == run.report["digest"]
        run.report = plan.report.plain()
        if as_seen:
            _write(run, plan, by)
        else:
            run.save(update_fields=["report"])
    if not as_seen:
        raise Conflict(CHANGED)
    return run


def bring_in(
    content: bytes,
    filename: str,
    mapping: dict[str, Any],
    *,
    by: Person | None,
    skip_problem_rows: bool = False,
    dry_run: bool = False,
    on: datetime.date | None = None,
) -> Report:
    """Look and do in one go, for the command. Nothing to change: no row is written at all."""
    enforce(policies.import_people(by))
    with transaction.atomic():
        lock_hierarchy()
        plan = understand(content, filename, mapping, by=by, on=on)
        plan.report.skips = skip_problem_rows
        if not dry_run and not plan.report.blocked and plan.report.changes:
            report = plan.report.plain()
            words = {"filename": filename[-255:], "mapping": mapping, "report": report}
            _write(ImportRun(content=content, uploaded_by=by, **words), plan, by)
    return plan.report


def _write(run: ImportRun, plan: Plan, by: Person | None) -> None:
    if plan.report.blocked:
        raise Conflict(
            f"{plan.report.rows_with_errors} rows have problems. Correct the file, or leave those "
            "rows out."
        )
    try:
        with transaction.atomic():
            intake.write(plan, by=by)
    except (IntegrityError, DataError):
        raise Conflict(AT_ONCE) from None
    run.state, run.confirmed_at = ImportRun.State.CONFIRMED, timezone.now()
    run.save()
    audit.record("import.confirm", run, by=by, counts=plan.report.counts())
