"""Pure heights: levels from low to high, and which of them stand abreast."""

from __future__ import annotations

from ladders.sheet import KINDS, Said, Sheet


def ordered(levels: list[Said]) -> list[Said]:
    """Grade by grade, shared before staff before manager; without grades, as the file has them."""
    if not any(row["grade"] for row in levels):
        return levels
    places = {row["key"]: at for at, row in enumerate(levels)}
    return sorted(levels, key=lambda row: _place(row, places))


def heads(sheet: Sheet, levels: list[Said]) -> list[tuple[int, str]]:
    """For each level a number that neighbours of one height share, and the words over them."""
    found: list[tuple[int, str]] = []
    for at, level in enumerate(levels):
        before = levels[at - 1] if at else None
        together = before is not None and _together(sheet, before, level)
        found.append((found[-1][0] if together else at, _over(sheet, level)))
    return found


def _over(sheet: Sheet, level: Said) -> str:
    if level["grade"]:
        return level["grade"]["name"]
    if sheet.equals(level["key"]):
        return "Same height"
    return "" if level["kind"] in KINDS else sheet.tracks[level["track"]]["name"]


def _together(sheet: Sheet, one: Said, other: Said) -> bool:
    if one["grade"] or other["grade"]:
        return one["grade"] == other["grade"]
    if any(row["key"] == one["key"] for row in sheet.equals(other["key"])):
        return True
    return one["track"] == other["track"] and one["kind"] not in KINDS


def _place(level: Said, places: dict[str, int]) -> tuple[int, int, int]:
    """Within one grade, shared before staff before manager; without grade, last."""
    rank = level["grade"]["rank"] if level["grade"] else 2**15
    kind = KINDS.index(level["kind"]) if level["kind"] in KINDS else len(KINDS)
    return rank, kind, places[level["key"]]
