"""The way up from a person to the top, stored for every period, so that nobody has to walk it."""

from __future__ import annotations

import datetime
from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Length, Replace
from django.db.models.lookups import LessThanOrEqual

LAYERS = 100
TOO_DEEP = f"nobody is more than {LAYERS} layers below the top"


class ChainQuerySet(models.QuerySet):
    """Which ways up."""

    def as_of(self, on: datetime.date) -> Self:
        """Those of one day, as we know it now."""
        return self.filter(valid__contains=on)

    def below(self, path: str) -> Self:
        """Those that lead up through the end of `path`; the way that ends there is none of them."""
        return self.filter(leads_through(path))


class Chain(models.Model):
    """`path` lists ids from the top down to the person, "/12/7/33/", over a period.

    Derived from the standing reporting lines by `chains` actions, for exactly the days on which
    the person has one. Whoever has no line stands at the top of those below them. The lines hold
    the key to people; to hold it here again would be the dearest part of writing.
    """

    person = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        related_name="chains",
        db_index=False,
        db_constraint=False,
    )
    path = models.TextField(db_collation="C", editable=False)
    valid = DateRangeField()

    objects = ChainQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person",
                Func("valid", function="lower", output_field=models.DateField()),
                include=["id", "valid"],
                name="a person has one way up from a day",
            ),
            models.CheckConstraint(
                name=TOO_DEEP,
                condition=LessThanOrEqual(
                    Length("path") - Length(Replace("path", Value("/"), Value(""))), LAYERS + 2
                ),
            ),
        ]
        indexes = [models.Index("path", name="chain_path")]

    def __str__(self) -> str:
        return self.path


def top(person_id: int) -> str:
    """The way up of somebody at the top."""
    return f"/{person_id}/"


def leads_through(path: str, name: str = "path") -> Q:
    """Ways up in the column `name` that go on below the end of `path`, as a range whose size the
    planner knows: "0" comes right after "/".
    """
    return Q((f"{name}__gt", path), (f"{name}__lt", f"{path[:-1]}0"))
