"""How a dated fact gives way to another: standing rows are superseded, their rests written anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from people import succession
from people.models import Person
from people.models.temporal import Temporal
from people.succession import Span


def period(on: datetime.date | None, until: datetime.date | None = None) -> DateRange:
    """From `on`, up to but not including `until`; open when there is none."""
    return DateRange(on, until)


def span_of(valid: DateRange) -> Span:
    """A period of the database as plain days."""
    return valid.lower, valid.upper


def make_room(
    standing: Iterable[Temporal],
    valid: DateRange,
    *,
    by: Person | None,
    at: datetime.datetime,
    resumed: dict[str, Any] | None = None,
) -> None:
    """Supersede each row of `standing` at `at`, and write again what it says outside `valid`.

    The rows must be locked by the caller (through their person). Where a row is cut in two, its
    second half says `resumed` instead: it goes on, it does not happen again.
    """
    rows = list(standing)
    plan = succession.giving_way(_spans(rows), span_of(valid))
    _follow(rows, plan, by=by, at=at, resumed=resumed)


def make_room_for_each(
    taken: Iterable[tuple[Temporal, DateRange]],
    *,
    by: Person | None,
    at: datetime.datetime,
    resumed: dict[str, Any] | None = None,
) -> None:
    """The same for many people at once: each row with the period that it gives up."""
    pairs = list(taken)
    plan = {row.pk: succession.rests(span_of(row.valid), span_of(valid)) for row, valid in pairs}
    _follow([row for row, _ in pairs], plan, by=by, at=at, resumed=resumed)


def correct(
    standing: Iterable[Temporal],
    wrong: Temporal,
    valid: DateRange,
    *,
    by: Person | None,
    at: datetime.datetime,
    resumed: dict[str, Any] | None = None,
) -> None:
    """Supersede `wrong`, one of all the rows that stand of a person, for what holds in `valid`."""
    rows = list(standing)
    plan = succession.corrected(_spans(rows), wrong.pk, span_of(valid))
    _follow(rows, plan, by=by, at=at, resumed=resumed)


def _spans(rows: list[Temporal]) -> dict[int, Span]:
    return {row.pk: span_of(row.valid) for row in rows}


def _follow(
    rows: list[Temporal],
    plan: dict[int, list[Span]],
    *,
    by: Person | None,
    at: datetime.datetime,
    resumed: dict[str, Any] | None,
) -> None:
    """Supersede what the plan names and write its rests, in two statements."""
    if not plan:
        return
    table: Any = type(rows[0])
    table.objects.filter(pk__in=plan, superseded_at=None).update(superseded_at=at)
    table.objects.bulk_create(
        (
            _again(row, rest, recorded_by=by, recorded_at=at, **(resumed or {} if later else {}))
            for row in rows
            for later, rest in enumerate(plan.get(row.pk, ()))
        ),
        batch_size=2_000,
    )


def _again(row: Temporal, rest: Span, **changed: Any) -> Temporal:
    """The same words for a shorter period; who first said them stays in the superseded row."""
    skipped = {"id", "valid", "superseded_at", *changed}
    words = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in skipped
    }
    return type(row)(**words, valid=DateRange(*rest), **changed)
