"""Everything that can happen to an import of people: look at a file, then do what it says.

A small file is read and written at once; a large one becomes a row that a worker finds (`runs`).
"""

from __future__ import annotations

import datetime
from itertools import islice
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from people import audit, policies, states
from people.actions import intake, mappings, pieces
from people.actions.lines import lock_hierarchy
from people.imports import columns, files, organisation
from people.imports.compare import REASON, Plan, compare, within_reason
from people.imports.facts import Facts
from people.imports.fields import PEOPLE
from people.imports.files import Source, Table
from people.imports.findings import Findings
from people.imports.mapping import Mapping, build
from people.imports.progress import SILENT, Progress
from people.imports.report import Report
from people.imports.stage import Stage
from people.models import ImportPage, ImportRun, Person, Role
from people.refusals import Conflict, Invalid, enforce

SMALL = 250_000  # bytes of a file that nobody needs to wait for
SMALL_WORKBOOK = 60_000  # it is packed
PAGES = 50  # of a report that are written together
AT_ONCE = "Somebody else changed people at the same moment. Nothing was imported; try again."
CHANGED = "People changed since this was looked at. The preview is new now; look at it once more."
State = ImportRun.State


def understand(
    content: Source,
    filename: str,
    mapping: dict[str, Any] | None,
    *,
    by: Person | None,
    on: datetime.date | None = None,
    progress: Progress = SILENT,
) -> Plan:
    """Read a file and compare it with the database as of `on`, which is today. Writes nothing but
    tables of the caller's transaction.

    Without a mapping the one saved for these headings is used, where there is one. Raises Invalid
    (`file`, `mapping` or `effective_on`) when it cannot be read as a whole.
    """
    today = timezone.localdate()
    _near(on, today)
    how = build(mapping or {}, mappings.FIELDS)
    table = _read(content, filename, how)
    kept = mappings.proposed(table.heading) if mapping is None else None
    how = build(kept.mapping, mappings.FIELDS) if kept else how
    stage, report = _staged(content, filename, how, None if kept else table, progress)
    report.on, report.mapping = (on or today).isoformat(), kept.name if kept else ""
    barred = by.pk if by and not by.has_role(Role.HR) else None
    plan = compare(
        stage,
        organisation.teams(),
        how,
        report,
        on=on or today,
        today=today,
        never_manager=barred,
        progress=progress,
    )
    report.problems.settle()
    plan.mapping = kept.mapping if kept else mapping or {}
    return plan


def _read(content: Source, filename: str, how: Mapping) -> Table:
    return files.read(content, filename, columns.likeness(PEOPLE, how), how.encoding)


def _staged(
    content: Source, filename: str, how: Mapping, table: Table | None, progress: Progress
) -> tuple[Stage, Report]:
    """Every row of a file, read twice where its first rows cannot say what whole columns are."""
    facts = Facts()
    while True:
        table = table or _read(content, filename, how)
        stage, report = Stage(), Report(table.described, problems=Findings())
        decided = facts.decided()
        for sheet in columns.batches(table, how, PEOPLE, report, facts, progress, columns.BATCH):
            decided = decided if stage.said else facts.decided()
            columns.with_names(sheet)
            stage.put(sheet)
        if decided == facts.decided():
            stage.figures = not facts.choice or facts.choice.figures
            return stage, report
        table = None


def preview(
    *,
    by: Person | None,
    content: Source,
    filename: str,
    mapping: dict[str, Any] | None = None,
    on: datetime.date | None = None,
) -> ImportRun:
    """Keep a file, with the report on what it would change once it is read. Nobody is touched."""
    enforce(policies.import_people(by))
    _near(on, timezone.localdate())
    build(mapping or {}, mappings.FIELDS)
    files.check(files.size(content), filename)
    with transaction.atomic():
        run = ImportRun.objects.create(
            filename=filename[-255:],
            size=files.size(content),
            mapping=mapping,
            effective_on=on,
            state=State.READING,
            uploaded_by=by,
        )
        pieces.keep(run, content)
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
            with pieces.laid_out(run) as content:
                show(run, understand(content, run.filename, mapping, by=by, on=on))
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
    with pieces.laid_out(run) as content:
        plan = understand(
            content, run.filename, run.mapping, by=by, on=run.effective_on, progress=progress
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
        run.state = State.DISCARDED
        run.save()
        pieces.forget(run)
        audit.record("import.discard", run, by=by)
    return run


def bring_in(
    content: Source,
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
            run = ImportRun(
                filename=filename[-255:],
                size=files.size(content),
                mapping=plan.mapping,
                effective_on=on,
                report=plan.report.plain(),
                uploaded_by=by,
            )
            _write(run, plan, by)
            pieces.keep(run, content)
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
    return run.size <= (SMALL_WORKBOOK if packed else SMALL)


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
    pages = (
        ImportPage(run=run, part=part, number=number, entries=page)
        for part, entries in report.lists().items()
        for number, page in enumerate(entries.packed(), start=1)
    )
    while some := list(islice(pages, PAGES)):
        ImportPage.objects.bulk_create(some)


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
