"""What a comparison of two versions answers: changes, each with its class, and the next number."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from enum import IntEnum
from typing import Any

FIRST = "1.0.0"
ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"


class Class(IntEnum):
    """How much a change asks of people; the number of a version grows in that place."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def label(self) -> str:
        """As it stands in data: a lower-case word."""
        return self.name.lower()


@dataclass(frozen=True)
class Change:
    """One difference; `words` says it to people.

    `section` is a list of the document, `key` the id of a row there (for expectations that of the
    competency), `level` the key of the level that it concerns, `before` and `after` what stood and
    stands in `field` (None: nothing).
    """

    section: str
    key: str
    level: str | None
    field: str
    kind: str
    klass: Class
    before: Any
    after: Any
    words: str

    def as_data(self) -> dict[str, Any]:
        """Plain values for JSON."""
        data = asdict(self)
        return {"class": data.pop("klass").label, **data}


@dataclass(frozen=True)
class Difference:
    """All changes from one version to the next; `raised` adds levels to those that changes name."""

    changes: list[Change] = field(default_factory=list)
    raised: frozenset[str] = frozenset()
    first: bool = False

    @property
    def klass(self) -> Class:
        """The highest class of any change."""
        return max((change.klass for change in self.changes), default=Class.NONE)

    @property
    def levels_raised(self) -> set[str]:
        """Keys of the levels where something is new or raised."""
        named = {row.level for row in self.changes if row.level and row.klass is Class.MAJOR}
        return named | self.raised

    def number_after(self, number: str) -> str:
        """The number of the new version when the old one has `number`."""
        if self.first:
            return FIRST
        return following(number, self.klass)

    def as_data(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "class": self.klass.label,
            "levels_raised": sorted(self.levels_raised),
            "changes": [change.as_data() for change in self.changes],
        }


def ends(kind: str, what: Any) -> tuple[Any, Any]:
    """Before and after of something that came or went."""
    return (None, what) if kind == ADDED else (what, None)


def following(number: str, klass: Class) -> str:
    """The next MAJOR.MINOR.PATCH; a number is never used twice, so no change counts as PATCH."""
    found = [int(part) for part in re.findall(r"\d+", number)[:3]]
    if not found:
        return FIRST
    major, minor, patch = (*found, 0, 0)[:3]
    if klass is Class.MAJOR:
        return f"{major + 1}.0.0"
    if klass is Class.MINOR:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"
