"""What the core of `career-ladder/1` says about each field: its type, length and range."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from ladders.formats.report import Path, Report

Check = Callable[[Any], str | None]
"""Takes a value, answers what is wrong with it in words, or None."""

LONGEST = 20_000


def text(most: int = LONGEST) -> Check:
    """Text of at most `most` characters."""

    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return f"must be text, not {shown(value)}; write it in quotes"
        if len(value) > most:
            return f"has {len(value):,} characters; at most {most:,} are kept"
        return None

    return check


def whole(least: int, most: int) -> Check:
    """A whole number in a range."""

    def check(value: Any) -> str | None:
        if type(value) is not int:
            return f"must be a whole number, not {shown(value)}"
        if not least <= value <= most:
            return f"is {value}; it must lie between {least} and {most}"
        return None

    return check


def flag(value: Any) -> str | None:
    """True or false."""
    return None if isinstance(value, bool) else f"must be true or false, not {shown(value)}"


def texts(most: int = LONGEST) -> Check:
    """A list of texts."""

    def check(value: Any) -> str | None:
        if not isinstance(value, list):
            return f"must be a list, not {shown(value)}"
        wrong = (text(most)(entry) for entry in value)
        return next((f"holds an entry that {words}" for words in wrong if words), None)

    return check


def identifier(value: Any) -> str | None:
    """An id, or a reference to one: text, or a whole number."""
    if type(value) is int:
        return None
    words = text(200)(value)
    return words or (None if value.strip() else "is blank")


def day(value: Any) -> str | None:
    """A date, bare or as text."""
    if type(value) is datetime.date:
        return None
    try:
        datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return f"must be a date such as 2026-09-01, not {shown(value)}"
    return None


def number(value: Any) -> str | None:
    """The number of a version."""
    if type(value) in (int, float, datetime.date):
        return None
    words = text(32)(value)
    if not words and not all(sign.isalnum() or sign in ".-_+" for sign in value.strip()):
        return "may hold letters, digits and . - _ +"
    return words


def options(value: Any) -> str | None:
    """A mapping."""
    return None if isinstance(value, dict) else f"must be a mapping, not {shown(value)}"


def rows(value: Any) -> str | None:
    """A list of mappings; each is looked at on its own."""
    return None if isinstance(value, list) else f"must be a list, not {shown(value)}"


def archetypes(value: Any) -> str | None:
    """A list of names, or of mappings with a name."""
    if not isinstance(value, list):
        return f"must be a list, not {shown(value)}"
    right = all(isinstance(entry, str) or _named(entry) for entry in value)
    return None if right else "holds an entry that is neither text nor a mapping with a name"


def _named(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("name"), str)


order = whole(-(2**31), 2**31 - 1)
months = whole(0, 1200)

FIELDS: dict[str, dict[str, Check]] = {
    "framework": {
        "id": identifier, "title": text(200), "version": number, "status": text(32),
        "effective_from": day, "language": text(16), "licence": text(200), "source": text(),
        "summary": text(), "cumulative": flag, "null_tokens": texts(200),
    },
    "grades": {"id": identifier, "rank": whole(0, 32767), "name": text(100)},
    "tracks": {"id": identifier, "kind": text(100), "name": text(200), "description": text()},
    "levels": {
        "id": identifier, "track": identifier, "order": order, "code": text(50),
        "grade": identifier, "titles": texts(200), "summary": text(), "scope": text(),
        "typical_months": options, "terminal": flag, "seat_limited": flag,
        "archetypes": archetypes, "state": text(32),
    },
    "typical_months": {"min": months, "max": months},
    "level_links": {"from": identifier, "to": identifier, "type": text(32)},
    "proficiency_scales": {"id": identifier, "levels": rows},
    "steps": {"id": identifier, "rank": order, "name": text(300), "description": text()},
    "pillars": {
        "id": identifier, "parent": identifier, "order": order, "name": text(300),
        "description": text(),
    },
    "competencies": {
        "id": identifier, "pillar": identifier, "order": order, "kind": text(100),
        "name": text(300), "description": text(), "scale": identifier,
    },
    "proficiency_statements": {
        "competency": identifier, "proficiency": identifier, "state": text(32),
        "summary": text(), "statements": rows,
    },
    "expectations": {
        "id": identifier, "competency": identifier, "requirement": text(32),
        "proficiency": identifier, "summary": text(), "state": text(16), "statements": rows,
    },
    "statements": {
        "id": identifier, "kind": text(64), "text": text(), "counter": text(),
        "examples": texts(),
    },
}  # fmt: skip
"""Absent and null are allowed wherever REQUIRED does not name the field."""

REQUIRED: dict[str, tuple[str, ...]] = {
    "framework": ("id", "title"),
    "grades": ("id", "rank"),
    "tracks": ("id",),
    "levels": ("id", "track"),
    "level_links": ("from", "to", "type"),
    "proficiency_scales": ("id",),
    "steps": ("id",),
    "pillars": ("id",),
    "competencies": ("id",),
    "proficiency_statements": ("competency", "proficiency"),
    "expectations": ("competency", "levels"),
}

MOST = {"levels": 200, "competencies": 1_000, "expectations": 20_000}
"""More rows than this is not a ladder; pages could not show it."""


def check(kind: str, row: Any, path: Path, report: Report) -> bool:
    """True when `row` is a mapping whose core fields are what they should be."""
    words = options(row)
    if words:
        report.error(f"An entry here {words}.", path)
        return False
    before = report.failed
    for name in REQUIRED.get(kind, ()):
        if row.get(name) is None:
            report.error(f"“{name}” is missing.", path)
    for name, words in _wrong(kind, row):
        report.error(f"“{name}” {words}.", (*path, name))
    return report.failed == before


def _wrong(kind: str, row: dict[str, Any]) -> list[tuple[str, str]]:
    found = (
        (name, field(row[name]))
        for name, field in FIELDS[kind].items()
        if row.get(name) is not None
    )
    return [(name, words) for name, words in found if words]


def shown(value: Any) -> str:
    """A value of the wrong type, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return f"{value!r}"[:40]
