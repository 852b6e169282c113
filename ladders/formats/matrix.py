"""Reads a wide matrix: pillar, competency, and one column a level."""

from __future__ import annotations

import re
from typing import Any

from ladders.formats import about as beside
from ladders.formats import cells, headings
from ladders.formats.about import About
from ladders.formats.columns import Columns
from ladders.formats.drafting import Draft
from ladders.formats.grids import Grid, Row
from ladders.formats.layout import Layout
from ladders.formats.mappings import Mapping
from ladders.formats.references import rows
from ladders.formats.report import Report

TOKENS = ("MISSING", "NOT IN USE")
NO_PILLAR = "–"

Said = dict[str, Any]


def read(layouts: list[Layout], about: About, mapping: Mapping, report: Report, head: Said) -> Said:
    """The document in these tables; what was guessed stands in `report`."""
    draft = Draft(report, head)
    reading = _Reading(draft, about, mapping, report)
    apart = _tracks_apart(layouts)
    for layout in layouts:
        for note in layout.notes:
            report.note(note)
        reading.table(layout, layout.grid.name if apart else "")
    return reading.done()


def _tracks_apart(layouts: list[Layout]) -> bool:
    """Tables with other levels each, and the same rows, are tracks."""
    signs = {layout.signature() for layout in layouts}
    return len(layouts) > 1 and len(signs) == len(layouts) and not layouts[0].tracks


class _Reading:
    def __init__(self, draft: Draft, about: About, mapping: Mapping, report: Report) -> None:
        self.draft, self.about, self.mapping, self.report = draft, about, mapping, report
        self.columns = Columns(draft, mapping, about, report)
        self.tokens = tuple(mapping.null_tokens or _tokens(draft) or TOKENS)
        self.found: dict[tuple[str, str], Said] = {}
        self.merged: dict[tuple[int, int, int], Said] = {}
        self.named: dict[tuple[str, str], tuple[str, int]] = {}
        self.seen_tokens: set[str] = set()
        self.unused = [row for row in about.sections.get("competencies") or [] if "id" in row]
        draft.bring(
            about, "proficiency_scales", "pillars", "competencies", "proficiency_statements"
        )
        self.steps = {
            str(step.get("id"))
            for scale in about.sections.get("proficiency_scales") or []
            for step in rows(scale, "levels")
        }

    def table(self, layout: Layout, track: str) -> None:
        """All rows of one table."""
        self.layout, self.ids = layout, self.columns.read(layout, track)
        self.number = id(layout)
        self._left_out()
        self.pillar = self.competency = ""
        named = "competency" in layout.columns
        if not named:
            self._competency(layout.grid.name or "Expectations", layout.header, 0)
            self.report.note("The tables' names were taken to be the competencies.")
        for row in layout.rows:
            if self._to_read(row):
                self._row(row, named)

    def done(self) -> Said:
        """The document."""
        if self.seen_tokens and not _tokens(self.draft):
            self.draft.document["framework"]["null_tokens"] = sorted(self.seen_tokens)
        if self.mapping.links:
            self.draft.document["level_links"] = [dict(link) for link in self.mapping.links]
        _in_common(self.draft, self.about.matrix)
        self.draft.document |= self.about.also
        self.draft.kept |= set(self.about.also)
        return self.draft.done()

    def _left_out(self) -> None:
        header = self.layout.header
        if self.layout.beside:
            names = ", ".join(f"“{header[at]}”" for at in self.layout.beside)
            self.report.note(f"Columns that are no levels were left out: {names}.")
        used = {*self.layout.columns.values(), *self.layout.levels, *self.layout.beside}
        rest = {at for row in self.layout.rows for at in row.said()} - used
        if rest:
            place = self.layout.grid.place(header, min(rest))
            self.report.note(
                f"{len(rest)} columns without a heading were left out, the first at "
                f"{place.cell or f'line {place.line}, column {min(rest) + 1}'}."
            )

    def _to_read(self, row: Row) -> bool:
        mapping, layout = self.mapping, self.layout
        if mapping.first_row and row.number < mapping.first_row:
            return False
        if mapping.last_row and row.number > mapping.last_row:
            return False
        texts = [row[at] for at in row.said()]
        if any(text in mapping.ignore_rows for text in texts) or str(row.number) in (
            mapping.ignore_rows
        ):
            return False
        if all(re.fullmatch(r"[-–—=_*.\s]*", text) for text in texts):
            return False
        header = layout.header
        if all(row[at] in ("", header[at]) for at in layout.levels) and any(
            row[at] for at in layout.levels
        ):
            return False
        return not self._label(row)

    def _label(self, row: Row) -> bool:
        """The same few words in every level, such as “Level result”: a label, no expectation."""
        grid = self.layout.grid
        at = [column for column in self.layout.levels if row[column]]
        words = {row[column] for column in at}
        alone = "competency" not in self.layout.columns
        merged = len({grid.origin(row, column) for column in at}) < len(at)
        if not alone or merged or len(at) < 3 or len(words) > 1:
            return False
        self.report.note(f"Rows that only say “{words.pop()}” were left out.")
        return True

    def _row(self, row: Row, named: bool) -> None:
        columns, layout = self.layout.columns, self.layout
        texts = [at for at in layout.levels if row[at]]
        if named:
            name = row[columns["competency"]]
            if self._section(row, name, texts):
                return
            if "pillar" in columns and row[columns["pillar"]]:
                self.pillar = self._pillar(row[columns["pillar"]], row)
            if name and not self._goes_on(row, columns["competency"]):
                self._competency(name, row, columns["competency"])
            elif not self.competency and texts:
                place = layout.grid.place(row, columns["competency"])
                self.report.error("This row does not name a competency.", (), *place)
                return
        for at in texts:
            self._cell(row, at)

    def _section(self, row: Row, name: str, texts: list[int]) -> bool:
        """A row with nothing but a name groups the rows under it, where no column does."""
        grid, columns = self.layout.grid, self.layout.columns
        across = texts and {row[at] for at in texts} == {name or row[texts[0]]}
        whole = across and len({grid.origin(row, at) for at in texts}) == 1 and len(texts) > 1
        alone = "pillar" not in columns and name and not texts and len(row.said()) == 1
        if not (whole or alone):
            return False
        if whole and name != row[texts[0]] and len(texts) < len(self.layout.levels):
            return False
        if whole and name and name != row[texts[0]]:
            return False
        self.pillar = self._pillar(name or row[texts[0]], row)
        self.report.note("Rows with nothing but a name were taken to be pillars.")
        return True

    def _goes_on(self, row: Row, column: int) -> bool:
        """A merged name: the row belongs to the competency above."""
        top, _ = self.layout.grid.origin(row, column)
        return top != row.number and bool(self.competency)

    def _pillar(self, name: str, row: Row) -> str:
        if name in cells.NOTHING:
            return ""
        pillars = self.draft.rows("pillars")
        names = [str(entry.get("name") or entry.get("id")) for entry in pillars]
        if names.count(name) == 1:
            return str(pillars[names.index(name)]["id"])
        for entry in pillars:
            if str(entry.get("id")) == name:
                return name
        place = self.layout.grid.place(row, self.layout.columns.get("pillar", 0))
        own = self.draft.id("pillars", self.mapping.renamed("pillars", headings.slug(name)))
        return str(self.draft.add("pillars", {"id": own, "name": name}, place)["id"])

    def _competency(self, name: str, row: Row, column: int) -> None:
        for entry in self.unused:
            same = str(entry.get("pillar") or "") == self.pillar
            if same and name in (entry.get("name"), str(entry.get("id"))):
                self.unused.remove(entry)
                self.competency = str(entry["id"])
                return
        known = self.named.get((self.pillar, name))
        if known and known[1] != self.number:
            self.competency = known[0]
            return
        if known:
            self.report.note(f"“{name}” names several rows; each is a competency of its own.")
        said = self._said(row)
        pillar = f"{self.pillar} {name}" if self.pillar else name
        wanted = self.mapping.renamed("competencies", headings.slug(name))
        own = self.draft.id("competencies", wanted, pillar)
        place = self.layout.grid.place(row, column)
        entry = {"id": own, "pillar": self.pillar, "kind": said.get("kind"), "name": name}
        entry["description"] = said.get("description")
        self.draft.add("competencies", entry, place)
        self.competency = own
        self.named[self.pillar, name] = (own, self.number)

    def _said(self, row: Row) -> Said:
        columns = self.layout.columns
        return {name: row[columns[name]] for name in ("kind", "description") if name in columns}

    def _cell(self, row: Row, column: int) -> None:
        grid = self.layout.grid
        place, text, level = grid.place(row, column), row[column], self.ids[column]
        origin = grid.origin(row, column)
        if (*origin, self.number) in self.merged:
            known = self.merged[*origin, self.number]
            if known["competency"] == self.competency:
                if level not in known["levels"]:
                    known["levels"].append(level)
                return
        if origin in grid.formulas:
            message = "This cell is a formula; copy its value over it, as text."
            self.report.error(message, (), *place)
            return
        said = cells.read(text, self.tokens, self.steps)
        if "x_token" in said:
            self.seen_tokens.add(text)
        there = self.found.get((self.competency, level))
        if there is None:
            there = self.draft.expect(self.competency, [level], said, place)
            self.found[self.competency, level] = there
        else:
            _more(there, said)
        self.merged[*origin, self.number] = there


