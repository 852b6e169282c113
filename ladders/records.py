"""What is on record of one person: placements and reporting lines, and what was said before."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from ladders import directory
from ladders.models import Placement
from people.models import Employment, Person, ReportingLine, Role
from people.models.temporal import Temporal

READ_WHOLE = frozenset({directory.ONESELF, directory.HR})
"""Who reads what was said before, and the reporting lines; the others read where somebody stood."""
Fact = TypeVar("Fact", bound=Temporal)


@dataclass
class Records:
    """The records of `person`, as of a day and as known at an instant (None: now)."""

    person: Any
    reader: Person
    today: datetime.date
    on: datetime.date
    known_at: datetime.datetime | None
    relations: frozenset[str]
    placements: list[Placement]
    lines: list[ReportingLine]
    employments: list[Employment]

    @property
    def whole(self) -> bool:
        """True for the person and for HR."""
        return bool(self.relations & READ_WHOLE)

    def stood(self, rows: Sequence[Fact]) -> Fact | None:
        """The one of `rows` that held on the day that is asked for, as it was known."""
        return next((row for row in rows if _held(row, self.on, self.known_at)), None)


def find(
    reader: Person,
    pk: int,
    *,
    on: datetime.date | None = None,
    known_at: datetime.datetime | None = None,
) -> Records | None:
    """The records of whoever has this id, as far as `reader` may know them; else None."""
    today = timezone.localdate()
    person = directory.people(reader, today).filter(pk=pk).first()
    relations = person and directory.relations(reader, person)
    if not relations:
        return None
    whole = bool(relations & READ_WHOLE)
    placements = Placement.objects.visible_to(reader).filter(person=pk).for_display()
    placements = placements if whole else placements.known_at(known_at)
    return Records(
        person=person,
        reader=reader,
        today=today,
        on=on or today,
        known_at=known_at,
        relations=relations,
        placements=_newest_first(placements),
        lines=_newest_first(lines(reader, pk)) if whole else [],
        employments=list(Employment.objects.filter(person=pk).order_by("-left_on"))
        if whole
        else [],
    )


def reads_whole(reader: Person, pk: int) -> bool:
    """True for the person of this id and for HR."""
    return reader.pk == pk or reader.has_role(Role.HR)


def lines(reader: Person, pk: int | None = None) -> QuerySet[ReportingLine]:
    """Reporting lines that `reader` may read with their past: their own; HR reads all."""
    rows = ReportingLine.objects.select_related("manager", "team", "recorded_by")
    if not reader.has_role(Role.HR):
        rows = rows.filter(person=reader)
    return rows if pk is None else rows.filter(person=pk)


def _newest_first(rows: Any) -> list[Any]:
    found = rows.select_related("recorded_by").order_by("-recorded_at", "-pk")
    return sorted(found, key=lambda row: row.since or datetime.date.min, reverse=True)


def _held(row: Temporal, on: datetime.date, known_at: datetime.datetime | None) -> bool:
    if known_at is None:
        known = row.superseded_at is None
    else:
        known = row.recorded_at <= known_at and not (
            row.superseded_at and row.superseded_at <= known_at
        )
    return known and (row.since or on) <= on and (row.until is None or on < row.until)
