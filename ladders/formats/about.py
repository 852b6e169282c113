"""What stands beside a matrix: the ladder's own facts, and those of its tracks, levels and rows.

Rows under a row “About this ladder”, or on a sheet of that name: `title | Engineering` says
something of the ladder; `level | id: s5 | track: staff | code: S5` something of one level. What is
not plain text is written as JSON.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from ladders.formats import packing
from ladders.formats.grids import Grid, Place, Row

MARK = "About this ladder"
SECTIONS = {
    "grade": "grades",
    "job family": "job_families",
    "track": "tracks",
    "level": "levels",
    "link": "level_links",
    "scale": "proficiency_scales",
    "pillar": "pillars",
    "competency": "competencies",
    "meaning": "proficiency_statements",
}
ALSO = "also"
"""The row that holds what else the document says, section by section."""
MATRIX = "matrix"
"""The row that says what all cells have in common."""

Said = dict[str, Any]


@dataclass
class About:
    """What the rows say; `places` has where each entry stands, by section."""

    head: Said = field(default_factory=dict)
    sections: dict[str, list[Said]] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    matrix: Said = field(default_factory=dict)
    also: Said = field(default_factory=dict)


def split(grid: Grid) -> tuple[Grid, list[tuple[Row, Place]]]:
    """The grid without the rows about the ladder, and those."""
    marks = [at for at, row in enumerate(grid.rows) if row.said() == [0] and row[0] == MARK]
    start = marks[0] if marks else 0 if grid.name == MARK else len(grid.rows)
    told = [(row, grid.place(row, 0)) for row in grid.rows[start:] if row[0] != MARK]
    grid.rows = grid.rows[:start]
    return grid, told


def read(rows: list[tuple[Row, Place]]) -> About:
    """The facts in these rows."""
    about = About()
    for row, place in rows:
        key, cells = row[0], [cell for cell in row.cells[1:] if cell]
        section = SECTIONS.get(key)
        if section:
            about.sections.setdefault(section, [])
            about.places.setdefault(section, [])
            if cells:
                about.sections[section].append(dict(map(_pair, cells)))
                about.places[section].append(place)
        elif key in (MATRIX, ALSO):
            vars(about)[key] = dict(map(_pair, cells))
        elif key and cells:
            about.head[key] = _value(cells[0])
    return about


def write(document: Said, matrix: Said) -> list[list[str]]:
    """The rows that `read` turns back into what the document says beside its expectations."""
    rows = [[name, _text(value)] for name, value in document["framework"].items()]
    for word, section in SECTIONS.items():
        if section in document and not document[section]:
            rows.append([word])
        rows += [_row(word, entry) for entry in document.get(section) or []]
    known = {"schema", "framework", "expectations", *SECTIONS.values()}
    also = {name: value for name, value in document.items() if name not in known}
    return rows + [_row(word, said) for word, said in ((MATRIX, matrix), (ALSO, also)) if said]


def _row(word: str, entry: Said) -> list[str]:
    return [word, *(f"{name}: {_text(value)}" for name, value in entry.items())]


def _pair(cell: str) -> tuple[str, Any]:
    name, _, value = cell.partition(":")
    return name.strip(), _value(value.strip())


def _value(text: str) -> Any:
    try:
        return packing.unpack(json.loads(text, parse_constant=_no_number))
    except (ValueError, RecursionError, TypeError):
        return text


def _text(value: Any) -> str:
    bare = isinstance(value, str) and value and value == value.strip() and "\r" not in value
    if bare and _value(value) == value:
        return value
    return json.dumps(packing.pack(value), ensure_ascii=False)


def _no_number(word: str) -> Any:
    raise ValueError(word)