def _tokens(draft: Draft) -> list[str]:
    said = draft.document["framework"].get("null_tokens")
    return [token for token in said if isinstance(token, str)] if isinstance(said, list) else []


def _in_common(draft: Draft, matrix: Said) -> None:
    """What the rows beside a matrix say of all its cells."""
    absent = matrix.get("absent")
    draft.kept -= set(map(str, absent if isinstance(absent, list) else []))
    expectations = draft.rows("expectations")
    for row in expectations:
        if matrix.get("expectation_ids") == "none":
            row.pop("id", None)
        if requirement := matrix.get("requirement"):
            row["requirement"] = requirement
        if kind := matrix.get("statement_kind"):
            for entry in row.get("statements") or []:
                entry["kind"] = kind
    if matrix.get("expectations_by") == "level":
        order = {str(level.get("id")): at for at, level in enumerate(draft.rows("levels"))}
        expectations.sort(key=lambda row: order.get(row["levels"][0], 0))


def _more(known: Said, said: Said) -> None:
    """A second cell of the same competency and level adds its statements."""
    if said.get("summary"):
        known.setdefault("statements", []).append({"text": said["summary"]})
    if said.get("statements"):
        known.setdefault("statements", []).extend(said["statements"])
        known.pop("state", None)


def tables(grids: list[Grid]) -> tuple[list[Grid], About]:
    """The tables, and what stands beside them about the ladder."""
    rest, told = [], []
    for grid in grids:
        kept, rows = beside.split(grid)
        told += rows
        if kept.rows:
            rest.append(kept)
    return rest, beside.read(told)
