"""Pure layout of a difference: level by level, then competency by competency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from ladders.diff.sides import Side
from ladders.diff.words import TEXTS, capital
from ladders.formats.rows import TRACKS

Said = dict[str, Any]
CLASSES = {"major": "New or raised", "minor": "Clearer or less", "patch": "Spelling"}
MINE = "mine"
PLAIN = TEXTS | {"statements", "", "examples"}
"""Fields that are shown as text with its differences."""


@dataclass(frozen=True)
class Asked:
    """What the address says; each is blank where it says nothing."""

    against: str = ""
    show: str = ""
    level: str = ""

    def address(self, **changes: str) -> str:
        """This page with some of it changed."""
        said = {**vars(self), **changes}
        return "?" + urlencode({name: value for name, value in said.items() if value})


class Layout:
    """Everything the template needs, from the payload, both texts, and the address."""

    def __init__(self, payload: Said, old: Said | None, new: Said, asked: Asked) -> None:
        self.payload, self.asked = payload, asked
        self.after = Side(new)
        self.before = Side(old) if old else self.after

    def data(self) -> Said:
        """The groups that are shown, and the choices there are."""
        here = [change for change in self.payload["changes"] if self._inside(change)]
        shown = [row for row in here if self.asked.show in ("", row["class"])]
        return {
            "groups": self._groups(shown),
            "nothing": self._nothing(here),
            "classes": self._classes(here),
            "levels": self._levels(),
            "asked": vars(self.asked),
        }

    def _inside(self, change: Said) -> bool:
        return self._wanted() in ("", change["level"])

    def _nothing(self, here: list[Said]) -> str:
        """What to say where no change is shown."""
        if self.asked.level == MINE and not here:
            return "Nothing changed at your level."
        return "No change lies inside that choice."

    def _wanted(self) -> str:
        """A reader who stands nowhere has no level of their own; all are shown."""
        if self.asked.level == MINE:
            return self.payload["stands_on"] or ""
        return self.asked.level

    def _classes(self, here: list[Said]) -> list[Said]:
        """How many changes of each class there are at the chosen level."""
        counts = Counter(change["class"] for change in here)
        rows = [("", "All", len(here))]
        rows += [(name, label, counts[name]) for name, label in CLASSES.items()]
        return [
            {
                "label": f"{label} ({count})",
                "url": self.asked.address(show=value),
                "current": self.asked.show == value,
                "track": "",
            }
            for value, label, count in rows
            if count or value in ("", self.asked.show)
        ]

    def _levels(self) -> list[Said]:
        """The reader's own level first, then every level with a change."""
        concerned = {change["level"] for change in self.payload["changes"]}
        mine = self.payload["stands_on"]
        options = [("", "All levels")]
        if mine:
            options.append((MINE, f"My level, {self._level(mine)}"))
        options += [(key, self._level(key)) for key in self._order() if key in concerned]
        return [
            {"value": value, "label": label, "selected": value == self.asked.level}
            for value, label in options
        ]

    def _order(self) -> list[str]:
        keys = [*self.after.rows("levels"), *self.before.rows("levels")]
        return list(dict.fromkeys(keys))

    def _level(self, key: str) -> str:
        side = self.after if key in self.after.rows("levels") else self.before
        return side.level_name(key)

    def _groups(self, shown: Iterable[Said]) -> list[Said]:
        """What concerns one level under its name; what concerns all comes last."""
        by_level: dict[str | None, list[Said]] = {key: [] for key in (*self._order(), None)}
        for change in shown:
            by_level[change["level"]].append(change)
        return [
            {
                "title": self._level(key) if key else "The ladder as a whole",
                "track": self._track(key),
                "here": key is not None and key == self.payload["stands_on"],
                "parts": self._parts(rows),
            }
            for key, rows in by_level.items()
            if rows
        ]

    def _track(self, key: str | None) -> str:
        side = self.after if key in self.after.rows("levels") else self.before
        track = side.rows("levels").get(key or "", {}).get("track")
        kind = side.rows("tracks").get(str(track), {}).get("kind")
        return TRACKS.get(str(kind), "other") if key else ""

    def _parts(self, rows: list[Said]) -> list[Said]:
        parts: dict[str, list[Said]] = {}
        for change in rows:
            parts.setdefault(self._part(change), []).append(change)
        return [
            {"name": name, "rows": [self._row(change, name) for change in changes]}
            for name, changes in sorted(parts.items(), key=lambda part: part[0] != "")
        ]

    def _part(self, change: Said) -> str:
        """The competency of an expectation; what concerns the level itself has no name."""
        if change["section"] not in ("expectations", "proficiency_statements"):
            return ""
        side = self.after if change["key"] in self.after.rows("competencies") else self.before
        return side.name("competencies", change["key"])

    def _row(self, change: Said, part: str) -> Said:
        texts = change["field"] in PLAIN
        subject = f"{self._level(change['level'])}: " if change["level"] else ""
        words = change["words"].removeprefix(subject).removeprefix(f"“{part}”").lstrip(" :,")
        return change | {
            "said": capital(words),
            "label": CLASSES[change["class"]],
            "old": _text(change["before"]) if texts else "",
            "new": _text(change["after"]) if texts else "",
        }


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


HEAD = ("Level", "Competency", "Class", "What", "Change", "Before", "After")


def table(layout: Said) -> list[tuple[str, ...]]:
    """The shown changes as lines of a spreadsheet, under HEAD."""
    return [
        (
            group["title"], part["name"], row["class"], row["kind"], row["words"],
            _text(row["before"]), _text(row["after"]),
        )
        for group in layout["groups"]
        for part in group["parts"]
        for row in part["rows"]
    ]  # fmt: skip
