"""Pure comparison of two levels of any ladders: competency by competency, what changes first."""

from __future__ import annotations

from dataclasses import dataclass

from ladders.sheet import Said, Sheet
from people import differences
from people.folding import fold

ORDER = ("changed", "new", "dropped", "only_left", "only_right", "same")
"""What changes first. `only_…`: the other ladder does not have the competency at all."""


@dataclass(frozen=True)
class Side:
    """One level of one version."""

    sheet: Sheet
    level: Said


def compare(left: Side, right: Side) -> Said:
    """Both levels, their facts abreast, and every competency that either of them speaks of."""
    found = (_row(left, right, *pair) for pair in _pairs(left.sheet, right.sheet))
    rows = sorted((row for row in found if row), key=lambda row: ORDER.index(row["kind"]))
    kinds = [row["kind"] for row in rows]
    return {
        "left": _head(left),
        "right": _head(right),
        "facts": [
            fact for fact in _facts(left.level, right.level) if fact["left"] or fact["right"]
        ],
        "rows": rows,
        "counts": {kind: kinds.count(kind) for kind in ORDER},
    }


def _head(side: Side) -> Said:
    version, level = side.sheet.version, side.level
    return {
        "name": level["name"],
        "title": level["title"],
        "kind": level["kind"],
        "track": side.sheet.tracks[level["track"]]["name"],
        "page_url": level["page_url"],
        "ladder": version["ladder"],
        "number": version["number"],
        "state": version["state"],
        "grade": level["grade"],
    }


# --- Facts ---------------------------------------------------------------------------------
def _facts(left: Said, right: Said) -> list[Said]:
    """Grade, scope, typical months and titles, side by side."""
    return [
        {"name": name, "left": say(left), "right": say(right), "same": say(left) == say(right)}
        for name, say in (
            ("Grade", lambda level: level["grade"]["name"] if level["grade"] else ""),
            ("Titles", lambda level: ", ".join(level["titles"])),
            ("Scope", lambda level: level["scope"]),
            ("Usual time", _months),
            ("Staying", lambda level: "A fine place to stay" if level["terminal"] else ""),
            ("Seats", lambda level: "Limited" if level["seat_limited"] else ""),
        )
    ]


def _months(level: Said) -> str:
    months = level["typical_months"] or {"min": None, "max": None}
    low, high = months["min"], months["max"]
    if low and high:
        return f"{low} to {high} months"
    return f"from {low} months" if low else f"up to {high} months" if high else ""


# --- Competencies --------------------------------------------------------------------------
def _pairs(left: Sheet, right: Sheet) -> list[tuple[Said | None, Said | None]]:
    """Competencies of both, matched by id, then by name; those of the right alone come last."""
    by_name = {fold(row["name"]): key for key, row in right.competencies.items()}
    free = set(right.competencies)
    met: dict[str, str] = {}
    for key in left.competencies:
        if key in free:
            met[key] = key
            free.discard(key)
    for key, row in left.competencies.items():
        other = by_name.get(fold(row["name"]))
        if key not in met and other in free:
            met[key] = other
            free.discard(other)
    pairs: list[tuple[Said | None, Said | None]] = [
        (row, right.competencies[met[key]] if key in met else None)
        for key, row in left.competencies.items()
    ]
    return pairs + [(None, row) for key, row in right.competencies.items() if key in free]


def _row(left: Side, right: Side, mine: Said | None, other: Said | None) -> Said | None:
    """One competency on both sides; None when neither level says anything of it."""
    before, after = _told(left, mine), _told(right, other)
    if not (before["text"] or after["text"]):
        return None
    kind = _kind(before, after, apart=mine is None or other is None)
    runs = differences.compare(before["text"], after["text"]) if kind == "changed" else []
    return {
        "competency": (mine or other or {})["name"],
        "kind": kind,
        "left": before,
        "right": after,
        "runs": [run._asdict() for run in runs],
    }


def _told(side: Side, competency: Said | None) -> Said:
    """What a level says of a competency, or nothing."""
    if competency is None:
        return {"key": None, "url": "", "text": "", "practice": []}
    key, level = competency["key"], side.level["key"]
    return {
        "key": key,
        "url": competency["page_url"],
        "text": side.sheet.words(key, level),
        "practice": side.sheet.practice(key, level),
    }


def _kind(before: Said, after: Said, *, apart: bool) -> str:
    if apart:
        return "only_left" if before["text"] else "only_right"
    if not before["text"]:
        return "new"
    if not after["text"]:
        return "dropped"
    alike = before["text"].split() == after["text"].split()
    return "same" if alike and before["practice"] == after["practice"] else "changed"
