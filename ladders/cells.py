"""Pure reading and writing of one cell of a draft: what a level expects of a competency.

One expectation of a document may stand at several levels. Changing it in one cell leaves it as
it was in the others: there it is split off.
"""

from __future__ import annotations

from typing import Any

from ladders.formats.fields import FIELDS
from ladders.formats.references import Index, key, rows
from ladders.formats.selectors import Rungs
from ladders.keys import fresh
from people.refusals import Invalid

Said = dict[str, Any]

OUTER = ("id", "competency", "levels")
"""What the cell says, and not its entries."""
INNER = frozenset(FIELDS["expectations"]) - {"id", "competency"}


def read(document: Said, competency: str, level: str) -> list[Said]:
    """The entries of a cell, each with `also_at`: the other levels that share it.

    Keys that mean nothing to us, such as those of other tools, are not shown and stay.
    """
    rungs = Index(document).rungs
    return [
        {"id": key(row) or None}
        | {name: row[name] for name in row if name in INNER}
        | {"also_at": [name for name in rungs.named(row["levels"]) if name != level]}
        for row in _standing(document, rungs, competency, level)
    ]


def write(document: Said, competency: str, level: str, entries: list[Said]) -> None:
    """Make `entries` what the cell says: known ids are changed, the others are new."""
    _exists(document, competency, level)
    rungs = Index(document).rungs
    old = _standing(document, rungs, competency, level)
    _known(old, entries)
    rest = list(old)
    for entry in entries:
        row = _meant(rest, entry)
        if row is None:
            _add(document, competency, level, entry, behind=old)
        else:
            rest.remove(row)
            _change(document, rungs, row, level, entry)
    for row in rest:
        _leave(document, rungs, row, level)


def _known(old: list[Said], entries: list[Said]) -> None:
    """Refuse fields that neither the format nor the text that stands here has."""
    held = {name for row in old for said in rows(row, "statements") for name in said}
    told = {name for entry in entries for said in rows(entry, "statements") for name in said}
    inside = {name for name in told if not name.startswith("x_")} - set(FIELDS["statements"]) - held
    wrong = {name for entry in entries for name in entry} - INNER - {"id", "also_at"} | inside
    if wrong:
        raise Invalid({name: ["There is no such field here."] for name in sorted(wrong)})


def not_expected(document: Said, places: list[tuple[str, str]]) -> int:
    """Say of every (competency, level) that nothing is expected; one entry a competency."""
    listed = document.setdefault("expectations", [])
    wanted: dict[str, list[str]] = {}
    for competency, level in places:
        wanted.setdefault(competency, []).append(level)
    for competency, levels in wanted.items():
        row = {"competency": competency, "levels": levels, "state": "not_applicable"}
        listed.append({"id": _id(document, competency, levels[0])} | row)
    return len(places)


def _standing(document: Said, rungs: Rungs, competency: str, level: str) -> list[Said]:
    return [
        row
        for row in rows(document, "expectations")
        if str(row["competency"]) == competency and level in rungs.named(row["levels"])
    ]


def _exists(document: Said, competency: str, level: str) -> None:
    for section, name in (("competencies", competency), ("levels", level)):
        if name not in {key(row) for row in rows(document, section)}:
            raise KeyError(name)


def _meant(rest: list[Said], entry: Said) -> Said | None:
    """The row an entry speaks of: by its id, else the first that has none."""
    said = None if entry.get("id") is None else str(entry["id"])
    return next((row for row in rest if (key(row) or None) == said), None)


def _said(entry: Said) -> Said:
    own = {name: value for name, value in entry.items() if name not in ("id", "also_at")}
    return {name: value for name, value in own.items() if value not in (None, "", [])}


def _change(document: Said, rungs: Rungs, row: Said, level: str, entry: Said) -> None:
    kept = {name: row[name] for name in row if name in OUTER or name not in INNER}
    anew = kept | _said(entry)
    if "statements" in anew:
        anew["statements"] = _merged(rows(row, "statements"), anew["statements"])
    if anew == row:
        return
    others = [name for name in rungs.named(row["levels"]) if name != level]
    if not others:
        row.clear()
        row.update(anew)
        return
    anew["levels"] = [level]
    anew["id"] = _id(document, str(row["competency"]), level)
    row["levels"] = others
    document["expectations"].insert(document["expectations"].index(row) + 1, anew)


def _merged(old: list[Said], new: list[Said]) -> list[Said]:
    """The new statements, each with what the old one of its id holds beside our fields."""
    known = {key(row): row for row in old if key(row)}
    own = FIELDS["statements"]
    return [
        {name: value for name, value in known.get(key(row), {}).items() if name not in own}
        | {name: value for name, value in row.items() if value not in (None, "", [])}
        for row in new
    ]


def _leave(document: Said, rungs: Rungs, row: Said, level: str) -> None:
    others = [name for name in rungs.named(row["levels"]) if name != level]
    if others:
        row["levels"] = others
    else:
        document["expectations"] = [one for one in document["expectations"] if one is not row]


def _add(document: Said, competency: str, level: str, entry: Said, *, behind: list[Said]) -> None:
    listed = document.setdefault("expectations", [])
    row = {"id": _id(document, competency, level), "competency": competency, "levels": [level]}
    row |= _said(entry)
    listed.insert(listed.index(behind[-1]) + 1 if behind else len(listed), row)


def _id(document: Said, competency: str, level: str) -> str:
    taken = {key(row) for row in rows(document, "expectations")}
    return fresh(f"{competency} {level}", taken)
