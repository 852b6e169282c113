"""A document that grows while a table is read: every name gets an id, every entry a place."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ladders.formats.about import About
from ladders.formats.fields import MOST
from ladders.formats.grids import Place
from ladders.formats.headings import slug
from ladders.formats.report import Path, Report
from people.tables.decoding import Unreadable

SCHEMA = "career-ladder/1"

NAMELESS = ("level_links", "proficiency_statements")

Said = dict[str, Any]


class Draft:
    """Ids are made of names, once and in the order of the file; a name is never the key."""

    def __init__(self, report: Report, head: Said) -> None:
        self.report = report
        self.document: Said = {
            "schema": SCHEMA,
            "framework": head,
            "tracks": [],
            "levels": [],
            "competencies": [],
            "expectations": [],
        }
        self.taken: dict[str, set[str]] = {}
        self.doubles: Counter[tuple[str, str]] = Counter()
        self.kept = {"schema", "framework", "tracks", "levels", "competencies", "expectations"}

    def rows(self, section: str) -> list[Said]:
        """The entries of a section so far."""
        return self.document.setdefault(section, [])

    def bring(self, about: About, *sections: str) -> None:
        """Entries as the rows beside a matrix say them, with ids of their own."""
        for section in sections:
            entries, places = about.sections.get(section), about.places.get(section) or []
            if entries is None:
                continue
            self.kept.add(section)
            self.rows(section)
            for entry, place in zip(entries, places, strict=True):
                if "id" not in entry and section not in NAMELESS:
                    self.report.error("This row needs a cell that says “id: …”.", (), *place)
                    continue
                self.at((section, len(self.rows(section))), place)
                self.rows(section).append(entry)
                if "id" in entry:
                    self.reserve(section, str(entry["id"]))

    def add(self, section: str, row: Said, place: Place) -> Said:
        """One more entry; empty values are left out."""
        entries = self.rows(section)
        most = MOST.get(section, 20_000)
        if len(entries) >= most:
            raise Unreadable(f"More than {most:,} {section} are no ladder.", place.line)
        self.at((section, len(entries)), place)
        entries.append({name: value for name, value in row.items() if value not in (None, "", [])})
        return entries[-1]

    def at(self, path: Path, place: Place) -> None:
        """Remember where in the file something stands; line 0 is nowhere."""
        if place.line:
            self.report.lines[path] = place.line
        if place.cell:
            self.report.cells[path] = place.cell

    def id(self, section: str, *names: str) -> str:
        """An id for the first of `names` that is free; a number is added when none is."""
        taken = self.taken.setdefault(section, set())
        wanted = [made for made in map(slug, names) if made] or [section.removesuffix("s")]
        free = next((made for made in wanted if made not in taken), None)
        while free is None:
            self.doubles[section, wanted[-1]] += 1
            made = f"{wanted[-1]}-{self.doubles[section, wanted[-1]] + 1}"
            free = None if made in taken else made
        taken.add(free)
        return free

    def reserve(self, section: str, name: str) -> str:
        """An id that the file gives itself."""
        self.taken.setdefault(section, set()).add(name)
        return name

    def expect(self, competency: str, levels: list[str], said: Said, place: Place) -> Said:
        """What levels expect of a competency; its id says which, so that versions compare."""
        own = self.id("expectations", f"{competency} {levels[0]}")
        row = {"id": own, "competency": competency, "levels": levels, **said}
        return self.add("expectations", row, place)

    def done(self) -> Said:
        """The document, without the sections that stayed empty."""
        return {name: value for name, value in self.document.items() if value or name in self.kept}
