"""What every bitemporal row shares: a valid period, and when we knew it."""

from __future__ import annotations

import datetime
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone


class TemporalQuerySet(models.QuerySet):
    """Which rows hold on a date, as we knew them at an instant."""

    def known_at(self, instant: datetime.datetime | None = None) -> Self:
        """Rows that stood at `instant`; without one, the rows that stand now."""
        if instant is None:
            return self.filter(superseded_at__isnull=True)
        later = Q(superseded_at__isnull=True) | Q(superseded_at__gt=instant)
        return self.filter(later, recorded_at__lte=instant)

    def as_of(self, date: datetime.date, known_at: datetime.datetime | None = None) -> Self:
        """Rows whose valid period holds `date`."""
        return self.known_at(known_at).filter(valid__contains=date)


class Temporal(models.Model):
    """A fact with two times: when it is true, and since when we say so."""

    valid = DateRangeField(help_text="From the first day, up to but not including the last.")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def since(self) -> datetime.date:
        """The first day on which this holds."""
        return self.valid.lower

    @property
    def until(self) -> datetime.date | None:
        """The first day on which this holds no longer; None while it is open."""
        return self.valid.upper


def one_at_a_time(name: str) -> ExclusionConstraint:
    """No two standing rows of one person may overlap. Needs no extension."""
    person = Func(F("person"), F("person"), Value("[]"), function="int8range")
    return ExclusionConstraint(
        name=name,
        expressions=[
            (person, RangeOperators.OVERLAPS),
            ("valid", RangeOperators.OVERLAPS),
        ],
        condition=Q(superseded_at__isnull=True),
    )


def never_rewritten(*, except_for: list[str]) -> list[Any]:
    """Triggers for a table whose rows are only added, or superseded once."""
    triggers = [
        pgtrigger.Protect(name="rows_stay", operation=pgtrigger.Delete),
        pgtrigger.ReadOnly(name="words_stay", exclude=except_for),
        never_emptied(),
    ]
    if "superseded_at" in except_for:
        gone = pgtrigger.Q(old__superseded_at__isnull=False)
        triggers.append(
            pgtrigger.Protect(name="gone_stays", operation=pgtrigger.Update, condition=gone)
        )
    return triggers


def never_emptied() -> pgtrigger.Trigger:
    """The table is not emptied in one sweep, which triggers by row would not see."""
    return pgtrigger.Trigger(
        name="never_emptied",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'The past is never truncated (table %)', TG_TABLE_NAME;",
    )
