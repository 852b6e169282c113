"""Pure reading of a draft before it is sent for review: what is missing, and what reads badly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from ladders.formats import rows as words_of_rows
from ladders.formats.references import Index, key, rows

Said = dict[str, Any]

BLOCKS, HINT = "blocks", "hint"
ACROSS = ("equivalent", "comparable", "not_equivalent")
"""Links that say how a staff level and a manager level of one grade stand to each other."""
WORDS = {
    "he": "they", "she": "they", "his": "their", "her": "their", "him": "them",
    "himself": "themselves", "herself": "themselves", "guys": "people", "manpower": "people",
    "chairman": "chair", "rockstar": "somebody who does this well", "ninja": "an expert",
    "guru": "an expert", "wizard": "an expert", "hero": "somebody others rely on",
    "10x": "what the person does", "aggressive": "determined", "dominant": "leading",
    "native speaker": "fluent", "young": "new", "energetic": "active", "genius": "expert",
    "naturally": "in practice", "innate": "practised", "gifted": "experienced",
    "whitelist": "allow list", "blacklist": "block list", "sanity check": "check",
}  # fmt: skip
"""Words that speak of a sort of person instead of work, and what can be said instead."""
_WORDS = re.compile(r"\b(" + "|".join(map(re.escape, WORDS)) + r")\b", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One thing to look at; `kind` is "blocks" or "hint". Names what it is about by id."""

    kind: str
    text: str
    section: str = ""
    key: str = ""
    level: str = ""


@dataclass
class Readiness:
    """What was found in one draft."""

    findings: list[Finding] = field(default_factory=list)
    gaps: list[tuple[str, str]] = field(default_factory=list)

    @property
    def ready(self) -> bool:
        """True when nothing keeps the draft from review."""
        return not self.gaps and not self.blocks

    @property
    def blocks(self) -> list[Finding]:
        """What must be mended first, but for empty cells, which are in `gaps`."""
        return [finding for finding in self.findings if finding.kind == BLOCKS]

    @property
    def hints(self) -> list[Finding]:
        """What the writer may want to look at."""
        return [finding for finding in self.findings if finding.kind == HINT]

    def first(self) -> str:
        """The reason that refuses the review, in one sentence."""
        if self.gaps:
            cells = "cell says" if len(self.gaps) == 1 else "cells say"
            return (
                f"{len(self.gaps)} {cells} nothing. Write what is expected there, "
                "or mark it as not expected."
            )
        return self.blocks[0].text if self.blocks else ""


def look(document: Said) -> Readiness:
    """Everything to be mended or looked at, in the order of the matrix."""
    index = Index(document)
    found = Readiness(gaps=gaps(document, index))
    found.findings += [*_names(document), *_links(document, index), *_wording(document, index)]
    return found


def gaps(document: Said, index: Index | None = None) -> list[tuple[str, str]]:
    """The (competency, level) pairs that say nothing, not even that nothing is expected."""
    index = index or Index(document)
    spoken = set()
    for row in rows(document, "expectations"):
        if _speaks(document, row):
            spoken |= {(str(row["competency"]), name) for name in index.rungs.named(row["levels"])}
    competencies = [key(row) for row in rows(document, "competencies")]
    levels = [key(row) for row in rows(document, "levels")]
    return [place for place in product(competencies, levels) if place not in spoken]


def _speaks(document: Said, row: Said) -> bool:
    """Text of its own, a step of a scale, or a state that says why there is none."""
    nulls = document["framework"].get("null_tokens") or []
    if row.get("state") in ("not_applicable", "inherits") or row.get("proficiency") is not None:
        return True
    texts = [row.get("summary"), *(said.get("text") for said in rows(row, "statements"))]
    return any(text and text.strip() and text not in nulls for text in texts)


def _names(document: Said) -> Iterator[Finding]:
    for row in rows(document, "levels"):
        if not (row.get("titles") or row.get("code")):
            yield Finding(BLOCKS, f"The level “{key(row)}” has no title.", "levels", key(row))
        elif row.get("grade") is None and rows(document, "grades"):
            text = f"“{_title(row)}” has no grade, so it cannot be compared across ladders."
            yield Finding(HINT, text, "levels", key(row))
    for section, what in (("competencies", "competency"), ("pillars", "pillar")):
        for row in rows(document, section):
            if not row.get("name"):
                yield Finding(BLOCKS, f"The {what} “{key(row)}” has no name.", section, key(row))
    if not rows(document, "competencies"):
        yield Finding(BLOCKS, "There is no competency yet.", "competencies")


def _links(document: Said, index: Index) -> Iterator[Finding]:
    """Between the two tracks, height is said by links and never guessed from numbers."""
    links = rows(document, "level_links")
    kinds = {
        key(row): words_of_rows.TRACKS.get(row.get("kind") or "")
        for row in rows(document, "tracks")
    }
    levels = rows(document, "levels")
    said = {frozenset((str(row["from"]), str(row["to"]))) for row in links if row["type"] in ACROSS}
    for one, two in product(levels, levels):
        graded = one.get("grade") is not None and one.get("grade") == two.get("grade")
        across = (kinds.get(str(one["track"])), kinds.get(str(two["track"])))
        if graded and across == ("staff", "manager") and {key(one), key(two)} not in said:
            text = (
                f"“{_title(one)}” and “{_title(two)}” have the same grade and no link. "
                "Say whether they are equivalent."
            )
            yield Finding(BLOCKS, text, "level_links", key(one), key(two))
    forked = {"staff", "manager"} <= set(kinds.values()) and "shared" in kinds.values()
    if forked and not any(row["type"] == "branches_to" for row in links):
        text = "No level branches to the staff or manager track: say where the ways part."
        yield Finding(HINT, text, "level_links")


def _wording(document: Said, index: Index) -> Iterator[Finding]:
    for row in rows(document, "expectations"):
        texts = [row.get("summary") or ""]
        for said in rows(row, "statements"):
            texts += [said.get("text") or "", *(said.get("examples") or [])]
        for found in dict.fromkeys(word.lower() for text in texts for word in _WORDS.findall(text)):
            named = index.rungs.named(row["levels"])
            where = {"key": str(row["competency"]), "level": named[0] if named else ""}
            text = f"“{found}” may not fit everybody; “{WORDS[found]}” would."
            yield Finding(HINT, text, "expectations", **where)


def _title(row: Said) -> str:
    return next(iter(row.get("titles") or []), "") or row.get("code") or key(row)
