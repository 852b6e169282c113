"""Charts of values in named groups: dots with their intervals, and bars."""

from collections.abc import Iterable
from typing import Any

from assessments.charts.scale import Line, clipped, text_width, ticks

_WIDTH, _TOP, _HEAD, _ROW, _GAP = 420, 8, 24, 22, 12
_LEFT = 4


def laid_out(groups: Iterable[dict], maximum: float | None = None) -> dict[str, Any]:
    """Place groups = [{label, points: [{track, value, low, high, text}]}].

    Without low and high a point is drawn from zero; `value` None leaves only its text.
    """
    groups = list(groups)
    points = [point for group in groups for point in group["points"]]
    right = _WIDTH - min(max([text_width(point["text"]) for point in points] + [40]), 200) - 20
    marks = ticks(maximum or max([_reach(point) for point in points] + [0]) or 1)
    line = Line(_LEFT, right, 0, marks[-1])
    rows, y = [], float(_TOP)
    for group in groups:
        rows.append(_group(group, line, y))
        y += _HEAD + _ROW * len(group["points"]) + _GAP
    return {
        "width": _WIDTH,
        "height": y + 30,
        "bottom": y,
        "foot": y + 20,
        "left": _LEFT,
        "ticks": [{"x": line.at(mark), "text": f"{mark:g}"} for mark in marks],
        "groups": rows,
    }


def _group(group: dict, line: Line, top: float) -> dict[str, Any]:
    """Place one group: its name on a line of its own, its points below."""
    first = top + _HEAD + _ROW / 2
    return {
        "label": clipped(group["label"], _WIDTH),
        "y": top + 16,
        "points": [
            _point(point, line, first + _ROW * index) for index, point in enumerate(group["points"])
        ],
    }


def _point(point: dict, line: Line, y: float) -> dict[str, Any]:
    """Place one value: the mark, the stretch behind it and the words after it."""
    value, low, high = point["value"], point.get("low"), point.get("high")
    if value is None:
        return {**point, "x": None, "y": y, "text_x": line.left + 8, "text_y": y + 5}
    end = line.at(high if high is not None else value)
    return {
        **point,
        "x": line.at(value),
        "y": y,
        "from": line.at(low if low is not None else 0),
        "to": end,
        "bar": round(line.at(value) - line.left, 1),
        "bar_y": y - 8,
        "text_x": end + 12,
        "text_y": y + 5,
    }


def _reach(point: dict) -> float:
    """Return the furthest value that a point needs room for."""
    return point.get("high") or point["value"] or 0
