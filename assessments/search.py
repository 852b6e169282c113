"""What a person finds when they search: people, ladders, levels and cases they may see."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from assessments.models import PromotionCase
from ladders import directory
from ladders.models import Level
from ladders.models.ladder import LadderVersion
from people.folding import fold
from people.models import Person
from people.models.person import search_key

SHORTEST, LONGEST, MOST = 2, 100, 8  # letters asked for, letters looked at, finds of one kind


@dataclass(frozen=True)
class Finds:
    """Rows of each kind, at most MOST; empty when too little was asked."""

    people: list[Person] = field(default_factory=list)
    ladders: list[LadderVersion] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    cases: list[PromotionCase] = field(default_factory=list)
    inside: list[LadderVersion] = field(default_factory=list)
    """Ladders whose own search knows what they say."""


def find(words: str, reader: Person) -> Finds:
    """Look for the words in names and titles; one query a kind."""
    words = " ".join(words.replace("\0", "").split())[:LONGEST]
    if len(words) < SHORTEST:
        return Finds()
    ladders, folded = _ladders(), fold(words)
    return Finds(
        people=_people(words, reader),
        ladders=[one for one in ladders if folded and folded in fold(one.ladder.title)][:MOST],
        inside=ladders[:MOST],
        levels=_levels(words),
        cases=_cases(words, reader),
    )


def _people(words: str, reader: Person) -> list[Person]:
    today = timezone.localdate()
    rows = directory.people(reader, today)
    rows = directory.narrowed(rows, {"q": words, "as_of": today}, reader)
    return list(rows.order_by("name")[:MOST])


def _ladders() -> list[LadderVersion]:
    """All ladders in force; there are few, and each can be searched inside."""
    versions = LadderVersion.objects.in_force().select_related("ladder")
    return list(versions.order_by("ladder__title"))


def _levels(words: str) -> list[Level]:
    in_force = LadderVersion.objects.in_force().values("pk")
    called = Q(titles__icontains=words) | Q(code__iexact=words)
    levels = Level.objects.for_display().filter(called, version__in=in_force)
    return list(levels.order_by("version__ladder__title", "position")[:MOST])


def _cases(words: str, reader: Person) -> list[PromotionCase]:
    key = search_key(words)
    called = Q(candidate__search_key__startswith=key)
    called |= Q(candidate__search_key__contains=f" {key}")
    rows = PromotionCase.objects.visible_to(reader).filter(called)
    rows = rows.select_related("candidate", "target_level", "cycle").order_by("-opened_at")
    return list(rows[:MOST])
