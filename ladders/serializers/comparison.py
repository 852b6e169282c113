"""Two levels beside each other: what the API answers and what the page is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from rest_framework import serializers

from ladders import two_levels
from ladders.level_names import LevelName
from ladders.models import LadderVersion, Level
from ladders.models.matrix import whole
from ladders.serializers import version as versions
from ladders.serializers.shapes import AsItIs, Grade, Head
from ladders.sheet import Sheet
from people import sheets

MOST = 8  # levels that are suggested beside one side
CHANGE = {
    "changed": "changed",
    "new": "new",
    "dropped": "no longer expected",
    "only_left": "only in the first ladder",
    "only_right": "only in the second ladder",
    "same": "the same",
}


class Side(AsItIs):
    """One of the two levels; `name` is how to ask for it again, with its version."""

    name = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    track = serializers.CharField()
    page_url = serializers.CharField()
    ladder = Head()
    number = serializers.CharField()
    state = serializers.CharField()
    grade = Grade(allow_null=True)


class Fact(AsItIs):
    """Something about the levels themselves."""

    name = serializers.CharField()
    left = serializers.CharField()
    right = serializers.CharField()
    same = serializers.BooleanField()


class Practice(AsItIs):
    """A statement with its examples."""

    text = serializers.CharField()
    examples = serializers.ListField(child=serializers.CharField())


class Told(AsItIs):
    """What one side expects; `key` is null where its ladder has no such competency."""

    key = serializers.CharField(allow_null=True)
    url = serializers.CharField()
    text = serializers.CharField()
    practice = Practice(many=True)


class Run(AsItIs):
    """Words that share a fate: same, added or removed."""

    kind = serializers.CharField()
    text = serializers.CharField()


class Row(AsItIs):
    """One competency; kind is changed, new, dropped, only_left, only_right or same."""

    competency = serializers.CharField()
    kind = serializers.CharField()
    left = Told()
    right = Told()
    runs = Run(many=True, help_text="From left to right; empty unless the kind is changed.")


class Comparison(AsItIs):
    """Two levels, what changes first."""

    left = Side()
    right = Side()
    facts = Fact(many=True)
    rows = Row(many=True)
    counts = serializers.DictField(child=serializers.IntegerField())


def present(left: LevelName, right: LevelName, reader: Any) -> dict[str, Any] | None:
    """The payload, from one query; None when there is no such level to read."""
    named = [(one.slug, one.number) for one in (left, right)]
    rows = list(whole(LadderVersion.objects.readable().named(named), reader))
    payloads = {row.pk: versions.present(row) for row in rows}
    sides = [_side(one, rows, payloads) for one in (left, right)]
    return two_levels.compare(*sides) if all(sides) else None


def _side(name: LevelName, rows: list[Any], payloads: dict[int, Any]) -> two_levels.Side | None:
    fits = (row for row in rows if row.ladder.slug == name.slug)
    row = next((row for row in fits if name.number in ("", row.number)), None)
    sheet = Sheet(payloads[row.pk]) if row else None
    if sheet is None or name.key not in sheet.levels:
        return None
    return two_levels.Side(sheet, sheet.levels[name.key])


# --- What to choose from -------------------------------------------------------------------
def pickers(levels: Iterable[Level], left: LevelName | None, right: LevelName | None) -> dict:
    """Two lists to choose from, ladder by ladder and track by track, and levels of equal grade."""
    rows = list(levels)
    return {
        "left": _groups(rows, left),
        "right": _groups(rows, right),
        "equals": [*_equals(rows, left, right), *_equals(rows, right, left)],
    }


def _groups(rows: list[Level], chosen: LevelName | None) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    found = False
    for level in rows:
        track = level.track.name or level.track.get_kind_display()
        here = chosen is not None and _is(level, chosen)
        found = found or here
        option = {"value": _name(level), "label": _label(level), "selected": here}
        groups.setdefault(f"{level.version.ladder.title}, {track}", []).append(option)
    if chosen and not found:  # a level of an earlier version is offered as it was asked for
        label = versions.readable(chosen.key)
        option = {"value": str(chosen), "label": label, "selected": True}
        groups[f"{chosen.slug} {chosen.number}".strip()] = [option]
    return [{"label": label, "options": options} for label, options in groups.items()]


def _equals(
    rows: list[Level], one: LevelName | None, other: LevelName | None
) -> list[dict[str, str]]:
    """Links that put levels of the grade of `one` beside it."""
    mine = next((level for level in rows if one and _is(level, one)), None)
    if one is None or mine is None or mine.grade_id is None:
        return []
    alike = [level for level in rows if level.grade_id == mine.grade_id and level != mine]
    return [
        {
            "label": f"{mine.title} and {level.title}, {level.version.ladder.title}",
            "url": address(one, LevelName(level.version.ladder.slug, "", level.key)),
        }
        for level in alike
        if other is None or not _is(level, other)
    ][:MOST]


def _is(level: Level, name: LevelName) -> bool:
    version = level.version
    same = level.key == name.key and version.ladder.slug == name.slug
    return same and name.number in ("", version.number)


def _name(level: Level) -> str:
    return str(LevelName(level.version.ladder.slug, "", level.key))


def _label(level: Level) -> str:
    return f"{level.title}, {level.grade.name.lower()}" if level.grade else level.title


def address(left: LevelName | str, right: LevelName | str, name: str = "comparison") -> str:
    """Where two levels are compared."""
    return f"{reverse(f'ladders:{name}')}?{urlencode({'left': str(left), 'right': str(right)})}"


# --- The file ------------------------------------------------------------------------------
def table(found: dict[str, Any]) -> str:
    """The comparison as CSV: facts, then competencies."""
    facts = [
        (row["name"], _change(row["same"]), row["left"], row["right"]) for row in found["facts"]
    ]
    rows = [
        (row["competency"], CHANGE[row["kind"]], _whole(row["left"]), _whole(row["right"]))
        for row in found["rows"]
    ]
    sides = [f"{side['title']} ({side['name']})" for side in (found["left"], found["right"])]
    return sheets.written(["Competency", "Change", *sides], [*facts, *rows])


def _change(same: bool) -> str:
    return CHANGE["same" if same else "changed"]


def _whole(told: dict[str, Any]) -> str:
    """The words of one side with their statements, a line each."""
    return "\n".join([told["text"], *(said["text"] for said in told["practice"])]).strip()


def filename(found: dict[str, Any]) -> str:
    """A plain name for the file."""
    names = "-and-".join(found[side]["name"] for side in ("left", "right"))
    return re.sub(r"[^A-Za-z0-9.-]+", "-", names)[:150] + ".csv"
