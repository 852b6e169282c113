"""Reads job families as the Financial Times publishes them: levels, themes, competencies.

The shape of 2019 to 2021 lies in several files (levels.yml, competencies.yml, areas as text); what
is called a competency there is one statement of a level, and becomes one expectation.
"""

from __future__ import annotations

import re
from typing import Any

from ladders.formats.drafting import Draft
from ladders.formats.grids import Place
from ladders.formats.headings import bare
from ladders.formats.mappings import Mapping
from ladders.formats.report import Path, Report

SCALE = ("Awareness", "Foundational", "Working knowledge", "Practitioner", "Expert")
SUFFIXES = {"ic": "individual_contributor", "pm": "management"}
ENTRY = {"id", "summary", "examples", "level", "area", "theme", "proficiency"}
LISTS = ("levels", "themes", "competencies")

Said = dict[str, Any]


def fits(value: Any) -> bool:
    """True for a mapping with levels, themes and competencies that name both."""
    if not isinstance(value, dict) or "schema" in value:
        return False
    rows = value.get("competencies")
    named = isinstance(rows, list) and rows and isinstance(rows[0], dict) and "level" in rows[0]
    return bool(named) and isinstance(value.get("levels"), list)


def joined(files: dict[str, Any]) -> Said | None:
    """The files of the older shape as one value: levels.yml and competencies.yml side by side."""
    parts = {name.rsplit("/", 1)[-1].rsplit(".", 1)[0]: value for name, value in files.items()}
    if not {"levels", "competencies"} <= set(parts):
        return None
    return {name: parts[name] for name in ("levels", "competencies", "domains") if name in parts}


def read(value: Said, mapping: Mapping, report: Report, head: Said) -> Said | None:
    """The document; None after saying in `report` what is wrong with the shape."""
    if not _shaped(value, report):
        return None
    if value.get("summary"):
        head = {"summary": value["summary"]} | head
    head["status"] = "retired" if value.get("isLegacy") is True else "published"
    if value.get("googleSheetId"):
        head["x_googleSheetId"] = value["googleSheetId"]
    draft = Draft(report, head)
    reading = _Reading(draft, mapping, report)
    reading.levels(value["levels"], value["competencies"])
    reading.themes(value)
    for at, row in enumerate(value["competencies"]):
        reading.expectation(row, ("competencies", at))
    return draft.done()


def _shaped(value: Said, report: Report) -> bool:
    for name in LISTS:
        for at, row in enumerate(value.get(name) or []):
            if not isinstance(row, dict):
                report.error("An entry here must be a mapping.", (name, at))
            elif name != "competencies" and not isinstance(row.get("id"), str):
                report.error("“id” is missing.", (name, at))
    return not report.failed


class _Reading:
    def __init__(self, draft: Draft, mapping: Mapping, report: Report) -> None:
        self.draft, self.mapping, self.report = draft, mapping, report
        self.source = dict(report.lines)
        report.lines = {(): 1}

    def levels(self, rows: list[Said], used: list[Said]) -> None:
        """Levels in the order of the file; the end of an id says the track."""
        kinds = {_suffix(row["id"]) for row in rows}
        self._tracks(kinds)
        named = {str(row.get("level")) for row in used}
        left = [row["id"] for row in rows if row["id"] not in named]
        if left and len(left) < len(rows):
            self.report.note(f"Levels without any expectation were kept: {', '.join(left)}.")
        for at, row in enumerate(rows):
            own = self.mapping.renamed("levels", row["id"])
            name = row.get("name")
            level = {
                "id": self.draft.reserve("levels", own),
                "track": _suffix(row["id"]) or "common",
                "order": at + 1,
                "titles": [name] if name else [],
                "summary": row.get("summary"),
            }
            self.draft.add("levels", level, self._place(("levels", at)))
        self._links([row["id"] for row in rows])

    def _tracks(self, kinds: set[str]) -> None:
        self.draft.add("tracks", {"id": "common", "kind": "shared"}, Place(0))
        for suffix in sorted(kinds - {""}):
            self.draft.add("tracks", {"id": suffix, "kind": SUFFIXES[suffix]}, Place(0))
        if kinds - {""}:
            self.report.note("Levels ending in -ic are staff levels, those in -pm manager levels.")

    def _links(self, ids: list[str]) -> None:
        """The same level on both tracks is taken to be equivalent, by its id and nothing else."""
        pairs = [own for own in ids if own.endswith("-ic") and f"{own[:-3]}-pm" in ids]
        for own in pairs:
            ends = [self.mapping.renamed("levels", name) for name in (own, f"{own[:-3]}-pm")]
            link = {"from": ends[0], "to": ends[1], "type": "equivalent"}
            self.draft.add("level_links", link, Place(0))
        if pairs:
            self.report.note(
                f"{len(pairs)} pairs of levels were taken to be equivalent: they differ in their "
                "track alone."
            )

    def themes(self, value: Said) -> None:
        """Each theme is a pillar with one competency of its name."""
        rows = value.get("themes")
        if not rows:
            areas = dict.fromkeys(str(row.get("area")) for row in value["competencies"])
            rows = [{"id": area, "name": area.capitalize()} for area in areas]
            self.report.note("No themes are listed: the areas of the entries are the pillars.")
        for at, row in enumerate(rows):
            place = self._place(("themes", at))
            name = row.get("name")
            pillar = {"id": row["id"], "name": name, "description": row.get("summary")}
            own = self.mapping.renamed("competencies", row["id"])
            self.draft.add("pillars", pillar, place)
            self.draft.add("competencies", {"id": own, "pillar": row["id"], "name": name}, place)
        steps = dict.fromkeys(row.get("proficiency") for row in value["competencies"])
        said = [step for step in steps if isinstance(step, str)]
        if said:
            known = list(SCALE) if set(said) <= set(SCALE) else said
            levels = [{"id": step, "rank": at, "name": step} for at, step in enumerate(known, 1)]
            self.draft.document["proficiency_scales"] = [{"id": "ft", "levels": levels}]

    def expectation(self, row: Said, path: Path) -> None:
        """One entry: a statement with examples, at one level."""
        place = self._place(path)
        level = self.mapping.renamed("levels", str(row.get("level")))
        theme = str(row.get("theme") if row.get("theme") is not None else row.get("area"))
        statement = {"kind": "indicator", "text": row.get("summary")}
        if row.get("examples"):
            statement["examples"] = row["examples"]
        said = {
            "id": row.get("id"),
            "competency": self.mapping.renamed("competencies", theme),
            "levels": [level],
            "proficiency": row.get("proficiency"),
            "statements": [statement],
        }
        said |= {
            f"x_{name}": inner
            for name, inner in row.items()
            if name not in ENTRY and inner not in (None, [])
        }
        self.draft.add("expectations", said, place)

    def _place(self, path: Path) -> Place:
        for to in range(len(path), -1, -1):
            if path[:to] in self.source:
                return Place(self.source[path[:to]])
        return Place(1)


def _suffix(own: str) -> str:
    found = re.search(r"-(ic|pm)$", own)
    return found[1] if found else ""


def version_of(name: str) -> str:
    """The version in the path of a file: `versions/v1.2.5/data/roles/engineering.yml`."""
    found = re.findall(r"(?:^|[/_ -])v?(\d+\.\d+(?:\.\d+)?)(?=[/_ .-]|$)", name)
    return found[-1] if found else ""


def title_of(name: str) -> str:
    """A title made of a file's name."""
    stem = name.rsplit("/", 1)[-1].split(".")[0]
    return bare(stem).capitalize()
