"""A ladder as a small map: the shared track, the fork, staff and manager at one height, and you."""

from collections.abc import Sequence
from typing import Any

_LANES = {"staff": 44, "shared": 80, "manager": 116}
_YOU = {"staff": 72, "shared": 56, "manager": 98}
_LEFT, _FORK, _ROOM = 22, 24, 354


def laid_out(levels: Sequence[dict]) -> dict[str, Any]:
    """Place levels = [{track, grade, here}] by grade; `here` marks where the person stands.

    Levels without a grade, and tracks of their own, cannot be placed and are left out.
    """
    placed = [one for one in levels if one["grade"] is not None and one["track"] in _LANES]
    levels = sorted(placed, key=lambda level: level["grade"])
    shared = [level["grade"] for level in levels if level["track"] == "shared"]
    columns = _columns(sorted({level["grade"] for level in levels}), max(shared, default=0))
    nodes = [
        {**level, "x": columns[level["grade"]], "y": _LANES[level["track"]]} for level in levels
    ]
    return {
        "nodes": [node for node in nodes if not node["here"]],
        "lines": [line for track in _LANES if (line := _line(track, nodes))],
        "grades": [{"grade": grade, "x": x} for grade, x in columns.items()],
        "rungs": [{"x": columns[grade]} for grade in columns if _both(grade, levels)],
        "here": [{**node, "text_y": _YOU[node["track"]]} for node in nodes if node["here"]],
    }


def _columns(grades: list[int], last_shared: int) -> dict[int, float]:
    """Give every grade its place, with room for the fork after the shared track."""
    step = min(60.0, (_ROOM - _FORK) / max(len(grades) - 1, 1))
    return {
        grade: round(
            _LEFT + step * index + (_FORK if grade > last_shared and last_shared else 0), 1
        )
        for index, grade in enumerate(grades)
    }


def _line(track: str, nodes: list[dict]) -> dict[str, Any] | None:
    """Draw one track through its levels; staff and manager begin where the shared one ends."""
    own = [node for node in nodes if node["track"] == track]
    if not own:
        return None
    y, first, last = _LANES[track], own[0]["x"], own[-1]["x"]
    root = [node for node in nodes if node["track"] == "shared" and node["x"] < first]
    if track == "shared" or not root:
        return {"track": track, "x": first, "path": f"M{first} {y}H{last}", "text_y": 0}
    x, half = root[-1]["x"], round((first - root[-1]["x"]) / 2, 1)
    path = f"M{x} 80C{x + half} 80 {x + half} {y} {first} {y}H{last}"
    return {"track": track, "x": first - 8, "path": path, "text_y": 22 if y < 80 else 146}


def _both(grade: int, levels: list[dict]) -> bool:
    """True when staff and manager both have a level of this grade."""
    tracks = {level["track"] for level in levels if level["grade"] == grade}
    return {"staff", "manager"} <= tracks
