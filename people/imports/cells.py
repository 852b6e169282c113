"""What each cell says: text made into values, and everything that keeps it from being one."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from people.imports.fields import Field, heading_key, headings
from people.imports.files import Table, refuse
from people.imports.mapping import Mapping
from people.imports.report import Problem, Report

FORMULA = ("=", "+", "-", "@", "\t", "\r")
TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
NEVER = 9999  # how some systems write that there is no end
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")
EMPLOYMENT = {
    **dict.fromkeys(("active", "employed", "true", "yes", "1", "current"), "active"),
    **dict.fromkeys(("left", "inactive", "terminated", "false", "no", "0", "former"), "left"),
}
ZONES = available_timezones()


class Unreadable(ValueError):
    """A cell that cannot become a value; says why, for the person with the file."""


@dataclass
class Row:
    """What one line says; fields that the file has no column for are not in `values`."""

    line: int
    values: dict[str, Any]


def understand(
    table: Table, mapping: Mapping, fields: Iterable[Field], report: Report
) -> list[Row]:
    """Every row with its values; problems go to the report. A row with problems is kept."""
    fields = list(fields)
    places = _places(table.heading, mapping, fields, report)
    report.rows = len(table.rows)
    return [_row(line, cells, places, mapping, fields, table, report) for line, cells in table.rows]


def _places(
    heading: list[str], mapping: Mapping, fields: list[Field], report: Report
) -> dict[str, list[int]]:
    """In which columns each field stands: as the mapping says, else under a usual heading."""
    position = {name.casefold(): place for place, name in reversed(list(enumerate(heading)))}
    places: dict[str, list[int]] = {}
    for name, wanted in mapping.columns.items():
        if missing := [column for column in wanted if column.casefold() not in position]:
            raise refuse(f"The mapping names “{missing[0]}”, but the file has no such column.")
        places[name] = [position[column.casefold()] for column in wanted]
    taken = {place for columns in places.values() for place in columns}
    for field in fields:
        if field.name in places or field.name in mapping.constants:
            continue
        usual = headings(field)
        found = [
            i for i, name in enumerate(heading) if i not in taken and heading_key(name) in usual
        ]
        if found:
            places[field.name] = found[:1]
            taken.add(found[0])
    for field in fields:
        if field.required and field.name not in {*places, *mapping.constants}:
            raise refuse(_no_column(field, heading))
    _note_columns(heading, places, fields, report)
    return places


def _no_column(field: Field, heading: list[str]) -> str:
    names = ", ".join(f"“{name[:40]}”" for name in heading[:12])
    return f"No column for “{field.label}” was found. The columns are: {names}."


def _note_columns(
    heading: list[str], places: dict[str, list[int]], fields: list[Field], report: Report
) -> None:
    labels = {field.name: field.label for field in fields}
    used = {place for columns in places.values() for place in columns}
    report.columns = [
        {"column": " + ".join(heading[i] for i in columns), "field": name, "label": labels[name]}
        for name, columns in places.items()
    ]
    report.unused = [name for i, name in enumerate(heading) if i not in used and name]


def _row(
    line: int,
    cells: list[str],
    places: dict[str, list[int]],
    mapping: Mapping,
    fields: list[Field],
    table: Table,
    report: Report,
) -> Row:
    if len(cells) > len(table.heading) and any(cells[len(table.heading) :]):
        message = f"This line has {len(cells)} cells, but there are {len(table.heading)} columns."
        report.problems.append(Problem(line, "", message, code="shape"))
    values: dict[str, Any] = {}
    for field in fields:
        if field.name in mapping.constants:
            text, column = mapping.constants[field.name], field.label
        elif field.name in places:
            found = places[field.name]
            text = " ".join(cells[i] for i in found if i < len(cells) and cells[i])
            column = " + ".join(table.heading[i] for i in found)
        else:
            continue
        try:
            values[field.name] = _value(field, text, mapping)
        except Unreadable as wrong:
            problem = Problem(line, column, str(wrong), code=field.kind, value=_shown(text))
            report.problems.append(problem)
    return Row(line, values)


def _value(field: Field, text: str, mapping: Mapping) -> Any:
    """The value of a cell; an empty one is None."""
    text = mapping.values.get(field.name, {}).get(text.casefold(), text)
    text = unicodedata.normalize("NFC", text)
    if not text or text == "-":
        if field.required:
            raise Unreadable(f"{field.label} is missing.")
        return None
    if text.startswith(FORMULA):
        raise Unreadable("This cell begins like a formula (= + - @). Write it as plain text.")
    if any(_is_control(letter) for letter in text):
        raise Unreadable("This cell holds control characters.")
    if field.kind == "email" and "@" not in text and mapping.email_domain:
        text = f"{text}@{mapping.email_domain.lstrip('@')}"
    if field.name in ("employee_number", "manager") and text.startswith("#"):
        raise Unreadable("An employee number does not begin with #.")
    if len(text) > field.longest:
        raise Unreadable(f"{field.label} has {len(text)} characters; at most {field.longest} fit.")
    return READERS[field.kind](text, mapping)


def _is_control(letter: str) -> bool:
    """Also the marks that turn the direction of writing: they make a name look like another."""
    turns = unicodedata.bidirectional(letter) in TURNS
    return turns or unicodedata.category(letter) in ("Cc", "Cs", "Co")


def _text(text: str, mapping: Mapping) -> str:
    return " ".join(text.split())


def _email(text: str, mapping: Mapping) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise Unreadable("This is not an e-mail address.") from None
    if not text.isascii():  # lower case means different things to Python and to the database
        raise Unreadable("Write this e-mail address with plain letters (the domain in punycode).")
    return text.lower()


def _date(text: str, mapping: Mapping) -> datetime.date | None:
    day = text.split("T")[0].removesuffix(" 00:00:00")
    for form in (mapping.strptime, DATES[0]) if mapping.strptime else DATES:
        try:
            found = datetime.datetime.strptime(day, form).date()
        except ValueError:
            continue
        if found.year == NEVER:
            return None
        if 1900 <= found.year <= 2200:
            return found
    wanted = mapping.date_format or "2026-03-31"
    hint = "" if mapping.date_format else "; name its format (such as DD-MM-YYYY) in the mapping"
    raise Unreadable(f"This is not a date like {wanted}{hint}.")


def _zone(text: str, mapping: Mapping) -> str:
    if text not in ZONES:
        raise Unreadable("This is not a time zone like Europe/Paris.")
    return text


def _employment(text: str, mapping: Mapping) -> str:
    if status := EMPLOYMENT.get(text.casefold()):
        return status
    raise Unreadable(
        "This status is not known; say in the mapping whether it means active or left."
    )


READERS: dict[str, Callable[[str, Mapping], Any]] = {
    "text": _text,
    "email": _email,
    "date": _date,
    "time_zone": _zone,
    "employment": _employment,
}


def _shown(text: str) -> str:
    """The cell as the report repeats it: short, without control characters."""
    plain = "".join(letter if letter.isprintable() else "·" for letter in text)
    return plain if len(plain) <= 80 else plain[:79] + "…"
