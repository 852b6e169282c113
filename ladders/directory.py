"""People with where they stand: which rows the lists and the profile choose, and for whom."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils import timezone

from ladders.models import Placement
from people.models import Person, ReportingLine, Role
from people.models.hierarchy import only_below
from people.models.person import search_key

ONESELF, MANAGER, SKIP_LEVEL = "oneself", "manager", "skip_level"
HR, HR_PARTNER = "hr", "hr_partner"
Row = Any
"""A Person with what `people` annotates."""
BY_NAME = ("sorts_as", "pk")
TOLD_WHY = frozenset({ONESELF, MANAGER, HR})
"""Who reads why a placement began, and that a trial ended with a return."""


def people(reader: Person, on: datetime.date) -> QuerySet[Row]:
    """Whom `reader` may see, with manager, team and (where they may know it) level as of `on`."""
    standing = Placement.objects.visible_to(reader).as_of(on).filter(person=OuterRef("pk"))
    above = ReportingLine.objects.as_of(on).filter(person=OuterRef("manager_id"))
    said = JSONObject(
        key="level__key",
        title=title(),
        track="level__track__kind",
        track_name="level__track__name",
        grade="level__grade__rank",
        ladder="level__version__ladder__slug",
        version="level__version__number",
        kind="kind",
        since="valid__startswith",
    )
    there = Person.objects.visible_to(reader).with_current_line(on)
    return there.annotate(
        stands=Subquery(standing.values(said=said)[:1]),
        skip_level_id=Subquery(above.values("manager")[:1]),
    )


def title(prefix: str = "level__") -> Coalesce:
    """The name of a level in SQL: the first title, else the code, else the key."""
    first = NullIf(f"{prefix}titles__0", Value(""))
    return Coalesce(first, NullIf(f"{prefix}code", Value("")), f"{prefix}key")


def narrowed(rows: QuerySet[Row], asked: dict[str, Any], reader: Person) -> QuerySet[Row]:
    """`rows` of `people` that fit what was asked: q, team, manager, below, level, track, as_of; to
    be sorted by `BY_NAME`."""
    on = asked["as_of"]
    if text := asked.get("q"):
        rows = rows.filter(called(text))
    if team := asked.get("team"):
        rows = rows.filter(team_path__startswith=team.path)
    if manager := asked.get("manager"):
        rows = rows.filter(manager_id=manager)
    leader = asked.get("below")
    rows = only_below(rows, leader, on) if leader else rows.annotate(sorts_as=F("name"))
    standing = Placement.objects.visible_to(reader).as_of(on)
    if level := asked.get("level"):
        rows = rows.filter(pk__in=standing.filter(level__key=level).values("person"))
    if track := asked.get("track"):
        rows = rows.filter(pk__in=standing.filter(level__track__kind=track).values("person"))
    here = Q(hired_on__isnull=True) | Q(hired_on__lte=on)
    return rows.filter(here, Q(left_on__isnull=True) | Q(left_on__gte=on))


def relations(reader: Person, person: Row) -> frozenset[str]:
    """How `reader` stands to `person`, a row of `people`."""
    if reader.pk == person.pk:
        return frozenset({ONESELF})
    path, unit = person.team_path or "", reader.partner_team
    found = {
        MANAGER: person.manager_id == reader.pk,
        SKIP_LEVEL: person.skip_level_id == reader.pk,
        HR: reader.has_role(Role.HR),
        HR_PARTNER: bool(reader.has_role(Role.HR_PARTNER) and unit and path.startswith(unit.path)),
    }
    return frozenset(relation for relation, holds in found.items() if holds)


@dataclass
class Profile:
    """One person as `reader` may see them on a day; `placements` is None for most readers."""

    person: Person
    reader: Person
    on: datetime.date
    relations: frozenset[str]
    reports: list[Person]
    placements: list[Placement] | None


def find(reader: Person, pk: int, on: datetime.date | None = None) -> Profile | None:
    """The profile of whoever has this id; None when there is nobody that `reader` may see."""
    on = on or timezone.localdate()
    person = people(reader, on).filter(pk=pk).first()
    if person is None:
        return None
    related = relations(reader, person)
    lines = ReportingLine.objects.as_of(on).filter(manager=pk).values("person")
    reports = Person.objects.visible_to(reader).employed().filter(pk__in=lines).order_by("name")
    stood = list(placements(reader, pk)) if related else None
    return Profile(person, reader, on, related, list(reports), stood)


def placements(
    reader: Person,
    person_id: int,
    *,
    on: datetime.date | None = None,
    known_at: datetime.datetime | None = None,
) -> QuerySet[Placement]:
    """Where somebody stood, latest first, as far as `reader` may know; on one day, if asked, and
    as it was known at an instant."""
    rows = Placement.objects.visible_to(reader).filter(person=person_id)
    rows = rows.as_of(on, known_at) if on else rows.known_at(known_at)
    return rows.for_display().annotate(starts=F("valid__startswith")).order_by("-starts", "-pk")


def called(text: str) -> Q:
    """Names and addresses in which a word begins like this; or the employee number itself."""
    key = search_key(text)
    words = Q(search_key__startswith=key) | Q(search_key__contains=f" {key}")
    return words | Q(employee_number=text.strip())
