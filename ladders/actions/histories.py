"""What can happen to a file of earlier placements: it comes in whole, or not at all."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ladders.actions import headcounts
from ladders.histories import Earlier, Plan, compare
from ladders.models import Placement
from ladders.policies import place_person
from people import audit
from people.actions.periods import make_room_for_each
from people.imports import columns, files
from people.imports.fields import PLACEMENTS
from people.imports.mapping import build
from people.imports.report import Report
from people.models import Person
from people.refusals import enforce

FIELDS = {field.name for field in PLACEMENTS}


def bring_in(
    content: bytes,
    filename: str,
    mapping: dict[str, Any],
    *,
    by: Person | None,
    skip_problem_rows: bool = False,
    dry_run: bool = False,
) -> Report:
    """Add earlier placements of kind import. A second run finds nothing to write.

    Raises Invalid (`file` or `mapping`) when the file as a whole cannot be read.
    """
    how = build(mapping, FIELDS)
    table = files.read(content, filename, columns.likeness(PLACEMENTS, how), how.encoding)
    report = Report(table.described)
    rows = columns.understand(table, how, PLACEMENTS, report).rows()
    unreadable = list(report.problems)
    with transaction.atomic():
        plan = compare(rows, how, report)
        report.skips = skip_problem_rows
        if not (dry_run or report.blocked or not plan.earlier):
            # What was read before the locks may have changed since: look again under them.
            _lock(plan, by)
            again = Report(report.described, problems=unreadable)
            _write(compare(rows, how, again), by=by)
    return report


def _lock(plan: Plan, by: Person | None) -> None:
    ids = {entry.person.pk for entry in plan.earlier}
    people = Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids)
    for person in people.order_by("pk"):
        enforce(place_person(by, person))


def _write(plan: Plan, *, by: Person | None) -> None:
    now = timezone.now()
    spans: dict[int, list[Earlier]] = {}
    for entry in plan.earlier:
        spans.setdefault(entry.person.pk, []).append(entry)
    # One after the other for each person, all people at once: a period may cut what the one
    # before it left over.
    for turn in range(max(map(len, spans.values()), default=0)):
        _write_turn([entries[turn] for entries in spans.values() if len(entries) > turn], by, now)
    headcounts.follow(spans)
    for entry in plan.earlier[:1]:
        audit.record("placement.import", entry.person, by=by, rows=len(plan.earlier))


def _write_turn(entries: list[Earlier], by: Person | None, now: Any) -> None:
    valid = {entry.person.pk: entry.valid for entry in entries}
    standing = Placement.objects.known_at().filter(person__in=valid)
    over = [row for row in standing if row.until is None or row.until > valid[row.person_id].lower]
    taken = [
        (row, valid[row.person_id])
        for row in over
        if valid[row.person_id].upper is None or row.since < valid[row.person_id].upper
    ]
    make_room_for_each(taken, by=by, at=now, resumed={"kind": Placement.Kind.IMPORT})
    kind = Placement.Kind.IMPORT
    Placement.objects.bulk_create(
        Placement(
            person=entry.person,
            level=entry.level,
            valid=entry.valid,
            kind=kind,
            recorded_at=now,
            recorded_by=by,
            reason="Brought in from a file.",
        )
        for entry in entries
    )
