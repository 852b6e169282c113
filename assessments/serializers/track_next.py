"""What a level expects and what the next ones change, for My track."""

from __future__ import annotations

from typing import Any

from assessments.serializers.levels import level_of
from assessments.tracks import Way
from ladders import comparison, ways
from ladders.models import Competency, Level, Track

TRIAL = "A change of job. Usually begins with a trial."
ACROSS = "A change of job at the same height, not a step up."


def expected(way: Way) -> list[dict[str, Any]]:
    """What the level held expects, competency by competency."""
    if way.level is None:
        return []
    cells = way.ladder.cells.get(way.level.pk, {})
    rows = comparison.differences(_keys(way), {}, cells)
    names = _by_key(way)
    return [{"competency": names[row.competency], "text": row.after} for row in rows if row.after]


def following(way: Way) -> dict[str, Any]:
    """The next levels side by side: only what changes, and how much stays."""
    changes = [_changes(way, level) for level, _ in way.onward]
    names = _by_key(way)
    rows = [
        {"competency": names[key], "cells": [_cell(change.get(key)) for change in changes]}
        for key in _keys(way)
        if any(key in change and change[key].kind != "same" for change in changes)
    ]
    told = {key for change in changes for key in change}
    return {
        "levels": [
            {**level_of(level), "how": how, "note": _note(way, level, how)}
            for level, how in way.onward
        ],
        "ahead": _ahead(way),
        "rows": rows,
        "unchanged": len(told) - len(rows),
        "changed": [sum(row.kind != "same" for row in change.values()) for change in changes],
    }


def covered(way: Way) -> list[dict[str, Any]]:
    """Evidence by competency, thinnest first, and at which next levels the competency changes."""
    changes = [(level, _changes(way, level)) for level, _ in way.onward]
    rows = []
    for key, competency in _by_key(way).items():
        count, newest = way.tally.get(key, (0, None))
        asked = [
            {"title": level.title, "track": level.track.kind}
            for level, change in changes
            if key in change and change[key].kind != "same"
        ]
        rows.append({"competency": competency, "count": count, "newest": newest, "asked": asked})
    return sorted(
        rows, key=lambda row: (not row["asked"], row["count"], row["newest"] or way.today)
    )


def _changes(way: Way, level: Level) -> dict[str, comparison.Difference]:
    cells = way.ladder.cells
    rows = comparison.differences(
        _keys(way),
        cells.get(way.level.pk, {}),
        cells.get(level.pk, {}),
        cumulative=bool(level.version.cumulative),
    )
    return {row.competency: row for row in rows}


def _cell(row: comparison.Difference | None) -> dict[str, str]:
    if row is None:
        return {"kind": "same", "before": "", "after": ""}
    return {"kind": row.kind, "before": row.before, "after": row.after}


def _note(way: Way, level: Level, how: str) -> str:
    if how == ways.ACROSS:
        return ACROSS
    if level.track.kind == Track.Kind.MANAGER and how == ways.BRANCH:
        return TRIAL
    months = way.level.typical_months_min, way.level.typical_months_max
    usual = " to ".join(str(count) for count in months if count is not None)
    return f"Usually after {usual} months as {way.level.title}" if usual else ""


def _keys(way: Way) -> list[str]:
    return [competency.key for competency in way.ladder.competencies]


def _by_key(way: Way) -> dict[str, dict[str, str]]:
    return {competency.key: _named(competency) for competency in way.ladder.competencies}


def _named(competency: Competency) -> dict[str, str]:
    return {"key": competency.key, "name": str(competency)}


def _ahead(way: Way) -> list[dict[str, str]]:
    """The next levels for a drawing, whose lanes are the three tracks."""
    levels = [level for level, _ in way.onward if level.track.kind != Track.Kind.OTHER]
    return [{"track": level.track.kind, "label": level.title} for level in levels]
