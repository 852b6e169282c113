"""Steps of a scale: which of two asks for more, and what each of them means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ladders.diff import statements
from ladders.diff.classes import ADDED, CHANGED, REMOVED, Change, Class
from ladders.diff.sides import Item, Row, Side
from ladders.diff.statements import Place
from ladders.formats.references import key, rows

MINOR, MAJOR = Class.MINOR, Class.MAJOR
Sides = tuple[Side, Side]


def step(old: Item, new: Item, place: Place, sides: Sides) -> Iterator[Change]:
    """Another step than before; unknown ranks count as raised."""
    a, b = (None if item.row.get("proficiency") is None else str(item.row["proficiency"])
            for item in (old, new))  # fmt: skip
    scales = [_scale(item) for item in (old, new)]
    if a == b and (a is None or scales[0] == scales[1]):
        return
    kind = ADDED if a is None else REMOVED if b is None else CHANGED
    klass = MINOR if b is None else MAJOR if a is None else _class(a, b, old, new, sides)
    names = [_name(item) for item in (old, new)]
    said = f"{place.subject} asks for {names[1]} instead of {names[0]}."
    yield place.change("proficiency", kind, klass, a, b, said)


def _scale(item: Item) -> str | None:
    scale = item.side.rows("competencies").get(item.competency, {}).get("scale")
    return None if scale is None else str(scale)


def _class(a: str, b: str, old: Item, new: Item, sides: Sides) -> Class:
    scales = {_scale(old), _scale(new)}
    if len(scales) > 1 and None not in scales:
        return MAJOR
    for side, item in zip(reversed(sides), (new, old), strict=True):
        ranks = side.ranks(item.competency)
        if a in ranks and b in ranks:
            return MAJOR if ranks[b] > ranks[a] else MINOR
    return MAJOR


def _name(item: Item) -> str:
    wanted = item.row.get("proficiency")
    if wanted is None:
        return "no step"
    scale = _scale(item)
    scales = item.side.rows("proficiency_scales")
    for row in scales.values() if scale is None else [scales.get(scale, {})]:
        for found in rows(row, "levels"):
            if key(found) == str(wanted):
                return f"“{found.get('name') or wanted}”"
    return f"“{wanted}”"


def meanings(before: Side, after: Side) -> Iterator[Change]:
    """What steps mean, told at every level that expects the step."""
    old, new = _meanings(before), _meanings(after)
    for name in [*new, *(found for found in old if found not in new)]:
        competency, wanted, _ = name
        levels: list[str | None] = [*sorted(after.at_step(competency, wanted))]
        for level in levels or [None]:
            pair = [
                Item(level or "", competency, found.get(name, {}), side)
                for found, side in ((old, before), (new, after))
            ]
            title = after.name("competencies", competency)
            subject = (
                f"“{title}”, step {_name(Item('', competency, {'proficiency': wanted}, after))}"
            )
            if level:
                subject = f"{after.level_name(level)}: {subject}"
            none: frozenset[str] = frozenset()
            place = Place("proficiency_statements", competency, level, subject, none, none)
            yield from statements.summary(pair[0], pair[1], place)
            yield from statements.changes(pair[0], pair[1], place)
            yield from _else(pair[0].row, pair[1].row, place)


def _else(old: Row, new: Row, place: Place) -> Iterator[Change]:
    read = {"competency", "proficiency", "summary", "statements"}
    for name in [*old, *(found for found in new if found not in old)]:
        if name not in read and old.get(name) != new.get(name):
            said = f"{place.subject}: “{name}” changed."
            yield place.change(name, CHANGED, MINOR, old.get(name), new.get(name), said)


def _meanings(side: Side) -> dict[tuple[str, str, int], Row]:
    """By competency and step; a pair that stands more than once is counted."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    found = {}
    for row in rows(side.document, "proficiency_statements"):
        name = str(row.get("competency")), str(row.get("proficiency"))
        found[(*name, seen[name])] = row
        seen[name] += 1
    return found
