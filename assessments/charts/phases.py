"""The phases of a cycle as a drawing: a row each, with the days of grace and today."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from assessments.charts.scale import Line, months
from people import wording

_WIDTH, _TOP, _ROW = 480, 30, 48


def laid_out(phases: Sequence[dict], today: date) -> dict[str, Any]:
    """Place phases = [{label, opens_on, due_on, grace_until}]; grace_until may be None."""
    first = min((phase["opens_on"] for phase in phases), default=today)
    last = max((phase["grace_until"] or phase["due_on"] for phase in phases), default=today)
    line = Line(4, _WIDTH - 4, first.toordinal(), last.toordinal())
    now = line.on(today) if first <= today <= last else None
    bottom = _TOP + _ROW * len(phases)
    return {
        "width": _WIDTH,
        "height": bottom + 28,
        "bottom": bottom,
        "foot": bottom + 20,
        "months": [{"x": line.on(day), "text": f"{day:%b}"} for day in months(first, last)],
        "rows": [
            _row(phase, line, today, _TOP + _ROW * index) for index, phase in enumerate(phases)
        ],
        "today": now,
        "today_anchor": "mid"
        if now and 24 < now < _WIDTH - 24
        else "end"
        if now and now > 24
        else "",
    }


def _row(phase: dict, line: Line, today: date, top: float) -> dict[str, Any]:
    """Place one phase: its bar, its grace, its name and when it is due."""
    x, end = line.on(phase["opens_on"]), line.on(phase["due_on"])
    grace = line.on(phase["grace_until"]) if phase["grace_until"] else end
    closed = phase["grace_until"] or phase["due_on"]
    return {
        "label": phase["label"],
        "due": f"due {wording.short_day(phase['due_on']).rsplit(' ', 1)[0]}",
        "x": x,
        "end": end,
        "grace": grace,
        "width": max(round(end - x, 1), 3),
        "top": top + 22,
        "middle": top + 31,
        "text_x": x if x < _WIDTH / 2 else grace,
        "text_y": top + 15,
        "anchor": "" if x < _WIDTH / 2 else "end",
        "now": phase["opens_on"] <= today <= closed,
    }
