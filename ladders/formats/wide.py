"""Writes a ladder as a wide matrix, and says what a matrix cannot carry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ladders.formats import about, cells
from ladders.formats.columns import label
from ladders.formats.matrix import NO_PILLAR, TOKENS
from ladders.formats.references import Index, key
from ladders.formats.selectors import Unclear

CORE = {
    "id", "competency", "levels", "state", "x_token", "summary", "statements", "proficiency",
}  # fmt: skip
Said = dict[str, Any]


@dataclass
class Sheet:
    """The cells of a matrix. `merged` are cells that one expectation shares: row, from, to."""

    head: list[list[str]]
    rows: list[list[str]]
    beside: list[list[str]]
    merged: list[tuple[int, int, int]] = field(default_factory=list)


def build(document: Said, *, merge: bool = False) -> Sheet:
    """The matrix of a checked document; what it cannot say is left out (`left_out`)."""
    return _Writing(document, merge=merge).sheet()


class _Writing:
    def __init__(self, document: Said, *, merge: bool) -> None:
        self.document, self.merge = document, merge
        self.levels = document.get("levels") or []
        self.competencies = document.get("competencies") or []
        self.cells: dict[tuple[str, str], list[Said]] = {}
        self.kind = _only_kind(document)
        self.tokens = tuple(document["framework"].get("null_tokens") or TOKENS)
        rungs = Index(document).rungs
        for row in document.get("expectations") or []:
            try:
                named = rungs.named(row["levels"])
            except Unclear:
                continue
            for level in named:
                self.cells.setdefault((str(row["competency"]), level), []).append(row)

    def sheet(self) -> Sheet:
        """All of it."""
        head = [["Pillar", "Competency", *(label(level) for level in self.levels)]]
        if len(self.document.get("tracks") or []) > 1:
            names = _names(self.document.get("tracks") or [])
            tracks = [names.get(str(level.get("track")), "") for level in self.levels]
            head.insert(0, ["Track", "", *tracks])
        pillars = _names(self.document.get("pillars") or [])
        sheet = Sheet(head, [], about.write(self.document, self._matrix()))
        for row in self.competencies:
            pillar = pillars.get(str(row.get("pillar")), "") if row.get("pillar") else NO_PILLAR
            texts = [self._cell(key(row), key(level)) for level in self.levels]
            if self.merge:
                sheet.merged += self._merged(key(row), len(head) + len(sheet.rows))
            name = row.get("name") or key(row)
            sheet.rows.append([pillar if pillars else "", name, *texts])
        return sheet

    def _cell(self, competency: str, level: str) -> str:
        told = [
            cells.write(self._bare(row), self.tokens)
            for row in self.cells.get((competency, level), [])
        ]
        texts = [text for text in told if text]
        if len(texts) < 2:
            return "".join(texts)
        return "\n".join(
            text if cells.BULLET.match(text) else f"{cells.MARK}{text}" for text in texts
        )

    def _bare(self, row: Said) -> Said:
        """The expectation without the kind that all statements share."""
        statements = [
            {name: value for name, value in entry.items() if (name, value) != ("kind", self.kind)}
            for entry in row.get("statements") or []
        ]
        return row | {"statements": statements}

    def _merged(self, competency: str, at: int) -> list[tuple[int, int, int]]:
        """Runs of columns that show one and the same expectation."""
        rows = [self.cells.get((competency, key(level)), []) for level in self.levels]
        runs, start = [], 0
        for end in range(1, len(rows) + 1):
            same = end < len(rows) and len(rows[start]) == 1 and rows[end] == rows[start]
            if same and rows[end][0] is rows[start][0]:
                continue
            if end - start > 1:
                runs.append((at, start + 2, end + 1))
            start = end
        return runs

    def _matrix(self) -> Said:
        """What all cells have in common, for the way back."""
        rows = self.document.get("expectations") or []
        said: Said = {}
        if rows and all("id" not in row for row in rows):
            said["expectation_ids"] = "none"
        if self.kind:
            said["statement_kind"] = self.kind
        if requirement := _only_requirement(self.document):
            said["requirement"] = requirement
        if absent := [
            name for name in ("competencies", "expectations") if name not in self.document
        ]:
            said["absent"] = absent
        order = {key(level): at for at, level in enumerate(self.levels)}
        firsts = [_first(row, order) for row in rows]
        places = {key(row): at for at, row in enumerate(self.competencies)}
        by_row = [
            (places.get(str(row.get("competency")), 0), first)
            for row, first in zip(rows, firsts, strict=True)
        ]
        if firsts == sorted(firsts) and by_row != sorted(by_row):
            said["expectations_by"] = "level"
        return said


def left_out(document: Said, back: Said | None) -> list[str]:
    """What `back`, the matrix read again, does not say of the document; one phrase a kind."""
    back = back or {}
    if back == document:
        return []
    lost = Counter(
        f"details of {name.replace('_', ' ')}"
        for name, value in document.items()
        if name != "expectations" and back.get(name) != value
    )
    known = back.get("expectations") or []
    missing = [row for row in document.get("expectations") or [] if row not in known]
    lost.update(reason for row in missing for reason in _reasons(row, document))
    return [f"{reason} ({count:,})" if count > 1 else reason for reason, count in lost.items()] or [
        "the order of expectations"
    ]


def _reasons(row: Said, document: Said) -> list[str]:
    """Why a cell cannot give this expectation back."""
    same = {"requirement"} if _only_requirement(document) else set()
    held = {"text", "examples", *(["kind"] if _only_kind(document) else [])}
    reasons = [f"{name} of expectations" for name in row if name not in CORE | same]
    levels = row.get("levels")
    if not isinstance(levels, list) or len(levels) != 1:
        reasons.append("expectations shown at several levels, which become one each")
    for entry in row.get("statements") or []:
        reasons += [f"{name} of statements" for name in entry if name not in held]
    if not row.get("statements") and row.get("summary"):
        reasons.append("summaries without statements, which become statements")
    return sorted(set(reasons)) or ["ids or line breaks of expectations"]


def _names(rows: list[Said]) -> dict[str, str]:
    """What each is called in a cell: its name where no other has it, else its id."""
    names = Counter(str(row.get("name") or "") for row in rows)
    ids = {key(row) for row in rows}
    said = {}
    for row in rows:
        own, name = key(row), str(row.get("name") or "")
        alone = names[name] == 1 and (name not in ids or name == own)
        alone = alone and name.casefold() not in cells.NOTHING
        said[own] = name if name and alone else own
    return said


def _only_kind(document: Said) -> str:
    kinds = {
        entry.get("kind")
        for row in document.get("expectations") or []
        for entry in row.get("statements") or []
    }
    only = kinds.pop() if len(kinds) == 1 else None
    return only if isinstance(only, str) else ""


def _only_requirement(document: Said) -> str:
    found = [row.get("requirement") for row in document.get("expectations") or []]
    return (
        found[0] if found and isinstance(found[0], str) and len(set(map(str, found))) == 1 else ""
    )


def _first(row: Said, order: dict[str, int]) -> int:
    levels = row.get("levels")
    return order.get(str(levels[0]), 0) if isinstance(levels, list) and levels else 0
