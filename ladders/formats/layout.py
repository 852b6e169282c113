"""Finds out how a table is laid out: where its heading is, and what each column holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from ladders.formats import headings
from ladders.formats.grids import Grid, Row, turned
from ladders.formats.headings import COMPETENCY, DESCRIPTION, PILLAR
from ladders.formats.mappings import Mapping, position

LOOKED_AT = 40
SHORT = 120
LONG_FIELDS = (
    "track", "level", PILLAR, COMPETENCY, "text", "proficiency", DESCRIPTION, "kind",
    "track description", "level description", "competency id", "level id", "pillar id",
)  # fmt: skip
ROW_FIELDS = (PILLAR, COMPETENCY, DESCRIPTION, "kind", "order", "scale")


@dataclass
class Layout:
    """`columns` has the column of each field; `levels` the columns that are levels, in order."""

    grid: Grid
    form: str
    header: Row
    at: int
    columns: dict[str, int] = field(default_factory=dict)
    levels: list[int] = field(default_factory=list)
    tracks: dict[int, str] = field(default_factory=dict)
    beside: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """The rows under the heading."""
        return self.grid.rows[self.at + 1 :]

    def signature(self) -> tuple[str, ...]:
        """The headings of the levels, to tell which tables belong together."""
        return tuple(headings.bare(self.header[column]) for column in self.levels)


def find(grid: Grid, mapping: Mapping) -> Layout | None:
    """The layout of a table, or None when it is none of a ladder."""
    if not grid.rows:
        return None
    if mapping.turned:
        return _matrix(turned(grid), mapping)
    long = None if mapping.form == "matrix" else _long(grid, mapping)
    if long or mapping.form == "long":
        return long
    if mapping.turned is None and not mapping.levels and _levels_go_down(grid, mapping):
        found = _matrix(turned(grid), mapping)
        if found:
            found.notes.append("Its rows were taken to be levels and its columns competencies.")
        return found
    return _matrix(grid, mapping)


def _long(grid: Grid, mapping: Mapping) -> Layout | None:
    """One row a statement: the heading names a competency, a level and a text."""
    for at, row in _candidates(grid, mapping):
        columns = _assigned(row, LONG_FIELDS, mapping)
        told = "text" in columns or "proficiency" in columns
        if COMPETENCY in columns and "level" in columns and told:
            beside = [column for column in row.said() if column not in columns.values()]
            return Layout(grid, "long", row, at, columns, beside=beside)
    return None


def _assigned(row: Row, fields: tuple[str, ...], mapping: Mapping) -> dict[str, int]:
    """A column for every field that has one; the likeliest heading is served first."""
    columns: dict[str, int] = {}
    for name in mapping.columns:
        column = mapping.column(name, row)
        if column is not None:
            columns[name] = column
    wishes = []
    for column in row.said():
        if column in columns.values():
            continue
        for name in headings.known(row[column], fields):
            rank = headings.NAMES[name].index(headings.bare(row[column]))
            wishes.append((rank, fields.index(name), column, name))
    for _, _, column, name in sorted(wishes):
        if name not in columns and column not in columns.values():
            columns[name] = column
    return columns


def _candidates(grid: Grid, mapping: Mapping) -> list[tuple[int, Row]]:
    """The rows that may be the heading."""
    numbered = list(enumerate(grid.rows))
    if mapping.header:
        line = mapping.header
        if grid.lettered and grid.turned:
            return numbered[:1]
        return [(at, row) for at, row in numbered if row.number == line]
    return [
        (at, row)
        for at, row in numbered[:LOOKED_AT]
        if len({row[column] for column in row.said()}) >= 2
        and all(len(row[column]) <= SHORT for column in row.said())
    ]


def _levels_go_down(grid: Grid, mapping: Mapping) -> bool:
    """True when the first column names levels and the heading does not."""
    for _, row in _candidates(grid, mapping):
        fields = [headings.known(row[at], (COMPETENCY, PILLAR)) for at in row.said()]
        first = row.said()[0]
        if headings.known(row[first], ("track",)) and not headings.known(row[first], ("level",)):
            continue
        if headings.known(row[first], ("level", "track")) and not fields[0]:
            return len(row.said()) > 2 and not _many([row[at] for at in row.said()[1:]])
        if any(fields) or _many([row[at] for at in row.said()]):
            return False
    found = _candidates(grid, mapping)
    if not found:
        return False
    at, row = found[0]
    down = [below[0] for below in grid.rows[at + 1 :] if below[0]]
    return len(down) > 1 and len(row.said()) > 2 and _many(down)


def _many(names: list[str]) -> bool:
    """True when most of these read like levels."""
    return len(names) > 1 and sum(map(headings.levelish, names)) * 2 > len(names)


def _matrix(grid: Grid, mapping: Mapping) -> Layout | None:
    found = _header(grid, mapping)
    if found is None:
        return None
    at, row = found
    layout = Layout(grid, "matrix", row, at, _assigned(row, ROW_FIELDS, mapping))
    first = row.said()[0]
    if headings.known(row[first], ("level",)) and not layout.columns and not mapping.levels:
        layout.columns[COMPETENCY] = first
    _two_rows(layout)
    _levels(layout, mapping)
    if not mapping.columns:
        _finer(layout)
    if len(layout.levels) < (1 if mapping.levels or mapping.header else 2):
        return None
    _tracks(layout, mapping)
    if not (mapping.header or mapping.levels) and not any(
        headings.levelish(layout.header[at]) for at in layout.levels
    ):
        line, names = grid.place(row, 0).line, [layout.header[at] for at in layout.levels[:3]]
        layout.notes.append(
            f"Line {line} was taken to be the heading, and its cells to be the levels: "
            f"{', '.join(f'“{name}”' for name in names)} …"
        )
    return layout


def _header(grid: Grid, mapping: Mapping) -> tuple[int, Row] | None:
    """The first row with a known heading; else the first that names levels; else the first."""
    fit = _candidates(grid, mapping)
    if mapping.header or mapping.columns or mapping.levels:
        named = [*mapping.columns.values(), *(level["heading"] for level in mapping.levels)]
        sure = [pair for pair in fit if any(position(name, pair[1]) is not None for name in named)]
        fit = sure or fit
    named = [(at, row) for at, row in fit if _names_rows(row)]
    levels = [(at, row) for at, row in fit if _names_levels(row)]
    if named and levels and levels[0][0] < named[0][0]:
        # A competency may be called “Quality”, which is a heading elsewhere.
        full = len(levels[0][1].said()) >= len(named[0][1].said()) - 1
        if full and not _many([named[0][1][at] for at in named[0][1].said()[1:]]):
            return levels[0]
    if named or levels:
        return (named or levels)[0]
    for at, row in fit:
        if at + 1 < len(grid.rows):
            return at, row
    return None


def _names_rows(row: Row) -> bool:
    return any(headings.known(row[column], (COMPETENCY,)) for column in row.said()[:3])


def _names_levels(row: Row) -> bool:
    names = [row[column] for column in row.said()]
    return len(set(names)) == len(names) and _many(names)


def _finer(layout: Layout) -> None:
    """Skill and sub-skill: the column before the levels that is none of them is the finer name."""
    if PILLAR in layout.columns or COMPETENCY not in layout.columns or len(layout.levels) < 3:
        return
    first, *rest = layout.levels
    names = [layout.header[at] for at in rest]
    next_to_it = first == layout.columns[COMPETENCY] + 1
    if next_to_it and not headings.levelish(layout.header[first]) and _many(names):
        layout.columns[PILLAR], layout.columns[COMPETENCY] = layout.columns[COMPETENCY], first
        layout.levels = rest
        layout.notes.append(
            f"The column “{layout.header[first]}” was taken to name the competencies."
        )


def _two_rows(layout: Layout) -> None:
    """Where the heading names tracks and the row under it their levels, both are the heading."""
    below = layout.rows[0] if layout.rows else None
    if below is None:
        return
    own = set(layout.columns.values())
    above = [at for at in layout.header.said() if at not in own]
    names = [below[at] for at in below.said() if at not in own]
    beside = [at for at in own if below[at] not in ("", layout.header[at])]
    shared = len({layout.header[at] for at in above})
    if beside or not own or len(names) <= shared or not all(len(name) <= SHORT for name in names):
        return
    if len(set(names)) == len(names) or _many(names):
        layout.tracks = _spread(layout.header, [at for at in below.said() if at not in own])
        cells = list(below.cells) + [""] * (layout.header.cells.__len__() - len(below.cells))
        for at in own:
            cells[at] = layout.header[at]
        layout.header, layout.at = Row(below.number, cells), layout.at + 1


def _spread(row: Row, columns: list[int]) -> dict[int, str]:
    """The text over each column; a blank cell says what the one on its left says."""
    found, last = {}, ""
    for column in columns:
        last = row[column] or last
        if last:
            found[column] = last
    return found


def _levels(layout: Layout, mapping: Mapping) -> None:
    header, used = layout.header, set(layout.columns.values())
    if mapping.levels:
        places = [position(level["heading"], header) for level in mapping.levels]
        layout.levels = [at for at in places if at is not None]
        layout.beside = [at for at in header.said() if at not in {*used, *layout.levels}]
        _name_rows(layout, used)
        return
    free = [at for at in header.said() if at not in used]
    layout.levels = [at for at in free if not headings.apart(header[at])]
    layout.beside = [at for at in free if at not in layout.levels]
    if COMPETENCY not in layout.columns:
        _name_rows(layout, used)


def _name_rows(layout: Layout, used: set[int]) -> None:
    """Which column names the rows where no heading says so: those left of the first level."""
    if COMPETENCY in layout.columns:
        return
    header = layout.header
    filled = {at for row in layout.rows for at in row.said()}
    sure = [at for at in layout.levels if headings.levelish(header[at])]
    edge = sure[0] if len(sure) > 1 else (layout.levels[:2] or [0])[-1]
    left = [at for at in sorted(filled) if at < edge and at not in used]
    left = [at for at in left if header[at] or at < (layout.levels or [0])[0]]
    if not sure and not left:
        return
    if left:
        layout.columns[COMPETENCY] = left[-1]
        if len(left) > 1 and PILLAR not in layout.columns:
            layout.columns[PILLAR] = left[-2]
        layout.levels = [at for at in layout.levels if at not in left]
        said = header[left[-1]] or "without a heading"
        layout.notes.append(f"The column “{said}” was taken to name the competencies.")
    elif PILLAR in layout.columns:
        layout.columns[COMPETENCY] = layout.columns.pop(PILLAR)


def _tracks(layout: Layout, mapping: Mapping) -> None:
    """A row over the heading may name the track of each column."""
    if layout.tracks or not layout.at:
        return
    over = layout.grid.rows[layout.at - 1]
    own = [at for at in over.said() if at < min(layout.levels)]
    labels = {headings.bare(over[at]) for at in own}
    sure = labels & {"track", "tracks", "ladder", "career track", "path", "role"}
    names = [over[at] for at in over.said() if at in layout.levels]
    if sure or (not own and names and (len(set(names)) > 1 or len(names) > 1)):
        layout.tracks = _spread(over, sorted(layout.levels))
