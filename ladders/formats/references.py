"""Checks that what a ladder document points at exists: ids unique, references resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from ladders.formats.report import Path, Report
from ladders.formats.selectors import Rung, Rungs, Unclear

LINKS = ("equivalent", "branches_to", "rejoins", "precedes", "comparable", "not_equivalent")
STATES = ("stated", "inherits", "not_applicable", "undefined")
REQUIREMENTS = ("required", "optional", "nice_to_have")

Rows = list[tuple[Path, dict[str, Any]]]


class Index:
    """The ids of one document, and what each stands for."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.grades = {key(row): row.get("rank") for row in rows(document, "grades")}
        self.tracks = {key(row) for row in rows(document, "tracks")}
        self.pillars = {key(row) for row in rows(document, "pillars")}
        self.competencies = {key(row): row for row in rows(document, "competencies")}
        self.scales = {
            key(row): [key(step) for step in rows(row, "levels")]
            for row in rows(document, "proficiency_scales")
        }
        self.rungs = Rungs(
            {key(row): _rung(row, place) for place, row in enumerate(rows(document, "levels"))},
            frozenset(self.tracks),
        )

    def step(self, competency: Any, proficiency: Any) -> tuple[str, str] | None:
        """Scale and step that `proficiency` means for a competency; None when there is none."""
        row = self.competencies.get(str(competency), {})
        scale = row.get("scale")
        candidates = list(self.scales) if scale is None else [str(scale)]
        for name in candidates:
            if str(proficiency) in self.scales.get(name, []):
                return name, str(proficiency)
        return None


def rows(part: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The mappings of a list in the document; empty where it is absent or null."""
    found = part.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def key(row: dict[str, Any]) -> str:
    """The id of a row as text; blank when it has none."""
    return "" if row.get("id") is None else str(row["id"])


def unique(entries: Rows, report: Report) -> None:
    """Every id stands once."""
    seen: dict[str, int | None] = {}
    for path, row in entries:
        name = key(row)
        if name and name in seen:
            report.error(f"The id “{name}” was already used in line {seen[name]}.", (*path, "id"))
        elif name:
            seen[name] = report.line_of((*path, "id"))


def check(document: dict[str, Any], report: Report) -> None:
    """All references of a document whose fields have the right types."""
    index = Index(document)
    for path, field, value, known, what in _plain(document, index):
        if value is not None and str(value) not in known:
            report.error(f"There is no {what} “{value}”.", (*path, field))
    _links(document, report)
    _grades(document, report)
    _pillars(document, report)
    for name in ("expectations", "proficiency_statements"):
        for place, row in enumerate(rows(document, name)):
            _proficiency(index, row, (name, place), report)
    for place, row in enumerate(rows(document, "expectations")):
        _expectation(index, row, ("expectations", place), report)


def _plain(document: dict[str, Any], index: Index) -> Iterator[tuple]:
    """Every field that is one id of something else."""
    levels = index.rungs.by_key
    targets: dict[str, list[tuple[str, Collection[str], str]]] = {
        "levels": [("track", index.tracks, "track"), ("grade", index.grades, "grade")],
        "level_links": [("from", levels, "level"), ("to", levels, "level")],
        "pillars": [("parent", index.pillars, "pillar")],
        "competencies": [
            ("pillar", index.pillars, "pillar"),
            ("scale", index.scales, "proficiency scale"),
        ],
        "proficiency_statements": [("competency", index.competencies, "competency")],
        "expectations": [("competency", index.competencies, "competency")],
    }
    for name, fields in targets.items():
        for place, row in enumerate(rows(document, name)):
            for field, known, what in fields:
                yield (name, place), field, row.get(field), known, what


def _links(document: dict[str, Any], report: Report) -> None:
    seen = set()
    for place, row in enumerate(rows(document, "level_links")):
        path = ("level_links", place)
        if row["type"] not in LINKS:
            report.error(f"“{row['type']}” is not one of {', '.join(LINKS)}.", (*path, "type"))
        if str(row["from"]) == str(row["to"]):
            report.error("A level cannot be linked to itself.", path)
        link = (str(row["from"]), str(row["to"]), row["type"])
        if link in seen:
            report.warn("This link stands here twice.", path)
        seen.add(link)


def _grades(document: dict[str, Any], report: Report) -> None:
    seen: set[int] = set()
    for place, row in enumerate(rows(document, "grades")):
        if row["rank"] in seen:
            report.error(f"Two grades have rank {row['rank']}.", ("grades", place, "rank"))
        seen.add(row["rank"])
    for place, row in enumerate(rows(document, "levels")):
        months = row.get("typical_months") or {}
        low, high = months.get("min"), months.get("max")
        if low is not None and high is not None and low > high:
            words = f"“min” ({low}) is more than “max” ({high})."
            report.error(words, ("levels", place, "typical_months"))


def _pillars(document: dict[str, Any], report: Report) -> None:
    parents = {key(row): row.get("parent") for row in rows(document, "pillars")}
    for place, row in enumerate(rows(document, "pillars")):
        seen, parent = {key(row)}, row.get("parent")
        while parent is not None:
            if str(parent) in seen:
                report.error("A pillar lies inside itself.", ("pillars", place, "parent"))
                break
            seen.add(str(parent))
            parent = parents.get(str(parent))


def _proficiency(index: Index, row: dict[str, Any], path: Path, report: Report) -> None:
    value = row.get("proficiency")
    if value is None or str(row["competency"]) not in index.competencies:
        return
    if index.step(row["competency"], value) is None:
        words = f"The proficiency “{value}” is in no scale of “{row['competency']}”."
        report.error(words, (*path, "proficiency"))


def _expectation(index: Index, row: dict[str, Any], path: Path, report: Report) -> None:
    try:
        if not index.rungs.named(row["levels"]):
            report.warn("This expectation is shown at no level.", (*path, "levels"))
    except Unclear as unclear:
        report.error(f"“levels” {unclear}.", (*path, "levels"))
    for field, known in (("state", STATES), ("requirement", REQUIREMENTS)):
        if row.get(field) not in (None, "", *known):
            words = f"“{row[field]}” is not one of {', '.join(known)}."
            report.error(words, (*path, field))


def _rung(row: dict[str, Any], place: int) -> Rung:
    height = row.get("order")
    return Rung(key(row), str(row.get("track")), (place if height is None else height, place))
