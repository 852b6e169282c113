"""What a person says about a file where it cannot be guessed: the mapping, checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

from openpyxl.utils import column_index_from_string

from ladders.formats import headings
from ladders.formats.grids import Row
from ladders.formats.report import Report

HEAD = ("id", "title", "version", "licence", "source", "language", "summary", "effective_from")
COLUMNS = (
    "pillar", "competency", "description", "kind", "track", "level", "text", "proficiency",
    "track description", "level description", "order", "scale", "competency id", "level id",
    "pillar id",
)  # fmt: skip
FORMS = {
    "career-ladder": "career-ladder/1 in YAML or JSON",
    "matrix": "a wide matrix",
    "long": "one row a statement",
    "lists": "headings with lists in Markdown",
    "job-family": "levels, themes and competencies in YAML",
    "snowflake": "tracks with milestones in JSON",
}

Said = dict[str, Any]


@dataclass(frozen=True)
class Mapping:
    """Everything is optional; rows count from 1 as the file does. docs/importing-ladders.md."""

    id: str = ""
    title: str = ""
    version: str = ""
    licence: str = ""
    source: str = ""
    language: str = ""
    summary: str = ""
    effective_from: str = ""
    form: str = ""
    file: str = ""
    sheets: tuple[str, ...] = ()
    header: int = 0
    first_row: int = 0
    last_row: int = 0
    ignore_rows: tuple[str, ...] = ()
    turned: bool | None = None
    columns: dict[str, str] = field(default_factory=dict)
    levels: tuple[Said, ...] = ()
    tracks: tuple[Said, ...] = ()
    grades: tuple[Said, ...] = ()
    links: tuple[Said, ...] = ()
    competencies: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    null_tokens: tuple[str, ...] = ()
    rename: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def head(self) -> Said:
        """What it says about the ladder as a whole."""
        return {name: getattr(self, name) for name in HEAD if getattr(self, name)}

    def column(self, name: str, header: Row) -> int | None:
        """The column that was named for a field: by its heading, or by its letter."""
        return position(self.columns[name], header) if name in self.columns else None

    def level(self, heading: str) -> Said | None:
        """What was said about the level with this heading."""
        wanted = headings.bare(heading) or heading
        matching = (row for row in self.levels if headings.bare(row["heading"]) == wanted)
        return next(matching, None)

    def renamed(self, section: str, name: str) -> str:
        """The id that this one becomes."""
        return self.rename.get(section, {}).get(name, name)


def position(wanted: str, header: Row) -> int | None:
    """Where a heading stands in a row; or the column of that letter."""
    exact = [at for at, text in enumerate(header.cells) if text == wanted]
    near = [
        at for at, text in enumerate(header.cells) if headings.bare(text) == headings.bare(wanted)
    ]
    if exact or near:
        return (exact or near)[0]
    if wanted.isascii() and wanted.isalpha() and wanted.isupper() and len(wanted) <= 2:
        return column_index_from_string(wanted) - 1
    return None


def build(said: Any, report: Report) -> Mapping:
    """The mapping of plain data; what is wrong with it stands in `report`, by its key."""
    if said is None:
        return Mapping()
    if not isinstance(said, dict):
        _wrong(report, "", "A mapping file names things by key; this is not a mapping.")
        return Mapping()
    values = {}
    named = {entry.name: entry for entry in fields(Mapping)}
    for key, value in said.items():
        if key == "sheet":
            key = "sheets"
        if key not in named:
            _wrong(report, key, f"There is no such key. The keys are: {', '.join(named)}.")
        elif value is not None:
            try:
                values[key] = READERS.get(key, _text)(value)
            except (ValueError, TypeError) as wrong:
                _wrong(report, key, f"This {wrong}.")
    return Mapping(**values)


def _wrong(report: Report, key: Any, message: str) -> None:
    report.error(message, ("mapping", str(key)) if key != "" else ("mapping",), cell="mapping file")


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        raise ValueError("must be text")
    return str(value).strip()


def _whole(value: Any) -> int:
    try:
        number = int(str(value))
    except ValueError:
        raise ValueError("must be a whole number, such as 4") from None
    if not 0 < number < 2**20:
        raise ValueError("must be a row that exists")
    return number


def _yes(value: Any) -> bool:
    words = {"true": True, "yes": True, "false": False, "no": False}
    if str(value).casefold() not in words:
        raise ValueError("must be true or false")
    return words[str(value).casefold()]


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(entry) for entry in (value if isinstance(value, list) else [value]))


def _pairs(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError("must hold keys with their values")
    return {str(key): _text(inner) for key, inner in value.items()}


def _columns(value: Any) -> dict[str, str]:
    pairs = {key.replace("_", " "): inner for key, inner in _pairs(value).items()}
    if unknown := sorted(set(pairs) - set(COLUMNS)):
        raise ValueError(f"knows no “{unknown[0]}”; known are {', '.join(COLUMNS)}")
    return pairs


def _form(value: Any) -> str:
    if value not in FORMS:
        raise ValueError(f"must be one of {', '.join(FORMS)}")
    return str(value)


def _rename(value: Any) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict) or set(value) - {"levels", "competencies", "tracks", "pillars"}:
        raise ValueError("must hold levels, competencies, tracks or pillars")
    return {key: _pairs(inner) for key, inner in value.items()}


def _entries(main: str, *others: str) -> Callable[[Any], tuple[Said, ...]]:
    """A list of names, or of mappings with more to say."""

    def read(value: Any) -> tuple[Said, ...]:
        if not isinstance(value, list):
            raise ValueError("must be a list")
        entries = [entry if isinstance(entry, dict) else {main: entry} for entry in value]
        for entry in entries:
            if entry.get(main) is None:
                raise ValueError(f"holds an entry without “{main}”")
            if unknown := sorted(set(map(str, entry)) - {main, *others}):
                raise ValueError(f"knows no “{unknown[0]}”; known are {', '.join((main, *others))}")
        return tuple({key: _text(inner) for key, inner in entry.items()} for entry in entries)

    return read


READERS: dict[str, Callable[[Any], Any]] = {
    "form": _form,
    "sheets": _texts,
    "header": _whole,
    "first_row": _whole,
    "last_row": _whole,
    "ignore_rows": _texts,
    "turned": _yes,
    "columns": _columns,
    "levels": _entries("heading", "id", "title", "code", "track", "grade", "summary", "scope"),
    "tracks": _entries("name", "id", "kind", "description", "file"),
    "grades": _entries("id", "rank", "name"),
    "links": _entries("from", "to", "type"),
    "competencies": _texts,
    "steps": _texts,
    "null_tokens": _texts,
    "rename": _rename,
}
