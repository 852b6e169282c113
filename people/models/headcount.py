"""How many people are below each leader on the day of the last count, kept as things change."""

from __future__ import annotations

import datetime
from typing import Self

from django.db import models
from django.db.models import Q

ALONE = r"^(/[0-9]+/)?$"
"""A way up that holds nobody but the person, or none."""


class Census(models.Model):
    """The day that positions and headcounts tell of: one row, or none before the first count."""

    day = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="there is one day of the last count", condition=Q(pk=1))
        ]

    def __str__(self) -> str:
        return f"{self.day}"

    @classmethod
    def taken_on(cls) -> datetime.date | None:
        """The day, or None when nobody was counted yet."""
        return cls.objects.values_list("day", flat=True).first()


class PositionQuerySet(models.QuerySet):
    """Which positions."""

    def at_the_top(self) -> Self:
        """Those of people whom nobody manages, and of people without a line."""
        return self.filter(path__regex=ALONE)

    def below(self, path: str) -> Self:
        """Those that lead up through the end of `path`; the one that ends there is none of them."""
        return self.filter(path__startswith=path).exclude(path=path)


class Position(models.Model):
    """Where one person is counted: below everybody on `path`, as one of a `kind`.

    `path` is empty for who has no reporting line on the day. What the kinds are is the business
    of whoever counts (the tracks of the ladders); empty stands for none.
    """

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    path = models.TextField(db_collation="C", default="")
    kind = models.CharField(max_length=16, default="", blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("path", name="position_path"),
            models.Index("person", name="position_top", condition=Q(path__regex=ALONE)),
        ]

    def __str__(self) -> str:
        return self.path


class Headcount(models.Model):
    """So many more (or fewer) people of a kind are below a leader: the rows of a leader add up.

    A change adds rows and never waits for another; the next count puts one row in their place.
    """

    leader = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=16, blank=True)
    people = models.IntegerField()

    class Meta:
        indexes = [models.Index("leader", "kind", include=["people"], name="headcount_leader")]

    def __str__(self) -> str:
        return f"{self.people} below {self.leader_id}"
