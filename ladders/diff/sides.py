"""One version made ready to be compared: its rows by id, and what every level is told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ladders.diff.tokens import sentences
from ladders.formats.references import Index, key, rows
from ladders.formats.selectors import Unclear
from ladders.naming import readable

Row = dict[str, Any]
ASKED = ("stated", "inherits")


@dataclass(frozen=True)
class Item:
    """One expectation as one of its levels reads it."""

    level: str
    competency: str
    row: Row
    side: Side

    @property
    def key(self) -> str:
        """The id of the expectation; blank when the file gave none."""
        return key(self.row)

    @property
    def state(self) -> str:
        """Stated unless it says otherwise."""
        return self.row.get("state") or "stated"

    @property
    def asks(self) -> bool:
        """True when something is expected here."""
        return self.state in ASKED

    @property
    def summary(self) -> str:
        """Its text; a null token is none."""
        return self.side.text(self.row.get("summary"))

    @property
    def statements(self) -> list[Row]:
        """Its statements that say something."""
        return [row for row in rows(self.row, "statements") if self.side.text(row.get("text"))]


class Side:
    """A document, and what follows from it."""

    def __init__(self, document: Row) -> None:
        self.document = document
        self.framework: Row = document.get("framework") or {}
        self.index = Index(document)
        self._rows: dict[str, dict[str, Row]] = {}
        self.silent = {"", *map(str, self.framework.get("null_tokens") or [])}

    def text(self, value: Any) -> str:
        """A text, blank where it is absent or a null token."""
        said = "" if value is None else str(value)
        return "" if said.strip() in self.silent else said

    def rows(self, section: str) -> dict[str, Row]:
        """The rows of a section by id."""
        if section not in self._rows:
            self._rows[section] = {key(row): row for row in rows(self.document, section)}
        return self._rows[section]

    @property
    def cumulative(self) -> bool:
        """True when silence means “as before”."""
        return bool(self.framework.get("cumulative"))

    @cached_property
    def items(self) -> dict[str, list[Item]]:
        """Level by level, the expectations in the order of the file."""
        found: dict[str, list[Item]] = {level: [] for level in self.index.rungs.by_key}
        for row in rows(self.document, "expectations"):
            for level in self._levels(row):
                found[level].append(Item(level, str(row.get("competency")), row, self))
        return found

    def _levels(self, row: Row) -> list[str]:
        try:
            return self.index.rungs.named(row.get("levels"))
        except Unclear:
            return []

    @cached_property
    def told(self) -> dict[str, frozenset[str]]:
        """Level by level, every sentence that it is told, as `tokens.bare` has it."""
        return {
            level: frozenset(
                said.bare for item in items for text in _texts(item) for said in sentences(text)
            )
            for level, items in self.items.items()
        }

    def known(self, level: str) -> frozenset[str]:
        """What a level is told; where ladders are cumulative, also what lower levels are told."""
        told = self.told.get(level, frozenset())
        rung = self.index.rungs.by_key.get(level)
        if rung is None or not self.cumulative:
            return told
        below = (
            other.key
            for other in self.index.rungs.by_key.values()
            if other.track == rung.track and other.height < rung.height
        )
        return told.union(*(self.told[key] for key in below))

    @cached_property
    def standing(self) -> dict[str, frozenset[str]]:
        """Competency by competency, the levels that expect something of it."""
        found = defaultdict(set)
        for level, items in self.items.items():
            for item in items:
                if item.asks:
                    found[item.competency].add(level)
        return {competency: frozenset(levels) for competency, levels in found.items()}

    def at_step(self, competency: str, proficiency: str) -> frozenset[str]:
        """The levels that expect this step of a competency."""
        return frozenset(
            level
            for level, items in self.items.items()
            for item in items
            if item.competency == competency
            and item.asks
            and str(item.row.get("proficiency")) == proficiency
        )

    def ranks(self, competency: str) -> dict[str, float]:
        """The steps that a competency can have, with their ranks; the order where there is none."""
        scale = self.rows("competencies").get(competency, {}).get("scale")
        scales = self.rows("proficiency_scales")
        chosen = scales if scale is None else {str(scale): scales.get(str(scale), {})}
        found: dict[str, float] = {}
        for row in chosen.values():
            for at, step in enumerate(rows(row, "levels")):
                rank = step.get("rank")
                found.setdefault(key(step), float(at if rank is None else rank))
        return found

    def level_name(self, level: str) -> str:
        """What people call a level."""
        row = self.rows("levels").get(level, {})
        titles = [title for title in row.get("titles") or [] if title]
        return str(titles[0] if titles else row.get("code") or readable(level))

    def name(self, section: str, row_key: str) -> str:
        """What people call a row."""
        if section == "levels":
            return self.level_name(row_key)
        row = self.rows(section).get(row_key, {})
        return str(row.get("name") or row.get("title") or readable(row_key))


def _texts(item: Item) -> list[str]:
    """A statement of kind “example” asks nothing, so that nothing was told by it."""
    if not item.asks:
        return []
    asked = [row for row in item.statements if row.get("kind") != "example"]
    return [item.summary, *(str(row["text"]) for row in asked)]
