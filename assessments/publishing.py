"""How one version stands on its way to being published, fetched in a fixed number of queries."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from assessments.actions import publications
from assessments.models import Cycle
from ladders import diff, numbers, readiness, states
from ladders.diff.sides import Side
from ladders.models import LadderVersion
from ladders.models.document import document
from ladders.models.written import written
from ladders.states import ChangeClass, VersionState
from people.models import Event, Person

STEPS = ("review", "approve", "publish", "return", "override", "hold")
"""What is told of the way of a version, newest first."""


@dataclass
class Standing:
    """A version with its people, the text that it follows, and what lies between the two."""

    version: LadderVersion
    before: LadderVersion | None
    person: Person
    events: list[Event]
    cycles: list[Cycle] = field(default_factory=list)
    needed: str = ""  # why it cannot be retired

    @cached_property
    def text(self) -> dict[str, Any]:
        """The document."""
        return document(self.version)

    @cached_property
    def side(self) -> Side:
        """The document with its rows by id."""
        return Side(self.text)

    @cached_property
    def difference(self) -> diff.Difference:
        """What it changes; everything where nothing came before."""
        return diff.compare(document(self.before) if self.before else None, self.text)

    @cached_property
    def readiness(self) -> readiness.Readiness | None:
        """What is missing; only while it is a draft."""
        draft = self.version.state == VersionState.DRAFT
        return readiness.look(self.text) if draft else None

    @property
    def change_class(self) -> str:
        """Chosen, else computed; blank on the first version of a ladder."""
        if self.before is None:
            return ""
        return self.version.change_class or self.difference.klass.label

    @property
    def number(self) -> str:
        """The number that it has, or would have."""
        if self.version.state in states.READABLE:
            return self.version.number
        if self.before is None:
            said = self.version.extra.get("number") or ""
            return said if numbers.parts(said) else numbers.FIRST
        return numbers.after(self.before.number, self.change_class)

    @property
    def day(self) -> datetime.date:
        """When it takes effect as things stand: the day that was named, else today."""
        return self.version.effective_from or timezone.localdate()

    @cached_property
    def held(self) -> publications.Held:
        """Cycles in the way on that day, but for those that HR overrode when it was named."""
        return [row for row in self.held_on(self.day) if row[0].pk not in self._overridden]

    def held_on(self, day: datetime.date) -> publications.Held:
        """Cycles whose freeze window keeps this version back on a day."""
        major = self.change_class == ChangeClass.MAJOR
        return publications.in_the_way(self.cycles, day) if major else []

    @property
    def _overridden(self) -> set[int]:
        if self.version.scheduled_by_id is None:
            return set()
        given = [row.data for row in self.events if row.verb == "version.override"]
        return {pk for said in given if said["on"] == self.day.isoformat() for pk in said["cycles"]}


def read(version: LadderVersion, person: Person) -> Standing:
    """Everything around a version that `person` may see."""
    rows = LadderVersion.objects.filter(Q(pk=version.pk) | Q(pk__in=_before(version)))
    found = {row.pk: row for row in written(rows.for_moves())}
    mine = found.pop(version.pk)
    standing = Standing(
        version=mine,
        before=next(iter(found.values()), None),
        person=person,
        events=_events(version),
    )
    if mine.state in states.UNPUBLISHED:
        standing.cycles = list(_running(mine))
    else:
        standing.needed = publications.still_needed(mine)
    return standing


def moved_from(slug: str, number: str, person: Person) -> LadderVersion | None:
    """The version that once went by this number: publishing a draft gives it another one."""
    started = Event.objects.filter(
        verb="version.start", subject_kind="ladderversion", data__number=number
    )
    versions = LadderVersion.objects.visible_to(person).filter(ladder__slug=slug)
    found = versions.filter(pk__in=started.values("subject_id")).select_related("ladder")
    return found.first()


def published_before(version: LadderVersion) -> LadderVersion | None:
    """The version that a published one followed, with its ladder."""
    rows = LadderVersion.objects.filter(pk__in=_before(version))
    return rows.select_related("ladder").first()


def _before(version: LadderVersion) -> Any:
    """The id of the text that a version follows: the published one, or the one before it."""
    others = LadderVersion.objects.readable().filter(ladder=version.ladder_id)
    if version.published_at is None:
        return others.filter(state=VersionState.PUBLISHED).values("pk")
    earlier = others.filter(published_at__lt=version.published_at)
    return earlier.order_by("-published_at", "-pk").values("pk")[:1]


def _events(version: LadderVersion) -> list[Event]:
    verbs = [f"version.{name}" for name in STEPS]
    rows = Event.objects.about(version).filter(verb__in=verbs)
    return list(rows.select_related("actor"))


def _running(version: LadderVersion) -> Any:
    pinned = Count(
        "participations", filter=Q(participations__pinned_version__ladder=version.ladder_id)
    )
    rows = Cycle.objects.running().prefetch_related("phases").annotate(pinned=pinned)
    return rows.order_by("name")
