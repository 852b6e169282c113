"""People for whom a case may be opened, as the API lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from assessments import candidates
from assessments.candidates import Prospect
from assessments.serializers import happy_here, links
from assessments.serializers.happy_here import HappyHere
from assessments.serializers.levels import level_of
from ladders.models import Placement
from people.models import Person


class Candidate(serializers.Serializer):
    """The shape of one of them."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    team = serializers.CharField()
    level = serializers.DictField(allow_null=True)
    next_levels = serializers.ListField(child=serializers.DictField())
    open_case = serializers.DictField(allow_null=True)
    happy_here = HappyHere(allow_null=True, help_text="They want no talk of promotion for now.")
    allowed = serializers.BooleanField()
    reason = serializers.CharField(help_text="Why no case can be opened now.")


def rows(people: Iterable[Person], reader: Person) -> list[dict[str, Any]]:
    """One entry a person."""
    return [_row(prospect) for prospect in candidates.prospects(people, reader)]


def _row(prospect: Prospect) -> dict[str, Any]:
    person, placement, case = prospect.person, prospect.placement, prospect.open_case
    reason = _obstacle(prospect)
    return {
        "id": person.pk,
        "name": person.name,
        "team": getattr(person, "team_name", "") or "",
        "level": level_of(placement.level) if placement else None,
        "next_levels": [level_of(level) for level in prospect.following],
        "open_case": {
            "id": case.pk,
            "url": links.api("case", case.pk),
            "page_url": links.page("case", case.pk),
        }
        if case
        else None,
        "happy_here": happy_here.shown(person.happy_words, person.pk, oneself=False),
        "allowed": not reason,
        "reason": reason,
    }


def _obstacle(prospect: Prospect) -> str:
    """The guards of opening a case that do not depend on the level."""
    name = prospect.person.name
    if prospect.open_case:
        return f"{name} already has an open case."
    if prospect.placement is None:
        return f"{name} stands on no level yet; HR places them."
    if prospect.placement.kind == Placement.Kind.TRIAL:
        return f"{name} is on trial; a case can be opened when it has ended."
    return ""
