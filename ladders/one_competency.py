"""Pure layout of one competency through all levels: height by height, the tracks abreast."""

from __future__ import annotations

from itertools import groupby

from ladders.heights import heads, ordered
from ladders.sheet import KINDS, NOTHING, Said, Sheet, css


def layout(version: Said, key: str) -> Said | None:
    """The page of the competency `key`; None when the version has no such competency."""
    sheet = Sheet(version)
    competency = sheet.competencies.get(key)
    if competency is None:
        return None
    levels = ordered(version["levels"])
    rows = zip(heads(sheet, levels), levels, strict=True)
    floors = [_floor(sheet, key, list(floor)) for _, floor in groupby(rows, lambda row: row[0][0])]
    pillars = {row["key"]: row for row in version["pillars"]}
    return {
        "competency": competency,
        "pillar": pillars.get(competency["pillar"]),
        "floors": [floor for floor in floors if floor["levels"]],
        "silent": [level["title"] for level in levels if _silent(sheet, key, level)],
        **_neighbours(version, key),
    }


def _floor(sheet: Sheet, key: str, rows: list[tuple[tuple[int, str], Said]]) -> Said:
    """One height of the ladder, and what each level on it expects."""
    told = [_entry(sheet, key, level) for _, level in rows if not _silent(sheet, key, level)]
    return {"label": rows[0][0][1], "levels": told}


def _entry(sheet: Sheet, key: str, level: Said) -> Said:
    """One level: its words, those of the level below, and what stands beside them."""
    below = sheet.below.get(level["key"])
    words = sheet.words(key, level["key"])
    return {
        "level": level,
        "track": sheet.tracks[level["track"]]["name"],
        "plain": level["kind"] not in KINDS,
        "css": css(level["kind"]),
        "here": level["key"] == sheet.version["stands_on"],
        "below": sheet.levels[below]["title"] if below else "",
        "before": sheet.words(key, below) if below else "",
        "words": words,
        "same": sheet.cell(key, level["key"])["same"],
        "practice": [] if sheet.speaker(key, level["key"]) != level["key"]
        else sheet.practice(key, level["key"]),
    }  # fmt: skip


def _silent(sheet: Sheet, key: str, level: Said) -> bool:
    return sheet.cell(key, level["key"])["same"] == NOTHING


def _neighbours(version: Said, key: str) -> Said:
    """The competencies before and after, in the order of the ladder."""
    rows = version["competencies"]
    at = next(at for at, row in enumerate(rows) if row["key"] == key)
    return {
        "earlier": rows[at - 1] if at else None,
        "later": rows[at + 1] if at + 1 < len(rows) else None,
    }
