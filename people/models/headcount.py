"""How many people are below each leader on the day of the last count, kept as things change."""

from __future__ import annotations

import datetime
from typing import Self

from django.db import models
from django.db.models import BigIntegerField, Exists, F, Func, OuterRef, Q

from people.models.chain import leads_through
from people.models.person import Person

NEAR_THE_TOP = r"^(/[0-9]+/([0-9]+/)?)?$"
"""A way up that holds at most one more than the person, or none."""
FIRST = "nullif(split_part(%(expressions)s, '/', 2), '')::bigint"
"""Who stands at the top of a way up."""


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

    def without_manager(self, on: datetime.date) -> Self:
        """Those of people who are here without a line or a manager, or whose manager left.

        Whoever left has no line, so those who still report to them are right below the top.
        """
        here = Q(left_on__isnull=True) | Q(left_on__gte=on)
        near = self.filter(here, path__regex=NEAR_THE_TOP).annotate(
            leader=Func("path", template=FIRST, output_field=BigIntegerField())
        )
        alone = Q(leader__isnull=True) | Q(leader=F("person"))
        gone = Person.objects.filter(pk=OuterRef("leader"), left_on__lt=on)
        return near.filter(alone | Exists(gone))

    def below(self, path: str) -> Self:
        """Those that lead up through the end of `path`; the one that ends there is none of them."""
        return self.filter(leads_through(path))


class Position(models.Model):
    """Where one person is counted: below everybody on `path`, as one of a `kind`.

    `path` is empty for who has no reporting line on the day. What the kinds are is the business
    of whoever counts (the tracks of the ladders); empty stands for none. `name` and `left_on`
    are those of the person, kept so by the database: one index knows who is below whom in the order
    of lists, another who of those here has nobody above them.
    """

    person = models.OneToOneField(
        "people.Person",
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="position",
        db_constraint=False,
    )
    path = models.TextField(db_collation="C", default="")
    kind = models.CharField(max_length=16, default="", blank=True)
    name = models.CharField(max_length=200, default="", editable=False)
    left_on = models.DateField(null=True, editable=False)

    objects = PositionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("path", include=["person", "name"], name="position_path"),
            models.Index("name", "person", include=["path"], name="position_by_name"),
            models.Index(
                "left_on",
                include=["person", "path"],
                name="position_near_top",
                condition=Q(path__regex=NEAR_THE_TOP),
            ),
        ]

    def __str__(self) -> str:
        return self.path


class Headcount(models.Model):
    """So many more (or fewer) people of a kind are below a leader: the rows of a leader add up.

    A change adds rows and never waits for another; the next count puts one row in their place.
    """

    leader = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    kind = models.CharField(max_length=16, blank=True)
    people = models.IntegerField()

    class Meta:
        indexes = [models.Index("leader", "kind", include=["people"], name="headcount_leader")]

    def __str__(self) -> str:
        return f"{self.people} below {self.leader_id}"
