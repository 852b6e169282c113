"""The difference of two `career-ladder/1` documents, section by section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ladders.diff import cells, proficiency, rules, words
from ladders.diff.classes import ADDED, CHANGED, MOVED, REMOVED, Change, Class, Difference, ends
from ladders.diff.sides import Row, Side
from ladders.formats.references import key, rows

APART = ("framework", "level_links", "proficiency_statements", "expectations")


def compare(old: Row | None, new: Row) -> Difference:
    """What leads from `old` to `new`; without `old` everything is new."""
    after = Side(new)
    if old is None:
        return _first(after)
    before = Side(old)
    changes = [
        *_framework(before, after),
        *(change for section in rules.SECTIONS for change in _section(section, before, after)),
        *_links(before, after),
        *_others(before, after),
        *proficiency.meanings(before, after),
        *cells.changes(before, after),
    ]
    return Difference(changes, _raised(changes, after))


def _first(after: Side) -> Difference:
    title = after.text(after.framework.get("title"))
    change = Change(
        "framework", key(after.framework), None, "title", ADDED, Class.MAJOR, None, title,
        "This is the first version.",
    )  # fmt: skip
    return Difference([change], frozenset(after.index.rungs.by_key), first=True)


def _framework(before: Side, after: Side) -> Iterator[Change]:
    found = key(after.framework)
    yield from fields(
        ("framework", found, None, "The ladder"),
        (before.framework, after.framework),
        (before, after),
        rules.FRAMEWORK,
        rules.NOT_TEXT,
    )


def _section(section: str, before: Side, after: Side) -> Iterator[Change]:
    added, removed, known = rules.SECTIONS[section]
    old, new = before.rows(section), after.rows(section)
    for name in [n for n in new if n not in old]:
        yield _row(section, name, ADDED, added, after)
    for name in [n for n in old if n not in new]:
        yield _row(section, name, REMOVED, removed, before)
    for name in [n for n in new if n in old]:
        level = name if section == "levels" else None
        about = section, name, level, after.name(section, name)
        inner = {"levels"} if section == "proficiency_scales" else set()
        yield from fields(about, (old[name], new[name]), (before, after), known, inner)
        if inner:
            yield from _steps(name, (old[name], new[name]), (before, after))
    yield from _order(section, old, new)


def _row(section: str, name: str, kind: str, klass: Class, side: Side) -> Change:
    level = name if section == "levels" else None
    said = side.name(section, name)
    before, after = ends(kind, said)
    told = words.row(section, said, kind)
    return Change(section, name, level, "", kind, klass, before, after, told)


def _order(section: str, old: dict[str, Row], new: dict[str, Row]) -> Iterator[Change]:
    """Rows that both have, in another order."""
    before, after = _sorted(old, new), _sorted(new, old)
    if before != after:
        told = words.order(section)
        yield Change(section, "", None, "order", MOVED, Class.MINOR, before, after, told)


def _sorted(found: dict[str, Row], others: dict[str, Row]) -> list[str]:
    places = {
        name: (at if row.get("order") is None else row["order"], at)
        for at, (name, row) in enumerate(found.items())
    }
    return sorted((name for name in found if name in others), key=places.__getitem__)


def _steps(scale: str, pair: tuple[Row, Row], sides: tuple[Side, Side]) -> Iterator[Change]:
    """The steps of a scale; when those that stayed change their order, one of them was raised."""
    old, new = ({key(step): step for step in rows(row, "levels")} for row in pair)
    for name in [n for n in new if n not in old]:
        yield _step(scale, name, ADDED, new[name])
    for name in [n for n in old if n not in new]:
        yield _step(scale, name, REMOVED, old[name])
    for name in [n for n in new if n in old]:
        about = "proficiency_scales", scale, None, f"Step “{new[name].get('name') or name}”"
        yield from fields(about, (old[name], new[name]), sides, rules.STEPS)
    before, after = _by_rank(old, new), _by_rank(new, old)
    if before != after:
        said = "A scale’s steps stand in another order, so that a step asks for more than it did."
        yield Change(
            "proficiency_scales", scale, None, "rank", MOVED, Class.MAJOR, before, after, said
        )


def _by_rank(steps: dict[str, Row], others: dict[str, Row]) -> list[str]:
    ranks = {name: row.get("rank") for name, row in steps.items() if name in others}
    return sorted(ranks, key=lambda name: (ranks[name] is None, ranks[name] or 0))


def _step(scale: str, name: str, kind: str, row: Row) -> Change:
    said = str(row.get("name") or name)
    before, after = ends(kind, said)
    told = words.row("steps", said, kind)
    klass = Class.MINOR
    return Change("proficiency_scales", scale, None, "levels", kind, klass, before, after, told)


def fields(
    about: tuple[str, str, str | None, str],
    pair: tuple[Row, Row],
    sides: tuple[Side, Side],
    known: dict[str, rules.Rule],
    without: Any = frozenset(),
) -> Iterator[Change]:
    """Fields that differ between two rows of one id, each classed by its rule."""
    section, name, level, subject = about
    old, new = pair
    for field in [*old, *(f for f in new if f not in old)]:
        before, after = old.get(field), new.get(field)
        if field in without or before == after:
            continue
        klass = known.get(field, rules.other)(before, after, *sides)
        if klass is Class.NONE:
            continue
        told = (
            words.months(subject, before, after)
            if field == "typical_months"
            else words.field(subject, field, klass, before, after)
        )
        yield Change(section, name, level, field, CHANGED, klass, before, after, told)


def _links(before: Side, after: Side) -> Iterator[Change]:
    old, new = _by_ends(before), _by_ends(after)
    yield from (_link(link, ADDED, after) for link in new if link not in old)
    yield from (_link(link, REMOVED, before) for link in old if link not in new)
    for link in [found for found in new if found in old]:
        about = "level_links", ">".join(link), None, "A link"
        yield from fields(about, (old[link], new[link]), (before, after), {})


def _link(link: tuple[str, str, str], kind: str, side: Side) -> Change:
    low, high, sort = link
    said = f"{side.level_name(low)} – {side.level_name(high)} ({sort.replace('_', ' ')})"
    before, after = ends(kind, said)
    told = words.row("level_links", said, kind)
    return Change("level_links", ">".join(link), None, "", kind, Class.MINOR, before, after, told)


def _by_ends(side: Side) -> dict[tuple[str, str, str], Row]:
    return {
        (str(row.get("from")), str(row.get("to")), str(row.get("type"))): row
        for row in rows(side.document, "level_links")
    }


def _others(before: Side, after: Side) -> Iterator[Change]:
    """Sections that the product gives no meaning to."""
    core = {*rules.SECTIONS, *APART}
    old, new = (
        {name: value for name, value in side.document.items() if name not in core}
        for side in (before, after)
    )
    about = "document", "", None, "The file"
    yield from fields(about, (old, new), (before, after), {}, rules.NOT_TEXT)


def _raised(changes: list[Change], after: Side) -> frozenset[str]:
    """Levels that a raised text concerns without being named by it."""
    found: set[str] = set()
    for change in changes:
        if change.klass is not Class.MAJOR or change.level:
            continue
        if change.section == "competencies":
            found |= after.standing.get(change.key, frozenset())
        elif change.section in ("framework", "proficiency_scales"):
            found |= set(after.index.rungs.by_key)
        elif change.section == "tracks":
            rungs = after.index.rungs.by_key
            found |= {level for level, rung in rungs.items() if rung.track == change.key}
    return frozenset(found)
