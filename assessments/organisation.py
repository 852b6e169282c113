"""The tree of people by reporting line, one node at a time, in a fixed number of queries."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from ladders import directory
from people.models import Census, Chain, Person, Position, ReportingLine
from people.models.chain import top

MOST_FOUND = 20
Row = Any
"""A Person with what `_people` annotates."""


@dataclass
class Day:
    """A day to look at, and whether it is the one that is counted."""

    on: datetime.date
    stored: bool


@dataclass
class Node:
    """Somebody in the tree with those above them; `person` is None above the top."""

    reader: Person
    day: Day
    person: Row | None = None
    way: list[Person] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The way up as it is stored."""
        return (self.person.path or top(self.person.pk)) if self.person else "/"


def day(asked: datetime.date | None) -> Day:
    """The day asked for, else that of the last count. One query."""
    counted = Census.taken_on()
    on = asked or counted or timezone.localdate()
    return Day(on, on == counted)


def find(reader: Person, pk: int, when: Day) -> Node | None:
    """The node of whoever has this id; None when there is nobody whom `reader` may see."""
    person = _people(reader, when.on).filter(pk=pk).first()
    if person is None:
        return None
    node = Node(reader, when, person)
    ids = [int(part) for part in node.path.split("/")[1:-2]]
    above = Person.objects.visible_to(reader).in_bulk(ids)
    node.way = [above[each] for each in ids if each in above]
    return node


def reports(node: Node) -> QuerySet[Row]:
    """Who is right below the node: those who report to the person, or those at the top."""
    people = _here(_people(node.reader, node.day.on), node.day.on)
    lines = ReportingLine.objects.as_of(node.day.on)
    if node.person:
        return people.filter(pk__in=lines.filter(manager=node.person.pk).values("person"))
    return _without_manager(people, node.day).filter(directs__gt=0)


def orphans(reader: Person, when: Day) -> QuerySet[Row]:
    """Those without a manager who works here and who are no top either: nobody reports to them."""
    people = _here(_people(reader, when.on), when.on)
    return _without_manager(people, when).filter(directs=0)


def called(reader: Person, words: str, when: Day) -> list[Row]:
    """People whose name begins so, some more than are shown; their node is one click away."""
    people = _here(_people(reader, when.on), when.on).filter(directory.called(words))
    return list(people.order_by("name", "pk")[: MOST_FOUND + 1])


def _people(reader: Person, on: datetime.date) -> QuerySet[Row]:
    """Whom the reader may see, with manager, team, way up and number of reports on a day."""
    ways = Chain.objects.as_of(on).filter(person=OuterRef("pk")).values("path")
    led = ReportingLine.objects.as_of(on).filter(manager=OuterRef("pk")).order_by()
    counted = led.values("manager").annotate(n=Count("pk")).values("n")
    return (
        Person.objects.visible_to(reader)
        .with_current_line(on)
        .annotate(
            path=Subquery(ways[:1]),
            directs=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        )
    )


def _here(people: QuerySet[Row], on: datetime.date) -> QuerySet[Row]:
    came = Q(hired_on__isnull=True) | Q(hired_on__lte=on)
    return people.filter(came, Q(left_on__isnull=True) | Q(left_on__gte=on))


def _without_manager(people: QuerySet[Row], when: Day) -> QuerySet[Row]:
    alone = _alone(when.on) if not when.stored else Position.objects.without_manager(when.on)
    # As an array the planner takes them for few, and begins with them.
    few = Func(ArraySubquery(alone.values("pk")), template="(SELECT unnest(%(expressions)s))")
    return people.filter(pk__in=few)


def _alone(on: datetime.date) -> QuerySet[Person]:
    stays = Q(manager__left_on__isnull=True) | Q(manager__left_on__gte=on)
    led = ReportingLine.objects.as_of(on).filter(stays, manager__isnull=False)
    return _here(Person.objects.all(), on).filter(~Exists(led.filter(person=OuterRef("pk"))))
