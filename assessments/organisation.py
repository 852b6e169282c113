"""The tree of people by reporting line, one node at a time, in a fixed number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
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

from assessments import track_counts
from assessments.track_counts import Shown
from ladders import directory, headcounts
from people.models import Census, Chain, Person, Position, ReportingLine, Role
from people.models.chain import top

MOST_FOUND = 20
MOST_LEADING = 60  # reports who lead, up to which the numbers of all of them are told apart
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


@dataclass
class Numbers:
    """What may be told about each leader: everybody below, and by track where that is known."""

    below: dict[int, int]
    tracks: dict[int, Shown | None]


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


def numbers(node: Node, rows: Collection[Row]) -> Numbers:
    """Headcounts of the node and of `rows`, as far as the reader may know them."""
    shown = [node.person, *rows] if node.person else list(rows)
    ids = {person.pk for person in shown}
    reader, is_hr = node.reader, node.reader.has_role(Role.HR)
    if node.day.stored:
        found = headcounts.stored(ids, and_reports_of=None if is_hr else reader.pk)
    else:
        found = headcounts.dated(node.path, node.day.on)
    below = {pk: sum(found[pk].values()) if pk in found else 0 for pk in ids}
    if is_hr:
        tracks = track_counts.each_alone({pk: found.get(pk, {}) for pk in ids}, 1)
    elif node.day.stored:
        tracks = _partly(reader, shown, found, node.day)
    else:
        tracks = {}
    return Numbers(below, tracks)


def _partly(
    reader: Person, shown: Collection[Row], found: headcounts.Counts, when: Day
) -> dict[int, Shown | None]:
    k = settings.SMALLEST_CELL
    tracks: dict[int, Shown | None] = {}
    team = reader.partner_team if reader.has_role(Role.HR_PARTNER) else None
    unit = team.path if team else ""
    if unit:
        inside = [person.pk for person in shown if (person.team_path or "").startswith(unit)]
        tracks |= track_counts.each_alone({pk: found.get(pk, {}) for pk in inside}, k)
    if reader.pk in found:
        known = headcounts.by_manager(reader.pk, when.on)
        leading = [pk for pk in known if pk in found and pk != reader.pk]
        near = [reader.pk, *(leading if len(leading) <= MOST_LEADING else [])]
        tracks |= track_counts.together(
            reader.pk,
            {pk: found[pk] for pk in near},
            {pk: known.get(pk, {}) for pk in leading} | {reader.pk: _summed(known)},
            k,
        )
    return tracks


def _summed(known: headcounts.Counts) -> dict[str, int]:
    total: dict[str, int] = {}
    for counts in known.values():
        for kind, people in counts.items():
            total[kind] = total.get(kind, 0) + people
    return total


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
    lines = ReportingLine.objects.as_of(when.on)
    if when.stored:
        behind = lines.filter(manager__left_on__lt=when.on).values("person")
        alone = ArraySubquery(Position.objects.at_the_top().values("person").union(behind))
        # As an array the planner takes them for few, and begins with them.
        few = Func(alone, template="(SELECT unnest(%(expressions)s))")
        return people.filter(pk__in=few)
    stays = Q(manager__left_on__isnull=True) | Q(manager__left_on__gte=when.on)
    led = lines.filter(stays, person=OuterRef("pk"), manager__isnull=False)
    return people.filter(~Exists(led))
