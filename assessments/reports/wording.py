"""How reports speak: names of cells, kinds of placements, periods, and data for drawings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessments.reports.base import Column, Row
from assessments.reports.parameters import Parameters
from people.wording import counted, long_day, number, percent

__all__ = ["counted", "long_day", "number", "percent"]

LEVEL = (
    Column("ladder", "Ladder"),
    Column("grade", "Grade", "count"),
    Column("track", "Track"),
    Column("level", "Level"),
)
UNIT = (Column("unit", "Unit key"), Column("unit_name", "Unit"))
COLUMNS = {
    "level": LEVEL,
    "track": (Column("track", "Track"),),
    "unit": UNIT,
    "unit_level": (*UNIT, *LEVEL),
}
TRACKS = {"shared": "Shared", "staff": "Staff", "manager": "Manager"}
HEIGHTS = {track: place for place, track in enumerate(TRACKS)}
KINDS = {
    "hire": "hires",
    "track_move": "changes of track",
    "trial": "trials",
    "return": "returns",
    "relevel": "relevels",
    "correction": "corrections",
    "import": "imports",
}
NOT_PROMOTIONS = {
    "hire": "being hired is not a promotion",
    "track_move": "a change of track is a change of job",
    "trial": "a trial counts for the level held",
    "return": "coming back is neither up nor down",
    "relevel": "the ladder was redrawn, not the job",
    "correction": "the record was wrong, nobody moved",
    "import": "taken over from another system",
}
NO_UNIT: Row = {"unit": None, "unit_name": "No team"}


def labels(row: Row, units: Mapping[int | None, Row]) -> Row:
    """What a row is about, under the names of COLUMNS; `units` come from `named_units`."""
    about: Row = {}
    if row["cell"] in ("unit", "unit_level"):
        about |= units.get(row["unit_id"], NO_UNIT)
    if row["cell"] in ("level", "unit_level"):
        about |= {
            "ladder": row["ladder"],
            "grade": row["grade"],
            "track": row["track"],
            "level": row["title"],
        }
    if row["cell"] == "track":
        about |= {"track": row["track"]}
    return about


def named_units(parameters: Parameters) -> dict[int | None, Row]:
    """Key and name of each unit of the cut; one whose parts are shown too holds only its own."""
    rows = parameters.unit_rows
    parents = {team.parent_id for team in rows}
    return {
        team.pk: {
            "unit": team.key,
            "unit_name": f"{team.name}, directly" if team.pk in parents else team.name,
        }
        for team in rows
    }


def order(row: Row) -> tuple:
    """Units apart; ladders apart; from the shared track up, staff before manager."""
    return (
        row["unit_id"] is None,
        row["unit_id"] or 0,
        row["ladder"] or "",
        HEIGHTS.get(row["track"], len(HEIGHTS)),
        row["height"] or 0,
        row["title"] or "",
    )


def period(parameters: Parameters) -> str:
    """Say "from 1 January 2026 to 30 June 2026"."""
    return f"from {long_day(parameters.first)} to {long_day(parameters.last)}"


def listed(parts: Sequence[str]) -> str:
    """Say "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def at_least(count: int, k: int) -> int | str:
    """A count beside the rows, or that it is small."""
    return count if count >= k else f"fewer than {k}"


def grouped(
    rows: Iterable[Row], value: str, *, scale: float = 1, low: str = "", high: str = ""
) -> list[dict[str, Any]]:
    """Rows as groups with points: one group a grade, track or unit, one point a row."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        name, words = _place(row)
        point = {
            "track": row.get("track") if row.get("track") in TRACKS else "shared",
            "value": _scaled(row[value], scale),
            "low": _scaled(row.get(low), scale),
            "high": _scaled(row.get(high), scale),
            "text": _text(row, value, words, scale),
        }
        groups.setdefault(name, []).append(point)
    return [{"label": label, "points": points} for label, points in groups.items()]


def _place(row: Row) -> tuple[str, str]:
    """The group of a row, and what tells it apart within."""
    level = row.get("level")
    if "unit_name" in row:
        return row["unit_name"], level or ""
    if level is None:
        return f"{TRACKS.get(row['track'], 'Other')} track", ""
    return level, ""


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else round(value * scale, 2)


def _text(row: Row, value: str, words: str, scale: float) -> str:
    if row["hidden"]:
        return f"{words}: hidden, too few people" if words else "hidden, too few people"
    if row[value] is None:
        said = "nobody counted"
    else:
        said = percent(row[value], 0) if scale == 100 else number(row[value])
    return f"{said} {words}" if words else said
