"""How the columns of one HR system become ours: a small file in YAML or JSON, or none."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import yaml

from people.refusals import Invalid
from people.tables.encodings import CODECS

MOST_BYTES = 100_000
KEYS = {
    "columns",
    "date_format",
    "email_domain",
    "values",
    "constants",
    "unknown_manager",
    "missing",
    "end",
    "others",
    "encoding",
}
CHOICES = {
    "unknown_manager": ("refuse", "leave_empty"),
    "missing": ("keep", "left"),
    "end": ("last_day", "day_after"),
    "others": ("guess", "ignore"),
    "encoding": ("", *CODECS),
}
LETTERS = {"YYYY": "%Y", "YY": "%y", "MMM": "%b", "MM": "%m", "DD": "%d", "M": "%m", "D": "%d"}


@dataclass(frozen=True)
class Mapping:
    """`columns`: field → heading, or headings joined by a space. `values`: field → {theirs: ours}.
    `constants`: field → value of every row. `email_domain` completes names without an @.
    `unknown_manager`: "refuse" the row or "leave_empty". `missing`: "keep" people who are not in
    the file or mark them as "left". `end`: the "last_day" of a placement or the "day_after".
    `others`: columns that are not named are "guess"ed by their usual headings, or "ignore"d.
    `encoding`: how the letters of a CSV are to be read; blank: as the file says.
    """

    columns: dict[str, list[str]] = field(default_factory=dict)
    date_format: str = ""
    email_domain: str = ""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    unknown_manager: str = "refuse"
    missing: str = "keep"
    end: str = "last_day"
    others: str = "guess"
    encoding: str = ""

    @property
    def strptime(self) -> str:
        """The date format as Python reads it: "DD-MM-YYYY" and "%d-%m-%Y" say the same."""
        if "%" in self.date_format or not self.date_format:
            return self.date_format
        text, out = self.date_format, ""
        while text:
            letters = next((name for name in LETTERS if text.startswith(name)), "")
            out += LETTERS.get(letters, text[0])
            text = text[len(letters) or 1 :]
        return out


def parse(content: bytes | str) -> dict[str, Any]:
    """The plain data of a mapping file. Raises Invalid with `mapping` as the field."""
    if len(content) > MOST_BYTES:
        raise _invalid("The mapping file is too long.")
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        data = yaml.load(text, Loader=_Plain)  # noqa: S506 - a safe loader, without aliases
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as wrong:
        raise _invalid(f"The mapping file cannot be read: {wrong}") from None
    if data is None:
        return {}
    if not _storable(data):
        raise _invalid("The mapping file holds characters that are no text.")
    if not isinstance(data, dict):
        raise _invalid("The mapping file must name columns; it is not a list or a text.")
    return data


def build(data: dict[str, Any], known: set[str]) -> Mapping:
    """Check the plain data against the fields that this import knows."""
    if unknown := sorted(str(key) for key in set(data) - KEYS):
        raise _invalid(f"Unknown entries in the mapping: {', '.join(unknown)}.")
    columns = {name: _names(heading) for name, heading in _table(data, "columns").items()}
    values = {
        name: {str(old).strip().casefold(): _text(new) for old, new in _pairs(name, table).items()}
        for name, table in _table(data, "values").items()
    }
    constants = {name: _text(value) for name, value in _table(data, "constants").items()}
    for name in [*columns, *values, *constants]:
        if name not in known:
            raise _invalid(f"“{name}” is not a field; the fields are: {', '.join(sorted(known))}.")
    for key, allowed in CHOICES.items():
        if data.get(key, allowed[0]) not in allowed:
            raise _invalid(f"“{key}” must be one of: {', '.join(allowed)}.")
    words = {key: _text(data[key]) for key in KEYS - {"columns", "values", "constants"} & set(data)}
    return Mapping(columns=columns, values=values, constants=constants, **words)


def _storable(data: Any) -> bool:
    """True when the database can keep it: no NUL, and no half of a character."""
    try:
        return b"\\u0000" not in json.dumps(data, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False


class _Plain(yaml.SafeLoader):
    """YAML without aliases (they can grow without end) and without guessing at dates and yes/no."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise ValueError("aliases (*) are not read here")
        return super().compose_node(parent, index)


_Plain.yaml_implicit_resolvers = {}


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    return _pairs(key, data.get(key) or {})


def _pairs(key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _invalid(f"“{key}” must be a list of names with their values.")
    return {str(name): inner for name, inner in value.items()}


def _names(heading: Any) -> list[str]:
    headings = heading if isinstance(heading, list) else [heading]
    return [_text(name) for name in headings]


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        raise _invalid("A value of the mapping must be a word, not a list.")
    return "" if value is None else str(value).strip()


def _invalid(message: str) -> Invalid:
    return Invalid({"mapping": [message]})
