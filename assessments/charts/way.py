"""A person's placements as a drawing: three lanes over time, today, and what may follow."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from assessments.charts.scale import Line, text_width, years

LANES = {"staff": 36, "shared": 86, "manager": 136}  # a track of its own runs in the middle
_WIDTH, _LEFT, _AHEAD, _HALF = 1080, 106, 250, 16
_TODAY = 64  # what the word at the head of today's line takes, with air around it


def laid_out(
    placements: Sequence[dict],
    today: date,
    leaves: Sequence[dict] = (),
    ahead: Sequence[dict] = (),
) -> dict[str, Any]:
    """Place placements = [{track, label, starts_on, ends_on}], oldest first.

    ends_on is the first day after, None while it lasts. leaves = [{starts_on, ends_on}];
    ahead = [{track, label}], the levels that may come next.
    """
    first = min([part["starts_on"] for part in placements] + [today - timedelta(days=30)])
    right = _WIDTH - (_AHEAD if ahead else 40)
    line = Line(_LEFT, right, first.toordinal(), today.toordinal())
    blocks = [_block(part, line, today) for part in placements if part["starts_on"] <= today]
    _label(blocks, right)
    return {
        "width": _WIDTH,
        "lanes": [{"track": track, "y": y, "text_y": y + 5} for track, y in LANES.items()],
        "years": [{"x": line.on(day), "year": day.year} for day in years(first, today)],
        "blocks": blocks,
        "swings": [_swing(one, other) for one, other in pairwise(blocks) if _apart(one, other)],
        "leaves": [_leave(leave, line, today, blocks) for leave in leaves],
        "today": right,
        "ahead": [_ahead(level, blocks[-1], right) for level in ahead] if blocks else [],
    }


def _lane(part: dict) -> int:
    """Return the height of a track's lane."""
    return LANES.get(part["track"], LANES["shared"])


def _block(part: dict, line: Line, today: date) -> dict[str, Any]:
    """Place one placement in the lane of its track."""
    x = line.on(part["starts_on"])
    end = line.on(min(part["ends_on"] or today, today))
    y = _lane(part)
    return {
        "track": part["track"],
        "label": part["label"],
        "x": x,
        "end": end,
        "width": max(round(end - x, 1), 2),
        "y": y,
        "top": y - _HALF,
        "text": "",
    }


def _label(blocks: list[dict], today: float) -> None:
    """Write a level into its block, else beside it, where nothing else stands; the list has all."""
    for index, block in enumerate(blocks):
        wide = text_width(block["label"])
        before = [one["end"] for one in blocks[:index] if one["y"] == block["y"]]
        again = index > 1 and blocks[index - 2]["label"] == block["label"]
        if block["width"] >= wide + 16:
            block |= {"text": block["label"], "text_x": block["x"] + 10, "text_y": block["y"] + 5}
        elif block is blocks[-1] and not again:
            heads = block["y"] == min(LANES.values())
            block |= {
                "text": block["label"],
                "text_x": min(block["end"] - 8, today - _TODAY) if heads else block["end"] - 8,
                "text_y": block["top"] - 8,
                "kind": "strong end over",
            }
        elif block["track"] != "shared" and block["x"] - wide - 10 > max(before, default=_LEFT):
            block |= {
                "text": block["label"],
                "text_x": block["x"] - 10,
                "text_y": block["y"] + 5,
                "kind": "end over",
            }


def _apart(one: dict, other: dict) -> bool:
    """True when somebody changed lanes between two placements."""
    return one["y"] != other["y"]


def _swing(one: dict, other: dict) -> dict[str, Any]:
    """Join two lanes at the day of the change, in the hue of the lane off the shared one."""
    down = other["y"] > one["y"]
    return {
        "track": other["track"] if other["track"] != "shared" else one["track"],
        "x": other["x"],
        "from": one["y"] + (_HALF if down else -_HALF),
        "to": other["y"] + (-_HALF if down else _HALF),
    }


def _leave(leave: dict, line: Line, today: date, blocks: list[dict]) -> dict[str, Any]:
    """Hatch the days of a leave in the lane where the person stood."""
    x = max(line.on(leave["starts_on"]), _LEFT)
    end = line.on(min(leave["ends_on"] or today, today))
    under = [block for block in blocks if block["x"] <= x] or blocks[:1]
    y = under[-1]["y"] if under else LANES["shared"]
    return {"x": x, "width": max(round(end - x, 1), 1), "y": y - _HALF + 1, "text_y": y + 30}


def _ahead(level: dict, last: dict, today: float) -> dict[str, Any]:
    """Draw a dashed way from today to a level that may come next."""
    y, start, x = _lane(level), last["y"], today + 72
    return {
        **level,
        "x": x,
        "y": y,
        "text_y": y + 5,
        "path": f"M{today} {start}C{today + 44} {start} {today + 24} {y} {x - 8} {y}",
    }
