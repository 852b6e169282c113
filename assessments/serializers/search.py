"""What was found, as both doors show it: what kind of thing, its name, and where it is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from rest_framework import serializers

from assessments.search import Finds


class Find(serializers.Serializer):
    """One find; `url` is the address of its page."""

    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    detail = serializers.CharField(allow_blank=True)
    url = serializers.CharField()


class Search(serializers.Serializer):
    """The answer to `GET /search/?q=`."""

    q = serializers.CharField(allow_blank=True)
    results = Find(many=True)
    inside = Find(many=True, help_text="Where the same words can be looked for in a ladder's text.")


def present(words: str, finds: Finds) -> dict[str, Any]:
    """The words and what they found: people first, then cases, levels and ladders."""
    results = [
        *(
            _find("Person", person.name, person.title, "ladders:person", person.pk)
            for person in finds.people
        ),
        *(
            _find("Case", f"{case.candidate.name} to {case.target_level.title}", *_case(case))
            for case in finds.cases
        ),
        *(_find("Level", level.title, *_level(level)) for level in finds.levels),
        *(
            _find("Ladder", one.ladder.title, one.number, "ladders:ladder", one.ladder.slug)
            for one in finds.ladders
        ),
    ]
    return {"q": words, "results": results, "inside": [_inside(words, one) for one in finds.inside]}


def _inside(words: str, version: Any) -> dict[str, str]:
    """The ladder's own search for the words."""
    ladder = version.ladder
    find = _find("Look inside", ladder.title, f"for “{words}”", "ladders:ladder", ladder.slug)
    return find | {"url": f"{find['url']}?{urlencode({'q': words})}"}


def _case(case: Any) -> tuple[str, str, int]:
    """Detail and address of a case; never its state, which not everybody may know."""
    return (case.cycle.name if case.cycle else "Off-cycle", "assessments:case", case.pk)


def _level(level: Any) -> tuple[str, str, str, str]:
    """Detail and address of a level."""
    grade = f", grade {level.grade.rank}" if level.grade else ""
    ladder = level.version.ladder
    return (f"{ladder.title}{grade}", "ladders:level", ladder.slug, level.key)


def _find(kind: str, label: str, detail: str, name: str, *ids: Any) -> dict[str, str]:
    return {"kind": kind, "label": label, "detail": detail, "url": reverse(name, args=ids)}
