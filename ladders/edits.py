"""Pure changes to a draft: a document in, the same document with one thing changed out.

Ids are given once and never change, so that a difference between versions can follow a row.
Every function works on the document it is given; whoever needs the old one copies it first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ladders.formats.fields import FIELDS, REQUIRED
from ladders.formats.references import Index, key, rows
from ladders.keys import fresh
from people.refusals import Conflict, Invalid

Said = dict[str, Any]

GROUPED = {
    "levels": "track",
    "competencies": "pillar",
    "pillars": "parent",
    "proficiency_statements": "competency",
}
"""Sections whose rows stand in groups: one moves among its neighbours of the same group."""
CALLED = {
    "tracks": "track",
    "levels": "level",
    "pillars": "pillar",
    "competencies": "competency",
    "level_links": "link",
    "proficiency_scales": "scale",
    "proficiency_statements": "meaning",
    "grades": "grade",
}
"""The sections that are changed row by row, and what a person calls one row."""
NAMED_BY = {
    "level_links": ("from", "type", "to"),
    "proficiency_statements": ("competency", "proficiency"),
}
"""Rows without an id of their own, and the fields that tell one from another."""
UNKNOWN = "There is no such field here."
FIXED = {"framework": {"id", "version", "status"}}
HOLDS = {
    "tracks": (("levels", "track", "levels"),),
    "pillars": (("competencies", "pillar", "competencies"), ("pillars", "parent", "pillars")),
    "proficiency_scales": (("competencies", "scale", "competencies"),),
    "grades": (("levels", "grade", "levels"),),
}
"""What would be left hanging: (section, field, words)."""


def find(document: Said, section: str, name: str) -> Said:
    """The row of a section by its id, or by what stands for one. Raises KeyError."""
    if section == "framework":
        return document["framework"]
    for row in rows(document, section):
        if identity(section, row) == name:
            return row
    raise KeyError(name)


def identity(section: str, row: Said) -> str:
    """What a row is called in an address."""
    if section in NAMED_BY:
        return " ".join(str(row[field]) for field in NAMED_BY[section])
    return key(row)


def add(document: Said, section: str, values: Said) -> str:
    """Put a new row behind its neighbours; returns its id, made from its name."""
    _known(section, values)
    _complete(section, values)
    row = {name: value for name, value in values.items() if value not in (None, "")}
    listed = document.setdefault(section, [])
    if section in NAMED_BY:
        _only_once(document, section, row)
    else:
        named = next(iter(row.get("titles") or []), "") or row.get("name") or row.get("code") or ""
        row["id"] = fresh(named or CALLED[section], {key(other) for other in listed})
    group = [other for other in listed if _group(section, other) == _group(section, row)]
    heights = [other["order"] for other in group if other.get("order") is not None]
    if "order" in FIELDS[section] and (heights or section == "levels"):
        row.setdefault("order", max(heights, default=0) + 1)
    listed.insert(listed.index(group[-1]) + 1 if group else len(listed), row)
    return identity(section, row)


def change(document: Said, section: str, name: str, values: Said) -> None:
    """Set some fields of a row; None takes a field away."""
    row = find(document, section, name)
    _known(section, values)
    if section in NAMED_BY:
        values = {name: value for name, value in values.items()
                  if value is not None or name not in NAMED_BY[section]}  # fmt: skip
        _only_once(document, section, row | values, beside=row)
    for field, value in values.items():
        if value is None:
            row.pop(field, None)
        else:
            row[field] = value


def remove(document: Said, section: str, name: str) -> None:
    """Take a row away, and with a level or a competency what is said of it alone."""
    row = find(document, section, name)
    for other, field, words in HOLDS.get(section, ()):
        held = [one for one in rows(document, other) if str(one.get(field)) == name]
        if held:
            raise Conflict(
                f"This {CALLED[section]} still holds {len(held)} {words}. "
                "Move or remove them first."
            )
    if section == "levels":
        _leave(document, name)
    if section == "competencies":
        for said in ("expectations", "proficiency_statements"):
            kept = [one for one in rows(document, said) if str(one["competency"]) != name]
            _put(document, said, kept)
    _put(document, section, [one for one in rows(document, section) if one is not row])


def shift(document: Said, section: str, name: str, by: int) -> bool:
    """Swap a row with its neighbour before (-1) or behind (1); False at the edge."""
    row, listed = find(document, section, name), document[section]
    group = [other for other in listed if _group(section, other) == _group(section, row)]
    if section == "levels":
        group.sort(key=lambda other: other.get("order") or 0)
    place = group.index(row) + by
    if not 0 <= place < len(group):
        return False
    other = group[place]
    one, two = listed.index(row), listed.index(other)
    listed[one], listed[two] = other, row
    if row.get("order") is not None and other.get("order") is not None:
        row["order"], other["order"] = other["order"], row["order"]
    return True


def _known(section: str, values: Said) -> None:
    """Refuse fields that a row of this section does not have, and values of another type."""
    allowed = set(FIELDS[section]) - {"id"} - FIXED.get(section, set())
    wrong = dict.fromkeys(sorted(set(values) - allowed), UNKNOWN)
    for name in allowed & set(values):
        if values[name] is not None and (words := FIELDS[section][name](values[name])):
            wrong[name] = f"This {words}."
    if wrong:
        raise Invalid({name: [words] for name, words in wrong.items()})


def _complete(section: str, values: Said) -> None:
    """Refuse a new row that lacks what every row has."""
    wanted = (name for name in REQUIRED[section] if name != "id")
    missing = [name for name in wanted if values.get(name) in (None, "")]
    if missing:
        raise Invalid({name: ["Choose one."] for name in missing})


def _group(section: str, row: Said) -> str:
    return str(row.get(GROUPED.get(section, "")))


def _only_once(document: Said, section: str, row: Said, beside: Said | None = None) -> None:
    others = (one for one in rows(document, section) if one is not beside)
    if identity(section, row) in {identity(section, one) for one in others}:
        raise Conflict(f"This {CALLED[section]} stands here already.")


def _leave(document: Said, level: str) -> None:
    """A level goes: its links, and its place in every expectation."""
    if len(rows(document, "levels")) == 1:
        raise Conflict("A ladder has at least one level. Add another before removing this one.")
    links = rows(document, "level_links")
    kept = [row for row in links if level not in (str(row["from"]), str(row["to"]))]
    _put(document, "level_links", kept)
    rungs = Index(document).rungs
    track = {"track": find(document, "levels", level)["track"]}
    stays = []
    for row in rows(document, "expectations"):
        named = rungs.named(row["levels"])
        others = [name for name in named if name != level]
        if level in named and row["levels"] != track:
            row["levels"] = others
        if others or not named:
            stays.append(row)
    _put(document, "expectations", stays)


def _put(document: Said, section: str, kept: Iterable[Said]) -> None:
    """The section anew; one that was never there does not appear empty."""
    if section in document:
        document[section] = list(kept)
