"""People for whom somebody may open a case, with where they stand and what may come next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from assessments.actions import facts
from assessments.models import PromotionCase
from assessments.models.happy_here import word_of
from ladders.models import Level, LevelLink, Placement
from ladders.states import VersionState
from ladders.ways import Link
from people.models import Person, Role


@dataclass
class Prospect:
    """One person, the placement of today, the next levels, and the case that is open already."""

    person: Person
    placement: Placement | None
    following: list[Level] = field(default_factory=list)
    open_case: PromotionCase | None = None


def of(person: Person) -> QuerySet[Person]:
    """The reports of a manager; everybody but themselves for HR."""
    people = Person.objects.employed().exclude(pk=person.pk).with_current_line()
    people = people.annotate(happy_words=word_of("pk"))
    if not person.has_role(Role.HR):
        people = people.filter(manager_id=person.pk)
    return people


def prospects(people: Iterable[Person], reader: Person) -> list[Prospect]:
    """What is known of each, in three queries for all of them."""
    people = list(people)
    placements = Placement.objects.as_of(timezone.localdate()).for_display()
    standing = {row.person_id: row for row in placements.filter(person__in=people)}
    cases = PromotionCase.objects.visible_to(reader).open().filter(candidate__in=people)
    busy = {case.candidate_id: case for case in cases}
    ladders = _ladders({row.level.version.ladder_id for row in standing.values()})
    return [
        Prospect(
            person,
            placement := standing.get(person.pk),
            _following(placement, ladders),
            busy.get(person.pk),
        )
        for person in people
    ]


Ladders = dict[int, tuple[dict[str, Level], list[Link]]]


def _ladders(ids: set[int]) -> Ladders:
    """Levels by key and links of the published versions of some ladders, in one query."""
    out = LevelLink.objects.filter(from_level=OuterRef("pk")).order_by("position")
    ends = out.values(json=JSONObject(type="type", to="to_level__key"))
    published = Level.objects.for_display().filter(
        version__ladder__in=ids, version__state=VersionState.PUBLISHED
    )
    ladders: Ladders = {ladder: ({}, []) for ladder in ids}
    for level in published.annotate(ends=ArraySubquery(ends)):
        levels, links = ladders[level.version.ladder_id]
        levels[level.key] = level
        links.extend((level.key, link["type"], link["to"]) for link in level.ends)
    return ladders


def _following(placement: Placement | None, ladders: Ladders) -> list[Level]:
    if placement is None or placement.kind == Placement.Kind.TRIAL:
        return []
    levels, links = ladders[placement.level.version.ladder_id]
    return facts.next_among(placement.level, levels, links)
