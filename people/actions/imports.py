"""Everything that can happen to an import of people: look at a file, then do what it says.

A small file is read and written at once; a large one becomes a row that a worker finds (`runs`).
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from people import audit, policies, states
from people.actions import intake, mappings
from people.actions.lines import lock_hierarchy
from people.imports import columns, files, organisation
from people.imports.compare import REASON, Plan, compare, within_reason
from people.imports.fields import PEOPLE
from people.imports.mapping import build
from people.imports.progress import SILENT, Progress
from people.imports.report import Report
from people.models import ImportPage, ImportRun, Person, Role
from people.refusals import Conflict, Invalid, enforce

SMALL = 250_000  # bytes of a file that nobody needs to wait for
SMALL_WORKBOOK = 60_000  # it is packed
AT_ONCE = "Somebody else changed people at the same moment. Nothing was imported; try again."
CHANGED = "People changed since this was looked at. The preview is new now; look at it once more."
State = ImportRun.State


def understand(
    content: bytes,
    filename: str,
    mapping: dict[str, Any] | None,
    *,
    by: Person | None,
    on: datetime.date | None = None,
    progress: Progress = SILENT,
) -> Plan:
    """Read a file and compare it with the database as of `on`, which is today. Writes nothing.

    Without a mapping the one saved for these headings is used, where there is one. Raises Invalid
    (`file`, `mapping` or `effective_on`) when it cannot be read as a whole.
    """
    today = timezone.localdate()
    _near(on, today)
    how = build(mapping or {}, mappings.FIELDS)
    table = files.read(content, filename, columns.likeness(PEOPLE, how), how.encoding)
    kept = mappings.proposed(table.heading) if mapping is None else None
    if kept:
        how = build(kept.mapping, mappings.FIELDS)
        table = files.read(content, filename, columns.likeness(PEOPLE, how), how.encoding)
    report = Report(table.described, on=(on or today).isoformat())
    report.mapping = kept.name if kept else ""
    sheet = columns.understand(table, how, PEOPLE, report, progress)
    barred = by.pk if by and not by.has_role(Role.HR) else None
    plan = compare(
        sheet,
        organisation.load(on or today),
        how,
        report,
        on=on or today,
        today=today,
        never_manager=barred,
        progress=progress,
    )
    plan.mapping = kept.mapping if kept else mapping or {}
    return plan


def preview(
    *,
    by: Person | None,
    content: bytes,
    filename: str,
    mapping: dict[str, Any] | None = None,
    on: datetime.date | None = None,
) -> ImportRun:
    """Keep a file, with the report on what it would change once it is read. Nobody is touched."""
    enforce(policies.import_people(by))
    _near(on, timezone.localdate())
    build(mapping or {}, mappings.FIELDS)
    files.check(content, filename)
    with transaction.atomic():
        run = ImportRun.objects.create(
            filename=filename[-255:],
            content=content,
            mapping=mapping,
            effective_on=on,
            state=State.READING,
            uploaded_by=by,
        )
        audit.record("import.upload", run, by=by)
        if is_small(run):
            show(run, understand(content, run.filename, mapping, by=by, on=on))
    return run


def look_again(
    run: ImportRun,
    *,
    by: Person | None,
    mapping: dict[str, Any],
    on: datetime.date | None = None,
) -> ImportRun:
    """Read the same file in another way."""
    _near(on, timezone.localdate())
    build(mapping, mappings.FIELDS)
    with transaction.atomic():
        run = _lock(run, "look_again", by)
        run.state, run.mapping, run.mapping_name = State.READING, mapping, ""
        run.effective_on, run.message, run.attempts, run.heartbeat_at = on, "", 0, None
        run.save()
        if is_small(run):
            show(run, understand(bytes(run.content), run.filename, mapping, by=by, on=on))
    return run


def confirm(run: ImportRun, *, by: Person | None, skip_problem_rows: bool = False) -> ImportRun:
    """Do what the preview says, all of it or nothing; rows with problems stay out if asked.

    When the database changed since the preview, the preview is made anew and this is a Conflict.
    """
    small = is_small(ImportRun.objects.get(pk=run.pk))
    with transaction.atomic():
        if small:
            lock_hierarchy()
        run = _lock(run, "confirm" if small else "order", by)
        if blocked(run.report, skip_problem_rows):
            raise Conflict(_blocked(run.report["counts"]["rows_with_errors"]))
        run.skip_problem_rows, run.confirmed_by = skip_problem_rows, by
        if not small:
            run.state, run.attempts, run.heartbeat_at = State.WRITING, 0, None
            run.stage, run.rows_done, run.rows_total = "", 0, run.report["counts"]["rows"]
            run.message = ""
            run.save()
            audit.record("import.order", run, by=by)
            return run
        as_seen = carry_out(run)
    if not as_seen:
        raise Conflict(CHANGED)
    return run


def carry_out(run: ImportRun, progress: Progress = SILENT) -> bool:
    """Write what the preview of a run says, whoever confirmed it. The caller holds the lock on
    the hierarchy, and nobody else may be at this run. False: people changed, look once more."""
    by = run.confirmed_by
    enforce(policies.import_people(by))
    plan = understand(
        bytes(run.content),
        run.filename,
        run.mapping,
        by=by,
        on=run.effective_on,
        progress=progress,
    )
    plan.report.skips = run.skip_problem_rows
    if plan.report.digest() != run.report["digest"]:
        show(run, plan)
        return False
    run.report = plan.report.plain()
    _write(run, plan, by, progress)
    return True


def discard(run: ImportRun, *, by: Person | None) -> ImportRun:
    """Put a preview away; the file is forgotten, that it was there is not."""
    with transaction.atomic():
        run = _lock(run, "discard", by)
        run.state, run.content = State.DISCARDED, b""
        run.save()
        audit.record("import.discard", run, by=by)
    return run


def bring_in(
    content: bytes,
    filename: str,
    mapping: dict[str, Any] | None,
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
            words = {"filename": filename[-255:], "mapping": plan.mapping, "effective_on": on}
            run = ImportRun(content=content, uploaded_by=by, report=plan.report.plain(), **words)
            _write(run, plan, by)
            _keep(run, plan.report)
    return plan.report


def show(run: ImportRun, plan: Plan) -> None:
    """Put a report before whoever chose the file."""
    run.state, run.report, run.mapping = State.PREVIEWED, plan.report.plain(), plan.mapping
    run.mapping_name = plan.report.mapping
    run.save()
    _keep(run, plan.report)


def is_small(run: ImportRun) -> bool:
    """True when a request can do it."""
    packed = run.filename.lower().endswith((".xlsx", ".xlsm"))
    return len(run.content) <= (SMALL_WORKBOOK if packed else SMALL)


def blocked(report: dict[str, Any], skips: bool) -> bool:
    """Whether a preview may not be confirmed as it is."""
    return bool(report["stopped"] or (report["counts"]["errors"] and not skips))


def _lock(run: ImportRun, move: str, by: Person | None) -> ImportRun:
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    enforce(policies.import_people(by))
    states.check_import(run.state, move)
    return run


def _near(on: datetime.date | None, today: datetime.date) -> None:
    if on and not within_reason(on, today):
        raise Invalid({"effective_on": [f"Choose another day: {REASON}."]})


def _keep(run: ImportRun, report: Report) -> None:
    run.pages.all().delete()
    ImportPage.objects.bulk_create(
        ImportPage(run=run, part=part, number=number, entries=page)
        for part, entries in report.lists().items()
        for number, page in enumerate(entries.packed(), start=1)
    )


def _write(run: ImportRun, plan: Plan, by: Person | None, progress: Progress = SILENT) -> None:
    if plan.report.blocked:
        raise Conflict(_blocked(plan.report.rows_with_errors))
    try:
        with transaction.atomic():
            intake.write(plan, by=by, progress=progress)
    except (IntegrityError, DataError):
        raise Conflict(AT_ONCE) from None
    run.state, run.confirmed_at, run.confirmed_by = State.CONFIRMED, timezone.now(), by
    run.save()
    audit.record("import.confirm", run, by=by, counts=plan.report.counts())


def _blocked(rows: int) -> str:
    if not rows:
        return "The file as a whole has a problem. Say how it is to be read, then look again."
    return f"{rows} rows have problems. Correct the file, or leave those rows out."
