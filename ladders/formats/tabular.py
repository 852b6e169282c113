"""Tables and lists of any file as one ladder: which of them belong, and in which form."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ladders.formats import families, grids, headings, layout, lists, long, matrix
from ladders.formats.grids import Grid, Row
from ladders.formats.layout import Layout
from ladders.formats.mappings import Mapping
from ladders.formats.markup import Found
from ladders.formats.report import Report

NONE_FOUND = (
    "No table of a ladder was found: a heading with the levels side by side, or one row a "
    "statement. Say where it is in a mapping."
)

ONLY_DATA = (
    "This reads like a list of data and not like a ladder: its cells hold no sentences and "
    "its heading names no levels. Say what is what in a mapping."
)

Said = dict[str, Any]


def head(
    how: Mapping,
    name: str,
    report: Report,
    *,
    known: Said | None = None,
    title: str = "",
) -> Said:
    """The head of the document: the mapping, else the file, else what the file's name lends."""
    said = {**(known or {}), **how.head}
    if "title" not in said:
        said["title"] = title or families.title_of(name) or "Ladder"
        if not title:
            report.note(f"The title was taken from the name of the file: “{said['title']}”.")
    if "id" not in said:
        stem = name.rsplit("/", 1)[-1].split(".")[0]
        said["id"] = headings.slug(stem) or "ladder"
        report.note(f"The id was taken from the name of the file: “{said['id']}”.")
    if "version" not in said and (found := families.version_of(name)):
        said["version"] = found
        report.note(f"The version was taken from the name of the file: {found}.")
    return said


def read(
    tables: list[Grid],
    texts: list[tuple[str, Found]],
    how: Mapping,
    form: str | None,
    report: Report,
    name: str,
) -> Said | None:
    """The document in these tables and texts; None after saying that there is none."""
    for _, text in texts:
        tables = [*tables, *text.grids]
    tables, about = matrix.tables(_chosen(tables, how, report))
    title = texts[0][1].title if len(texts) == 1 and not tables[len(texts[0][1].grids) :] else ""
    if form != "lists":
        how = how if not form else _with(how, form)
        found = [(grid, layout.find(grid, how)) for grid in tables]
        chosen = _together([place for _, place in found if place], how)
        _left_out([grid for grid, place in found if place not in chosen], report)
    else:
        chosen = []
    told = sum(lists.weight(text) for _, text in texts)
    by_lists = bool(texts) and (form == "lists" or (not form and told > _weight(chosen)))
    if chosen or by_lists:
        said = head(how, name, report, known=about.head, title=title)
    if by_lists:
        return lists.read(texts, how, report, said)
    if chosen and not (form or how.columns or how.levels or how.header) and _only_data(chosen):
        line = chosen[0].grid.place(chosen[0].header, 0)
        report.error(ONLY_DATA, (), *line)
        return None
    if not chosen:
        line = tables[0].place(tables[0].rows[0], 0) if tables else grids.Place(1)
        report.error(NONE_FOUND, (), *line)
        return None
    if chosen[0].form == "long":
        return long.read(chosen, how, report, said)
    return matrix.read(chosen, about, how, report, said)


def is_records(value: Any) -> bool:
    """True for a list of flat mappings: a table in JSON or YAML."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, dict) for row in value)
        and not any(isinstance(cell, dict | list) for row in value for cell in row.values())
    )


def from_records(value: list[Said], name: str, report: Report) -> list[Grid]:
    """Such a list as a table; its keys are the heading."""
    heading = list(dict.fromkeys(key for row in value for key in row))
    rows = [Row(1, heading)]
    lines = {1: report.line_of((0,)) or 1}
    for at, row in enumerate(value):
        cells = ["" if row.get(key) is None else str(row[key]).strip() for key in heading]
        rows.append(Row(at + 2, cells))
        lines[at + 2] = report.line_of((at,)) or 1
    report.lines = {(): 1}
    return [Grid("", rows, name, lines=lines)]


def _only_data(chosen: list[Layout]) -> bool:
    """True when neither the names of the levels nor the words at them speak of a ladder."""
    names = [place.header[at] for place in chosen for at in place.levels]
    cells = [row[at] for place in chosen for row in place.rows for at in place.levels if row[at]]
    sentences = sum(len(cell.split()) > 2 for cell in cells)
    sure = headings.NAMES[layout.COMPETENCY][:12]
    if any(
        headings.bare(place.header[at]) in sure for place in chosen for at in place.header.said()
    ):
        return False
    levels = sum(headings.levelish(name) and not re.search(r"\d{3}", name) for name in names)
    return chosen[0].form == "matrix" and levels * 2 <= len(names) and sentences * 4 < len(cells)


def _with(how: Mapping, form: str) -> Mapping:
    return Mapping(**{**vars(how), "form": form})


def _chosen(tables: list[Grid], how: Mapping, report: Report) -> list[Grid]:
    if not how.sheets:
        return tables
    wanted = {headings.bare(name) for name in how.sheets}
    chosen = [grid for grid in tables if headings.bare(grid.name) in wanted]
    missing = wanted - {headings.bare(grid.name) for grid in chosen}
    for name in sorted(missing):
        report.error(f"There is no sheet or table “{name}”.", ("mapping", "sheets"), 1)
    return chosen


def _together(found: list[Layout], how: Mapping) -> list[Layout]:
    """The tables that are one ladder: all long ones, else those that share levels or rows."""
    long_ones = [place for place in found if place.form == "long"]
    if long_ones:
        return long_ones
    if how.sheets or how.levels:
        return found
    named = [place for place in found if "competency" in place.columns]
    unnamed = [place for place in found if "competency" not in place.columns]
    signs = Counter[tuple[str, ...]]()
    for place in unnamed:
        signs[place.signature()] += _weight([place])
    best = signs.most_common(1)
    alike = [place for place in unnamed if best and place.signature() == best[0][0]]
    return alike if _weight(alike) > _weight(named) else _related(named)


def _related(named: list[Layout]) -> list[Layout]:
    """The largest table, and those with its levels, its heading or rows of the same names."""
    if not named:
        return []
    largest = max(named, key=lambda place: _weight([place]))
    rows = _names(largest)
    return [
        place
        for place in named
        if place.signature() == largest.signature()
        or len(_names(place) & rows) * 2 > min(len(rows), len(_names(place)))
        or _alike(place, largest)
    ]


def _alike(one: Layout, other: Layout) -> bool:
    """The same heading over the names and no level in common: another track of the ladder."""
    over = {headings.bare(place.header[place.columns["competency"]]) for place in (one, other)}
    return (
        len(over) == 1
        and not set(one.signature()) & set(other.signature())
        and all(headings.levelish(one.header[at]) for at in one.levels)
    )


def _names(place: Layout) -> set[str]:
    return {row[place.columns["competency"]] for row in place.rows}


def _weight(found: list[Layout]) -> int:
    """How much text stands at the levels of these tables."""
    return sum(len(row[at]) for place in found for row in place.rows for at in place.levels)


def _left_out(rest: list[Grid], report: Report) -> None:
    names = [f"“{grid.name}”" for grid in rest if grid.name]
    if names:
        report.note(f"Sheets or tables that are no part of the ladder: {', '.join(names[:20])}.")
