"""Which class a change of which field has: the table of docs/adr, field by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ladders.diff.classes import Class
from ladders.diff.sides import Side
from ladders.diff.texts import asked, told
from ladders.formats.rows import TRACKS

Rule = Callable[[Any, Any, Side, Side], Class]
NONE, PATCH, MINOR, MAJOR = Class.NONE, Class.PATCH, Class.MINOR, Class.MAJOR


def named(old: Any, new: Any, before: Side, after: Side) -> Class:
    """A name or another text that asks nothing."""
    return told(_said(old, before), _said(new, after))


def asking(old: Any, new: Any, before: Side, after: Side) -> Class:
    """A text that says what is expected."""
    return asked(_said(old, before), _said(new, after))


def other(old: Any, new: Any, *sides: Side) -> Class:
    """Anything else: it is kept, and asks nothing."""
    return NONE if old == new else MINOR


def another(old: Any, new: Any, *sides: Side) -> Class:
    """What makes it another thing than it was; given for the first time it only says more."""
    return MINOR if old is None or new is None else MAJOR


def hurdle(old: Any, new: Any, *sides: Side) -> Class:
    """True stands in people's way."""
    return NONE if bool(old) == bool(new) else MAJOR if new else MINOR


def relief(old: Any, new: Any, *sides: Side) -> Class:
    """True lets people stay where they are."""
    return hurdle(new, old)


def renumbered(old: Any, new: Any, *sides: Side) -> Class:
    """Numbers that say the order; a change of the order itself is found on its own."""
    return PATCH


def inherited(old: Any, new: Any, *sides: Side) -> Class:
    """What is inherited asks as much as what is written here."""
    return hurdle(old, new) if isinstance(new, bool) else MAJOR if new else MINOR


def longer(old: Any, new: Any, *sides: Side) -> Class:
    """Typical months: waiting longer asks more."""
    old, new = old or {}, new or {}
    ends = [(old.get(end), new.get(end)) for end in ("min", "max")]
    if any(b is not None and (a is None or b > a) for a, b in ends):
        return MAJOR
    return NONE if old == new else MINOR


def sort(old: Any, new: Any, *sides: Side) -> Class:
    """The kind of a track; one kind has two names."""
    same = TRACKS.get(str(old), old) == TRACKS.get(str(new), new)
    return MINOR if same else another(old, new)


def grade(old: Any, new: Any, before: Side, after: Side) -> Class:
    """Another rank makes it another level; another id of the same rank only another name."""
    ranks = before.index.grades.get(str(old)), after.index.grades.get(str(new))
    return MINOR if ranks[0] == ranks[1] else another(*ranks)


def _said(value: Any, side: Side) -> str:
    if isinstance(value, list):
        return "\n".join(side.text(entry) for entry in value)
    return side.text(value)


FRAMEWORK: dict[str, Rule] = {
    "title": named, "summary": named, "licence": named, "source": named, "cumulative": hurdle,
}  # fmt: skip
NOT_TEXT = frozenset({"schema", "version", "status", "effective_from"})
"""What every version has of its own; it is no difference between two texts."""

SECTIONS: dict[str, tuple[Class, Class, dict[str, Rule]]] = {
    "grades": (MINOR, MINOR, {"name": named, "rank": other}),
    "tracks": (MINOR, MINOR, {"kind": sort, "name": named, "description": named}),
    "levels": (MAJOR, MAJOR, {
        "track": another, "order": renumbered, "code": named, "grade": grade, "titles": named,
        "summary": asking, "scope": asking, "typical_months": longer, "terminal": relief,
        "seat_limited": hurdle,
    }),
    "proficiency_scales": (MINOR, MINOR, {"name": named}),
    "pillars": (MINOR, MINOR, {"order": renumbered, "name": named, "description": named}),
    "competencies": (MAJOR, MINOR, {
        "order": renumbered, "name": named, "description": asking, "inherits": inherited,
    }),
}  # fmt: skip
"""Class of a row that was added, of one that was removed, and the rule of each of its fields."""

STEPS: dict[str, Rule] = {"rank": renumbered, "name": named, "description": asking}
