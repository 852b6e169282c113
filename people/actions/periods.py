"""How a dated fact gives way to another: standing rows are superseded, their rests written anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from people.models import Person
from people.models.temporal import Temporal

Rest = tuple[datetime.date | None, datetime.date | None]


def period(on: datetime.date, until: datetime.date | None = None) -> DateRange:
    """From `on`, up to but not including `until`; open when there is none."""
    return DateRange(on, until)


def make_room(
    standing: Iterable[Temporal],
    valid: DateRange,
    *,
    by: Person | None,
    at: datetime.datetime,
    resumed: dict[str, Any] | None = None,
) -> None:
    """Supersede each row of `standing` at `at`, and write again what it says outside `valid`.

    The rows must be locked by the caller (through their person) and overlap `valid`. Where a row
    is cut in two, its second half says `resumed` instead: it goes on, it does not happen again.
    """
    make_room_for_each(((row, valid) for row in standing), by=by, at=at, resumed=resumed)


def make_room_for_each(
    taken: Iterable[tuple[Temporal, DateRange]],
    *,
    by: Person | None,
    at: datetime.datetime,
    resumed: dict[str, Any] | None = None,
) -> None:
    """The same for many people at once: each row with the period that it gives up."""
    pairs = list(taken)
    if not pairs:
        return
    table: Any = type(pairs[0][0])
    ids = [row.pk for row, _ in pairs]
    table.objects.filter(pk__in=ids, superseded_at=None).update(superseded_at=at)
    table.objects.bulk_create(
        (
            _again(row, rest, recorded_by=by, recorded_at=at, **(resumed or {} if later else {}))
            for row, valid in pairs
            for later, rest in enumerate(rests(row.valid, valid))
        ),
        batch_size=2_000,
    )


def rests(old: DateRange, new: DateRange) -> list[Rest]:
    """What is left of `old` before and after `new`; either may be open at its ends.

    >>> rests(DateRange(1, 9), DateRange(3, 5))
    [(1, 3), (5, 9)]
    """
    left: list[Rest] = []
    if new.lower is not None and (old.lower is None or old.lower < new.lower):
        left.append((old.lower, min(new.lower, old.upper or new.lower)))
    if new.upper is not None and (old.upper is None or old.upper > new.upper):
        left.append((max(new.upper, old.lower or new.upper), old.upper))
    return left


def _again(row: Temporal, rest: Rest, **changed: Any) -> Temporal:
    """The same words for a shorter period; who first said them stays in the superseded row."""
    skipped = {"id", "valid", "superseded_at", "recorded_at", "recorded_by", *changed}
    words = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in skipped
    }
    return type(row)(**words, valid=DateRange(*rest), **changed)
