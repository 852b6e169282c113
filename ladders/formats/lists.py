"""Reads ladders written as headings with lists under them: a heading a level, an entry a row."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ladders.formats import headings
from ladders.formats.about import About
from ladders.formats.columns import Columns
from ladders.formats.drafting import Draft
from ladders.formats.grids import Grid, Place, Row
from ladders.formats.layout import Layout
from ladders.formats.mappings import Mapping
from ladders.formats.markup import Found, Item, plain
from ladders.formats.report import Report

LED = re.compile(r"^(?:\*\*|__)(.+?)(?:\*\*|__)\s*[:–—-]?\s*(.*)$", re.S)

Said = dict[str, Any]
Section = list[Item]


def weight(found: Found) -> int:
    """How much text the lists of a file hold under headings that read like levels."""
    told = _told(found)
    sections, nested = _levels(told), _nested(told)
    names = [section[0].above[-nested - 1][1] for section in sections]
    if sum(map(headings.levelish, names)) * 2 <= len(names):
        return 0
    return sum(len(item.text) for section in sections for item in section)


def _told(found: Found) -> Found:
    """The lists; or paragraphs too, where the same headings come again under every level."""
    both = Found(found.grids, sorted([*found.items, *found.prose], key=_line), [], found.title)
    return found if _levels(found) or not _competencies(both) else both


def _line(item: Item) -> int:
    return item.line


def read(texts: list[tuple[str, Found]], mapping: Mapping, report: Report, head: Said) -> Said:
    """The document in these texts, each of them a track where there are several."""
    draft = Draft(report, head)
    columns = Columns(draft, mapping, About(), report)
    reading = _Reading(draft, mapping, report)
    for name, text in texts:
        found = _told(text)
        sections = _levels(found)
        if not sections:
            report.note(f"{name} holds no lists of a ladder and was left out.")
            continue
        track = _track(mapping, name, found, several=len(texts) > 1)
        cells = [section[0].above[-_nested(found) - 1][1] for section in sections]
        grid = Grid(name, [Row(section[0].line, cells) for section in sections[:1]])
        layout = Layout(grid, "lists", grid.rows[0], 0, levels=list(range(len(cells))))
        ids = columns.read(layout, track)
        reading.nested = bool(_nested(found))
        reading.sections([(ids[at], section) for at, section in enumerate(sections)])
    return draft.done()


def _track(mapping: Mapping, name: str, found: Found, *, several: bool) -> str:
    said = next((entry["name"] for entry in mapping.tracks if entry.get("file") == name), "")
    return said or (found.title or name.rsplit(".", 1)[0] if several else "")


def _depth(found: Found) -> int:
    """The depth of the headings that hold the most lists."""
    depths = Counter(item.above[-1][0] for item in found.items if item.above)
    return depths.most_common(1)[0][0] if depths else 0


def _nested(found: Found) -> int:
    """1 when the same headings come again under others: they are competencies, not levels."""
    return 1 if _competencies(found) else 0


def _competencies(found: Found) -> bool:
    depth = _depth(found)
    own = {item.above for item in found.items if item.above and item.above[-1][0] == depth}
    names = Counter(above[-1][1] for above in own)
    deep = all(len(above) > 1 for above in own)
    return deep and bool(names) and max(names.values()) > 1


def _levels(found: Found) -> list[Section]:
    """The entries of each level, in the order of the file; at least two levels make a ladder."""
    depth, nested = _depth(found), _competencies(found)
    groups: dict[Any, Section] = {}
    for item in found.items:
        if item.above and item.above[-1][0] == depth and len(item.above) > nested:
            groups.setdefault(item.above[: len(item.above) - nested], []).append(item)
    return list(groups.values()) if len(groups) > 1 else []


class _Reading:
    def __init__(self, draft: Draft, mapping: Mapping, report: Report) -> None:
        self.draft, self.mapping, self.report = draft, mapping, report
        self.known: dict[str, str] = {}
        self.nested = False

    def sections(self, told: list[tuple[str, Section]]) -> None:
        """Every entry under its level."""
        leads = [{_lead(item)[0] for item in section} for _, section in told]
        same = bool(leads) and all(lead == leads[0] and "" not in lead for lead in leads)
        for level, section in told:
            under: dict[str, list[Item]] = {}
            led = all(_lead(entry)[0] for entry in section)
            place = -1
            for item in section:
                place += item.depth <= section[0].depth
                under.setdefault(self._name(item, place, same=same, led=led), []).append(item)
            for name, items in under.items():
                self._cell(name, level, items, led=same)

    def _name(self, item: Item, place: int, *, same: bool, led: bool) -> str:
        names = self.mapping.competencies
        if names:
            return names[min(place, len(names) - 1)]
        if same:
            self.report.note("The words in bold before each entry were taken for competencies.")
            return _lead(item)[0]
        if self.nested:
            return item.above[-1][1]
        if led:
            self.report.note(
                "The entries under each level were taken in their order: the first of every level "
                "is one competency. Name them under “competencies” in a mapping."
            )
            return f"Entry {place + 1}"
        self.report.note("No competencies are named: all entries stand under one.")
        return "Expectations"

    def _cell(self, name: str, level: str, items: list[Item], *, led: bool) -> None:
        if name not in self.known:
            wanted = self.mapping.renamed("competencies", headings.slug(name))
            self.known[name] = self.draft.id("competencies", wanted)
            row = {"id": self.known[name], "name": name}
            self.draft.add("competencies", row, Place(items[0].line))
        statements = [{"text": _lead(item)[1] if led else plain(item.text)} for item in items]
        place = Place(items[0].line)
        self.draft.expect(self.known[name], [level], {"statements": statements}, place)


def _lead(item: Item) -> tuple[str, str]:
    """The words in bold before an entry, and the rest of it."""
    found = LED.match(item.text)
    return (plain(found[1]).rstrip(":"), plain(found[2])) if found else ("", plain(item.text))
