"""Large imports: the row says what is due, the clock says look, whoever finds it carries it on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import structlog
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from people import audit
from people.actions import imports, pieces
from people.actions.lines import lock_hierarchy
from people.imports.progress import Progress
from people.models import ImportRun
from people.refusals import Conflict, Refusal
from people.states import UNDER_WAY

log = structlog.get_logger(__name__)

SILENCE = datetime.timedelta(seconds=60)  # after it, who was at an import counts as gone
BEAT = 1.0  # seconds
ATTEMPTS = 3
GIVEN_UP = "This was begun three times and never came to its end. Nothing was imported."
State = ImportRun.State


def carry_on() -> int:
    """Read and write every import that is due, one after the other. Returns how many."""
    done = 0
    while run := _claim():
        done += 1
        _work(run)
    return done


def _claim() -> ImportRun | None:
    """Take up an import that nobody is at. Whoever takes it up later finishes it instead."""
    now = timezone.now()
    with transaction.atomic():
        waiting = ImportRun.objects.select_for_update(no_key=True, skip_locked=True).filter(
            Q(heartbeat_at=None) | Q(heartbeat_at__lt=now - SILENCE),
            kind=ImportRun.Kind.PEOPLE,
            state__in=UNDER_WAY,
        )
        run = waiting.order_by("pk").first()
        if run:
            run.attempts, run.heartbeat_at = run.attempts + 1, now
            run.save(update_fields=["attempts", "heartbeat_at"])
    return run


def _work(run: ImportRun) -> None:
    try:
        if run.attempts > ATTEMPTS:
            raise Conflict(GIVEN_UP)
        with _heartbeat(run) as progress:
            (_read if run.state == State.READING else _write)(run, progress)
    except Refusal as refusal:
        _refuse(run, refusal.reason)
    except Exception:
        log.exception("import_failed", run=run.pk)  # silence lets the next one try


def _read(run: ImportRun, progress: Progress) -> None:
    with transaction.atomic(), pieces.laid_out(run) as content:
        plan = imports.understand(
            content,
            run.filename,
            run.mapping,
            by=run.uploaded_by,
            on=run.effective_on,
            progress=progress,
        )
        if fresh := _mine(run):
            imports.show(fresh, plan)


def _write(run: ImportRun, progress: Progress) -> None:
    with transaction.atomic():
        lock_hierarchy()
        if ImportRun.objects.filter(pk=run.pk, state=run.state, attempts=run.attempts).exists():
            as_seen = imports.carry_out(run, progress)
            if not as_seen:
                ImportRun.objects.filter(pk=run.pk).update(message=imports.CHANGED)


def _mine(run: ImportRun) -> ImportRun | None:
    """The row, locked, unless somebody else took it up or put it away."""
    rows = ImportRun.objects.select_for_update(no_key=True)
    return rows.filter(pk=run.pk, state=run.state, attempts=run.attempts).first()


def _refuse(run: ImportRun, reason: str) -> None:
    """A preview that cannot be written goes back to who confirmed it; a file is refused."""
    with transaction.atomic():
        if fresh := _mine(run):
            back = fresh.state == State.WRITING
            fresh.state = State.PREVIEWED if back else State.REFUSED
            fresh.message = reason
            fresh.save(update_fields=["state", "message"])
            audit.record("import.give_back" if back else "import.refuse", fresh, by=None)


@contextmanager
def _heartbeat(run: ImportRun) -> Iterator[Progress]:
    """Say from a connection of its own, once a second, how far it is; the work is one transaction
    that nobody else can see into."""
    progress, over = Progress(), Event()
    mine = ImportRun.objects.filter(pk=run.pk, state=run.state, attempts=run.attempts)

    def beat() -> None:
        try:
            while not over.wait(BEAT):
                mine.update(
                    heartbeat_at=timezone.now(),
                    stage=progress.stage,
                    rows_done=progress.done,
                    rows_total=progress.total,
                )
        finally:
            connection.close()

    thread = Thread(target=beat, name="import-heartbeat", daemon=True)
    thread.start()
    try:
        yield progress
    finally:
        over.set()
        thread.join()
