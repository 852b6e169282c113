"""Reads and writes the long form: one row a statement, with track, level and competency."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ladders.formats import headings
from ladders.formats.drafting import Draft
from ladders.formats.grids import Place, Row
from ladders.formats.layout import Layout
from ladders.formats.mappings import Mapping
from ladders.formats.matrix import TOKENS
from ladders.formats.report import Report

HEAD = ["track", "level", "pillar", "competency", "kind", "text"]
IDS = ["level id", "competency id"]
STATES = ("not_applicable", "undefined", "inherits")
SUMMARY, EXAMPLE, COUNTER, PROFICIENCY = "summary", "example", "counter", "proficiency"

Said = dict[str, Any]


def read(layouts: list[Layout], mapping: Mapping, report: Report, head: Said) -> Said:
    """The document in these tables; what was guessed stands in `report`."""
    draft = Draft(report, head)
    reading = _Reading(draft, mapping, report)
    for layout in layouts:
        reading.table(layout)
    return reading.done()


class _Reading:
    def __init__(self, draft: Draft, mapping: Mapping, report: Report) -> None:
        self.draft, self.mapping, self.report = draft, mapping, report
        self.tokens = set(mapping.null_tokens or TOKENS)
        self.ids: dict[tuple[str, ...], str] = {}
        self.entries: dict[tuple[str, str], Said] = {}
        self.cells: dict[tuple[str, str], Said] = {}
        self.steps: dict[str, str] = {}
        self.meanings: dict[tuple[str, str], str] = {}
        self.seen: dict[tuple[str, ...], int] = {}
        self.double: list[int] = []
        self.met: Counter[str] = Counter()
        for entry in mapping.tracks:
            own = entry.get("id") or draft.id("tracks", entry["name"])
            self.ids["tracks", entry["name"]] = own
            row = {"id": own, "kind": entry.get("kind"), "name": entry["name"]}
            draft.add("tracks", row | {"description": entry.get("description")}, Place(0))

    def table(self, layout: Layout) -> None:
        """All rows; the same row twice counts once."""
        self.layout = layout
        for row in layout.rows:
            if row.cells == layout.header.cells:
                continue
            line = tuple(row.cells)
            if line in self.seen:
                self.double.append(row.number)
                continue
            self.seen[line] = row.number
            self._row(row)
        if layout.beside:
            names = ", ".join(f"“{layout.header[at]}”" for at in layout.beside)
            self.report.note(f"Columns that mean nothing here were left out: {names}.")

    def done(self) -> Said:
        """The document, its levels in an order that means something."""
        if self.double:
            lines = ", ".join(map(str, self.double[:20]))
            more = "" if len(self.double) <= 20 else " and more"
            self.report.note(
                f"{len(self.double)} rows repeat an earlier row to the letter and were left out: "
                f"lines {lines}{more}."
            )
        for token, count in self.met.items():
            self.report.note(f"“{token}” stands in {count} cells and was read as nothing.")
        if self.met:
            self.draft.document["framework"]["null_tokens"] = sorted(self.met)
        self._order()
        self._scale()
        if self.mapping.links:
            self.draft.document["level_links"] = [dict(link) for link in self.mapping.links]
        return self.draft.done()

    def _text(self, row: Row, field: str) -> str:
        """A cell without its outer blanks; a token for nothing is noted and is nothing."""
        column = self.layout.columns.get(field)
        text = row[column].strip("\u00a0 ") if column is not None else ""
        if text in self.tokens:
            self.met[text] += 1
            return ""
        return text

    def _row(self, row: Row) -> None:
        level, competency = self._level(row), self._competency(row)
        if not level or not competency:
            return
        place = self.layout.grid.place(row, self.layout.columns.get("text", 0))
        kind = headings.bare(self._text(row, "kind")).replace(" ", "_")
        text, proficiency = self._text(row, "text"), self._text(row, PROFICIENCY)
        if kind == PROFICIENCY:
            text, proficiency, kind = "", text, ""
        cell = self.cells.get((competency, level))
        if cell is None:
            cell = self.draft.expect(competency, [level], {}, place)
            self.cells[competency, level] = cell
        if proficiency:
            self._proficiency(cell, competency, proficiency, text, place)
        elif text or kind in STATES:
            self._statement(cell, kind, text, place)
        elif self._token(row):
            cell["state"] = "undefined"

    def _token(self, row: Row) -> bool:
        columns = [self.layout.columns.get(name) for name in ("text", PROFICIENCY)]
        return any(at is not None and row[at] in self.tokens for at in columns)

    def _statement(self, cell: Said, kind: str, text: str, place: Place) -> None:
        statements = cell.setdefault("statements", [])
        if kind in STATES:
            cell["state"] = kind
        elif kind == SUMMARY:
            cell["summary"] = f"{cell['summary']}\n{text}" if cell.get("summary") else text
        elif kind in (EXAMPLE, COUNTER):
            if not statements:
                self.report.error(f"This {kind} belongs to no statement above it.", (), *place)
            elif kind == EXAMPLE:
                statements[-1].setdefault("examples", []).append(text)
            else:
                statements[-1]["counter"] = text
        else:
            statements.append({"kind": kind, "text": text} if kind else {"text": text})
        if not statements:
            del cell["statements"]

    def _proficiency(self, cell: Said, competency: str, step: str, text: str, place: Place) -> None:
        """The step, and what it means; where it means something else here, words of its own."""
        own = self.steps.setdefault(step, headings.slug(step) or step)
        if cell.get("proficiency") not in (None, own):
            words = f"Another row asks for “{cell['proficiency']}” here, this one for “{step}”."
            self.report.warn(words, (), *place)
        cell["proficiency"] = own
        if not text:
            return
        known = self.meanings.get((competency, own))
        if known is None:
            self.meanings[competency, own] = text
            row = {"competency": competency, "proficiency": own, "statements": [{"text": text}]}
            self.draft.add("proficiency_statements", row, place)
        elif known != text:
            cell.setdefault("statements", []).append({"text": text})

    def _level(self, row: Row) -> str:
        name, own = self._text(row, "level"), self._text(row, "level id")
        place = self.layout.grid.place(row, self.layout.columns["level"])
        if not name and not own:
            self.report.error("This row does not name a level.", (), *place)
            return ""
        track = self._track(row)
        key = ("levels", track, own or name)
        if key not in self.ids:
            code, title = headings.coded(name)
            wanted = own or self.mapping.renamed("levels", headings.slug(code or title))
            self.ids[key] = self.draft.id("levels", wanted, f"{track} {code or title}")
            titles = [title] if title else []
            level = {"id": self.ids[key], "track": track, "code": code, "titles": titles}
            entry = self.draft.add("levels", level, place)
            self.entries["levels", self.ids[key]] = entry
        self._describe("levels", self.ids[key], "summary", self._text(row, "level description"))
        return self.ids[key]

    def _track(self, row: Row) -> str:
        name = self._text(row, "track")
        key = ("tracks", name)
        if key not in self.ids:
            wanted = self.mapping.renamed("tracks", headings.slug(name)) or "levels"
            self.ids[key] = self.draft.id("tracks", wanted)
            kind = headings.kind_of_track(name) if name else "shared"
            entry = {"id": self.ids[key], "kind": kind, "name": name}
            place = self.layout.grid.place(row, self.layout.columns.get("track", 0))
            self.entries["tracks", self.ids[key]] = self.draft.add("tracks", entry, place)
            if name and kind:
                self.report.note(f"The track “{name}” was taken to be of the kind “{kind}”.")
        self._describe("tracks", self.ids[key], "description", self._text(row, "track description"))
        return self.ids[key]

    def _competency(self, row: Row) -> str:
        name, own = self._text(row, "competency"), self._text(row, "competency id")
        place = self.layout.grid.place(row, self.layout.columns["competency"])
        if not name and not own:
            self.report.error("This row does not name a competency.", (), *place)
            return ""
        pillar = self._pillar(row)
        key = ("competencies", pillar, own or name)
        if key not in self.ids:
            wanted = own or self.mapping.renamed("competencies", headings.slug(name))
            self.ids[key] = self.draft.id("competencies", wanted, f"{pillar} {name}")
            entry = {"id": self.ids[key], "pillar": pillar, "name": name}
            entry = self.draft.add("competencies", entry, place)
            self.entries["competencies", self.ids[key]] = entry
        words = self._text(row, "description")
        self._describe("competencies", self.ids[key], "description", words)
        return self.ids[key]

    def _pillar(self, row: Row) -> str:
        name = self._text(row, "pillar")
        if not name:
            return ""
        key = ("pillars", name)
        if key not in self.ids:
            place = self.layout.grid.place(row, self.layout.columns["pillar"])
            wanted = self.mapping.renamed("pillars", headings.slug(name))
            self.ids[key] = self.draft.id("pillars", wanted)
            self.draft.add("pillars", {"id": self.ids[key], "name": name}, place)
        return self.ids[key]

    def _describe(self, section: str, own: str, field: str, words: str) -> None:
        entry = self.entries.get((section, own))
        if entry is not None and words:
            entry.setdefault(field, words)

    def _order(self) -> None:
        """The order of the mapping; else the file's, unless that is the alphabet's."""
        levels = self.draft.rows("levels")
        if self.mapping.levels:
            wanted = [entry["heading"] for entry in self.mapping.levels]
            places = {name: at for at, name in enumerate(wanted)}
            ranks = {
                level["id"]: places.get(_name(level), len(wanted) + at)
                for at, level in enumerate(levels)
            }
        else:
            ranks = self._guessed(levels)
        for at, level in enumerate(sorted(levels, key=lambda row: ranks[row["id"]]), 1):
            level["order"] = at

    def _guessed(self, levels: list[Said]) -> dict[str, Any]:
        ranks: dict[str, Any] = {}
        for at, track in enumerate(self.draft.rows("tracks")):
            own = [level for level in levels if level["track"] == track["id"]]
            names = [_name(level) for level in own]
            alphabetical = len(own) > 2 and names == sorted(names, key=str.casefold)
            guess = alphabetical and headings.telling(names)
            for place, level in enumerate(own):
                height = headings.seniority(_name(level)) if guess else ()
                ranks[level["id"]] = (at, height, place)
            shown = f"“{track.get('name') or track['id']}”"
            if guess:
                told = sorted(own, key=lambda level: ranks[level["id"]])
                self.report.note(
                    f"The levels of {shown} stand in alphabetical order, which is no order of "
                    f"levels. By their names it was guessed: {', '.join(map(_name, told))}."
                )
            elif alphabetical:
                self.report.note(
                    f"The levels of {shown} are kept in the order of the file, which is "
                    "alphabetical; name the right order under “levels” in a mapping."
                )
        return ranks

    def _scale(self) -> None:
        """The steps of proficiency as a scale."""
        if not self.steps:
            return
        wanted = list(self.mapping.steps) or sorted(self.steps, key=_height)
        if not self.mapping.steps:
            self.report.note(f"The steps of proficiency were taken to rise: {', '.join(wanted)}.")
        names = [name for name in wanted if name in self.steps]
        names += [name for name in self.steps if name not in names]
        steps = [
            {"id": self.steps[name], "rank": at, "name": name} for at, name in enumerate(names, 1)
        ]
        self.draft.document["proficiency_scales"] = [{"id": "steps", "levels": steps}]
        for row in self.draft.rows("competencies"):
            row["scale"] = "steps"


def _name(level: Said) -> str:
    return next(iter(level.get("titles") or []), "") or level.get("code") or level["id"]


def _height(name: str) -> Any:
    return headings.seniority(name)
