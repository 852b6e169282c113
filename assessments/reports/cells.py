"""The cells of a report: which rows belong together, and which of them are too small to show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from assessments import suppression
from assessments.reports.base import Row

TOTAL = ("total",)
Key = tuple[Hashable, ...]


def key_of(row: Mapping[str, Any]) -> Key:
    """The cell of a row of SQL: its kind, then what it is cut by."""
    kind = row["cell"]
    parts = {
        "total": (),
        "track": (row["track"],),
        "level": (row["ladder_id"], row["key"]),
        "unit": (row["unit_id"],),
        "unit_level": (row["unit_id"], row["ladder_id"], row["key"]),
    }
    return (kind, *parts[kind])


def hidden(rows: Iterable[Mapping[str, Any]], k: int) -> frozenset[Key]:
    """The cells to hide among all the cells that the statement found, totals included.

    Each margin is settled before what lies within it, so that a cell that one answer hides for
    the sake of another is hidden in every cut.
    """
    if not k:
        return frozenset()
    people, within = _people(rows)
    found: frozenset[Hashable] = frozenset()
    for lines in _lines(people, within):
        cells = {cell for total, parts in lines for cell in (total, *parts)}
        counted = {cell: people[cell] for cell in cells}
        found |= suppression.hide(counted, lines, k, already=found & cells)
    return found


def _people(rows: Iterable[Mapping[str, Any]]) -> tuple[dict[Key, int], dict[Key, str]]:
    people: dict[Key, int] = {TOTAL: 0}
    track_of: dict[Key, str] = {}
    for row in rows:
        people[key_of(row)] = row["people"]
        if row["cell"] == "level":
            track_of[key_of(row)] = row["track"]
    return people, track_of


def _lines(people: Mapping[Key, int], track_of: Mapping[Key, str]) -> Iterable[list]:
    by_kind: dict[Hashable, list[Key]] = defaultdict(list)
    for cell in people:
        by_kind[cell[0]].append(cell)
    yield [(TOTAL, by_kind["track"])]
    yield [(TOTAL, by_kind["unit"])]
    tracks: dict[str, list[Key]] = defaultdict(list)
    for level, track in track_of.items():
        tracks[track].append(level)
    yield [(("track", track), levels) for track, levels in tracks.items()]
    yield _crossed(by_kind["unit_level"])


def _crossed(cells: list[Key]) -> list:
    """Each unit and each level as the total of the cells where they meet."""
    lines: dict[Key, list[Key]] = defaultdict(list)
    for cell in cells:
        lines["unit", cell[1]].append(cell)
        lines["level", cell[2], cell[3]].append(cell)
    return list(lines.items())


def shown(row: Row, numbers: Iterable[str], *, hide: bool) -> Row:
    """The row with its numbers taken out when it is hidden."""
    return {**row, **(dict.fromkeys(numbers) if hide else {}), "hidden": hide}


def without_small(rows: list[Row], total: Row, names: Iterable[str], k: int) -> list[Row]:
    """Take out of all rows each count that tells, in some row, of fewer people than k.

    These count a part of those in the row, so that one of them alone could be told from the rest.
    """
    small = [name for name in names if any(0 < (row[name] or 0) < k for row in [*rows, total])]
    total |= {name: None for name in small if 0 < (total[name] or 0) < k}
    return [{**row, **dict.fromkeys(small)} for row in rows]
