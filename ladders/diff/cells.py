"""What each level is told about each competency: expectations, matched and compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ladders.diff import statements, words
from ladders.diff.classes import ADDED, CHANGED, MOVED, REMOVED, Change, Class
from ladders.diff.proficiency import step
from ladders.diff.sides import Item, Row, Side
from ladders.diff.statements import Place
from ladders.diff.texts import like

MINOR, MAJOR = Class.MINOR, Class.MAJOR
REQUIREMENTS = {"nice_to_have": 0, "optional": 1, "required": 2, "": 2}
READ = frozenset(
    {"id", "competency", "levels", "requirement", "proficiency", "summary", "state", "statements"}
)
Pair = tuple[Item | None, Item | None]


def changes(before: Side, after: Side) -> Iterator[Change]:
    """All changes of expectations, level by level in the order of the new version."""
    levels = [*after.items, *(level for level in before.items if level not in after.items)]
    for level in levels:
        known = before.known(level)
        still = after.known(level)
        for old, new in matched(before.items.get(level, []), after.items.get(level, [])):
            place = _place(new or old, known, still)
            yield from _pair(old, new, place, (before, after))


def _place(item: Item | None, known: frozenset[str], still: frozenset[str]) -> Place:
    assert item is not None  # noqa: S101 - a pair has one at least
    side = item.side
    competency = side.name("competencies", item.competency)
    subject = f"{side.level_name(item.level)}: “{competency}”"
    return Place("expectations", item.competency, item.level, subject, known, still)


def matched(old: list[Item], new: list[Item]) -> list[Pair]:
    """Who is who: by id; without ids by what they say of the same competency."""
    rest, came = list(old), list(new)
    pairs: list[Pair] = []
    for test in (_same_id, _same_words, _alike):
        for item in list(came):
            twin = test(item, rest)
            if twin:
                pairs.append((twin, item))
                rest.remove(twin)
                came.remove(item)
    order = {id(item): at for at, item in enumerate(new)}
    pairs += [(None, item) for item in came]
    pairs.sort(key=lambda pair: order[id(pair[1])])
    return pairs + [(item, None) for item in rest]


def _same_id(item: Item, rest: list[Item]) -> Item | None:
    return next((old for old in rest if item.key and old.key == item.key), None)


def _same_words(item: Item, rest: list[Item]) -> Item | None:
    said = _content(item)
    twins = (old for old in rest if old.competency == item.competency)
    return next((old for old in twins if _content(old) == said), None)


def _alike(item: Item, rest: list[Item]) -> Item | None:
    """Only where an id is missing: two ids are two expectations."""
    twins = [
        old for old in rest if old.competency == item.competency and not (old.key and item.key)
    ]
    return max(twins, key=lambda old: like(_all(old), _all(item)), default=None)


def _content(item: Item) -> Row:
    return {name: value for name, value in item.row.items() if name not in ("id", "levels")}


def _all(item: Item) -> str:
    return "\n".join([item.summary, *(str(row["text"]) for row in item.statements)])


def _pair(
    old: Item | None, new: Item | None, place: Place, sides: tuple[Side, Side]
) -> Iterator[Change]:
    if old is None or not old.asks:
        if new is not None and new.asks:
            yield _came(new, place, sides)
        else:
            yield from _silent(old, new, place, sides)
    elif new is None or not new.asks:
        yield _went(old, place)
    else:
        yield from _both(old, new, place, sides)


def _came(new: Item, place: Place, sides: tuple[Side, Side]) -> Change:
    """A cell that expects something now; not new when the level was told all of it before."""
    texts = statements.asking(new)
    told = bool(texts) and all(statements.known(text, place.known) for text in texts)
    if told and not new.row.get("proficiency"):
        return place.change(
            "", MOVED, MINOR, None, _all(new), words.text(place.subject, MOVED, MINOR)
        )
    if new.state == "inherits" and not texts and sides[1].cumulative:
        return place.change(
            "state", ADDED, MINOR, None, new.state, f"{place.subject} is expected as before."
        )
    return place.change("", ADDED, MAJOR, None, _all(new), f"{place.subject} is newly expected.")


def _went(old: Item, place: Place) -> Change:
    texts = statements.asking(old)
    if texts and all(statements.known(text, place.still) for text in texts):
        said = words.text(place.subject, MOVED, MINOR)
        return place.change("", MOVED, MINOR, _all(old), None, said)
    return place.change(
        "", REMOVED, MINOR, _all(old), None, f"{place.subject} is no longer expected."
    )


def _silent(
    old: Item | None, new: Item | None, place: Place, sides: tuple[Side, Side]
) -> Iterator[Change]:
    """Cells that expect nothing; in a cumulative ladder an exception that ends asks again."""
    states = old.state if old else None, new.state if new else None
    if states[0] == states[1]:
        return
    ends = new is None and sides[1].cumulative
    said = (
        f"{place.subject} is no longer excepted: what lower levels expect counts here."
        if ends
        else f"{place.subject} is marked differently; nothing is expected."
    )
    kind = ADDED if old is None else REMOVED if new is None else CHANGED
    yield place.change("state", kind, MAJOR if ends else MINOR, *states, said)


def _both(old: Item, new: Item, place: Place, sides: tuple[Side, Side]) -> Iterator[Change]:
    subject = place.subject
    if old.competency != new.competency:
        yield place.change(
            "competency", MOVED, MINOR, old.competency, new.competency,
            f"{subject}: an expectation moved here from another competency.",
        )  # fmt: skip
    if old.state != new.state:
        said = f"{subject}: the state changed from “{old.state}” to “{new.state}”."
        yield place.change("state", CHANGED, MINOR, old.state, new.state, said)
    yield from _requirement(old.row.get("requirement"), new.row.get("requirement"), place)
    yield from step(old, new, place, sides)
    yield from statements.summary(old, new, place)
    yield from statements.changes(old, new, place)
    for name in [*old.row, *(n for n in new.row if n not in old.row)]:
        a, b = old.row.get(name), new.row.get(name)
        if name not in READ and a != b:
            said = words.field(subject, name, MINOR, a, b)
            yield place.change(name, CHANGED, MINOR, a, b, said)


def _requirement(old: Any, new: Any, place: Place) -> Iterator[Change]:
    a, b = REQUIREMENTS.get(old or ""), REQUIREMENTS.get(new or "")
    if (old or "") == (new or "") or (a == b and a is not None):
        return
    raised = a is None or b is None or b > a
    shown = (new or "required").replace("_", " ")
    said = f"{place.subject} is now {shown}, and was {(old or 'required').replace('_', ' ')}."
    yield place.change("requirement", CHANGED, MAJOR if raised else MINOR, old, new, said)
