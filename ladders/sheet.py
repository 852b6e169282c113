"""Pure reading of a version's payload: what stands where, what is equal, what lies below.

A payload is what `GET /ladders/{slug}/versions/{number}/` answers. No ORM, no HTTP.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from itertools import pairwise
from typing import Any

Said = dict[str, Any]

KINDS = ("shared", "staff", "manager")
SILENT = {"not_applicable": "Not expected", "undefined": "Not defined"}
LONGEST = 200
NOTHING = "Nothing stated"


class Sheet:
    """A version, indexed for reading."""

    def __init__(self, version: Said) -> None:
        self.version = version
        self.levels: dict[str, Said] = {row["key"]: row for row in version["levels"]}
        self.competencies: dict[str, Said] = {row["key"]: row for row in version["competencies"]}
        self.tracks: dict[str, Said] = {row["key"]: row for row in version["tracks"]}

    @cached_property
    def standing(self) -> dict[tuple[str, str], list[Said]]:
        """Expectations by competency and level."""
        found = defaultdict(list)
        for row in self.version["expectations"]:
            for level in row["levels"]:
                found[row["competency"], level].append(row)
        return dict(found)

    @cached_property
    def steps(self) -> dict[tuple[str | None, str], Said]:
        """Steps by scale and key, and by key alone for competencies that name no scale."""
        found = {(None, row["key"]): row for row in reversed(self.version["steps"])}
        return found | {(row["scale"], row["key"]): row for row in self.version["steps"]}

    @cached_property
    def meanings(self) -> dict[tuple[str, str], Said]:
        """What a competency looks like at a step."""
        return {(row["competency"], row["step"]): row for row in self.version["meanings"]}

    @cached_property
    def below(self) -> dict[str, str]:
        """The level below each: on its track, else where its track branches off."""
        found: dict[str, str] = {}
        for track in self.tracks:
            rungs = [row for row in self.version["levels"] if row["track"] == track]
            rungs.sort(key=lambda row: row["order"])
            found |= {high["key"]: low["key"] for low, high in pairwise(rungs)}
        for link in self.version["level_links"]:
            if link["type"] in ("branches_to", "precedes"):
                found.setdefault(link["to"], link["from"])
        return found

    def equals(self, key: str) -> list[Said]:
        """Levels that stand at the same height as `key` by a link."""
        links = [row for row in self.version["level_links"] if row["type"] == "equivalent"]
        ends = [(row["from"], row["to"]) for row in links]
        keys = [b if a == key else a for a, b in ends if key in (a, b)]
        return [self.levels[name] for name in dict.fromkeys(keys)]

    def step(self, row: Said) -> Said | None:
        """The step that an expectation asks for, with what it means for its competency."""
        if row["step"] is None:
            return None
        scale = self.competencies[row["competency"]]["scale"]
        step = self.steps.get((scale, row["step"])) or self.steps[None, row["step"]]
        return step | {"meaning": self.meanings.get((row["competency"], row["step"]))}

    def speaker(self, competency: str, level: str) -> str | None:
        """The level whose words hold here: this one, else the nearest below that it is silent on.

        None where nothing is expected.
        """
        passed: set[str] = set()
        here: str | None = level
        while here and here not in passed:
            rows = self._at(competency, here)
            if any(row["state"] in SILENT for row in rows):
                return None
            if any(self._whole(row) for row in rows):
                return here
            silent = self.version["cumulative"] or any(row["state"] == "inherits" for row in rows)
            passed.add(here)
            here = self.below.get(here) if silent else None
        return None

    def words(self, competency: str, level: str) -> str:
        """What holds here in full, as plain text to be compared; blank where nothing does."""
        speaker = self.speaker(competency, level)
        rows = self._at(competency, speaker) if speaker else []
        return "\n".join(text for row in rows for text in self._whole(row))

    def practice(self, competency: str, level: str) -> list[Said]:
        """The statements that stand beside a summary, with their examples, in the same sense."""
        speaker = self.speaker(competency, level)
        rows = self._at(competency, speaker) if speaker else []
        hidden = self.version["null_tokens"]
        return [
            {"text": plain(said["text"]), "examples": said["examples"]}
            for row in rows
            if row["summary"] or row["step"]
            for said in row["statements"]
            if said["text"].strip() and said["text"] not in hidden
        ]

    def _whole(self, row: Said) -> list[str]:
        """The sentences that are compared: the summary, else the statements, else the step."""
        said = [row["summary"]] if row["summary"] else _sentences(row)
        said = [plain(text) for text in said if text not in self.version["null_tokens"]]
        step = self.step(row)
        if any(said) or step is None:
            return [text for text in said if text]
        meant = step["meaning"] or {"summary": "", "statements": []}
        meaning = [meant["summary"]] if meant["summary"] else _sentences(meant)
        return [step["name"], *map(plain, meaning)]

    def cell(self, competency: str, level: str) -> Said:
        """One cell in short: `text` to read, `note` beside it; `same` names the level below."""
        rows = self.standing.get((competency, level), [])
        text, more = self._text(rows)
        below = self.below.get(level)
        if not text or (below and text == self._text(self._at(competency, below))[0]):
            return {"text": "", "note": "", "same": self._silence(rows, below, text)}
        return {"text": _short(text), "note": self._note(rows, text, more), "same": ""}

    def _at(self, competency: str, level: str) -> list[Said]:
        return self.standing.get((competency, level), [])

    def _text(self, rows: list[Said]) -> tuple[str, int]:
        """The sentence that stands for `rows`, and how many more there are."""
        said = [
            text
            for row in rows
            for text in ([row["summary"]] if row["summary"] else _sentences(row))
            if text.strip() and text not in self.version["null_tokens"]
        ]
        if said:
            return said[0], len(said) - 1
        steps = [step["name"] for row in rows if (step := self.step(row))]
        return (steps[0], 0) if steps else ("", 0)

    def _note(self, rows: list[Said], text: str, more: int) -> str:
        step = self.step(rows[0])
        parts = [step["name"]] if step and step["name"] != text else []
        if rows[0]["requirement"] in ("optional", "nice_to_have"):
            parts.append(rows[0]["requirement"].replace("_", " "))
        if more:
            parts.append(f"and {more} more")
        return ", ".join(parts)

    def _silence(self, rows: list[Said], below: str | None, text: str) -> str:
        state = rows[0]["state"] if rows else ""
        if state in SILENT:
            return SILENT[state]
        cumulative = not rows and self.version["cumulative"]
        if below and (text or state == "inherits" or cumulative):
            return f"As {self.levels[below]['title']}"
        return NOTHING


def _sentences(row: Said) -> list[str]:
    return [statement["text"] for statement in row["statements"]]


def plain(text: str) -> str:
    """Markdown as plain text on one line."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"\*\*|__|`|^[#>]+\s", "", text, flags=re.MULTILINE).split())


def _short(text: str) -> str:
    """Plain text, cut where a cell would grow too high."""
    text = plain(text)
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def css(kind: str) -> str:
    """The class that carries a track's hue; tracks of their own have the neutral one."""
    return kind if kind in KINDS else "shared"
