"""What each cell says: text made into values, and everything that keeps it from being one."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from people import zones
from people.imports import dates, words
from people.imports.fields import Field
from people.imports.mapping import Mapping

FORMULA = ("=", "+", "-", "@", "\t", "\r")
TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
_PLAIN = {
    # Cells that need no second look, because nothing about them could be wrong or change.
    "employee_number": re.compile(r"[1-9]\d{0,15}"),
    "name": re.compile(
        r"(?!na |nan |null |Herr |Frau |Mr |Mrs |Ms |Mme )"
        r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?: [A-Za-zÀ-ÖØ-öø-ÿ0-9]+){1,4}"
    ),
    "email": re.compile(
        r"[a-z0-9_]+(?:[.+-][a-z0-9_]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,20}"
    ),
}
_ADDRESS = re.compile(r"(?:mailto:|.*<)([^<>\s]+@[^<>\s]+?)>?")


MOST_KNOWN = 20_000  # texts whose values are remembered


class Unreadable(ValueError):
    """A cell that cannot become a value; says why, for the person with the file."""


@dataclass(frozen=True)
class Bad:
    """Stands where a cell could not be read."""

    reason: str


class Cells:
    """Reads the cells of one column, each text once; `spoilt` once one could not be read."""

    def __init__(self, field: Field, mapping: Mapping, first: str = dates.DAY_FIRST) -> None:
        self.field, self.mapping, self.first = field, mapping, first
        self.values = mapping.values.get(field.name, {})
        self.plain = None if self.values else _PLAIN.get(field.name)
        self.known: dict[str, Any] = {}
        self.spoilt = False

    def read(self, texts: list[str]) -> list[Any]:
        """The value of each cell: None where it is empty, Bad where it cannot be one."""
        if self.plain:
            fine, longest, look = self.plain.fullmatch, self.field.longest, self._look
            return [t if fine(t) and len(t) <= longest else look(t) for t in texts]
        known = self.known
        if len(known) > MOST_KNOWN:
            known.clear()
        for text in set(texts).difference(known):
            known[text] = self._look(text)
        return [known[text] for text in texts]

    def _look(self, text: str) -> Any:
        try:
            return self._value(text)
        except Unreadable as wrong:
            self.spoilt = True
            return Bad(str(wrong))

    def _value(self, text: str) -> Any:
        field = self.field
        text = self.values.get(text.casefold(), text)
        text = unicodedata.normalize("NFC", words.unwrapped(words.visible(text)))
        if not text or text in "-–—" or (field.kind != "name" and _is_empty(text)):
            if field.required:
                raise Unreadable(f"{field.label} is missing.")
            return None
        if why := _what_is_wrong(text):
            raise Unreadable(why)
        if field.name in ("employee_number", "manager"):
            text = _number(text)
        value = READERS[field.kind](text, self)
        if isinstance(value, str) and len(value) > field.longest:
            size = f"{field.label} has {len(value)} characters; at most {field.longest} fit."
            raise Unreadable(size)
        return value


def _is_empty(text: str) -> bool:
    return text.casefold() in words.EMPTY


def _what_is_wrong(text: str) -> str:
    """Why no column may hold this text; blank when it may."""
    if text.startswith(FORMULA):
        return "This cell begins like a formula (= + - @). Write it as plain text."
    if any(_is_control(letter) for letter in text):
        return "This cell holds control characters."
    if text.casefold() in words.FAILED:
        return "A formula failed here in the spreadsheet. Write what the cell should say."
    if "\N{REPLACEMENT CHARACTER}" in text:
        return "A letter of this cell was lost before the file was made. Write it again."
    if better := words.mended(text):
        return f"The letters were mixed up before the file was made. Perhaps this is “{better}”."
    return ""


def _is_control(letter: str) -> bool:
    """Also the marks that turn the direction of writing: they make a name look like another."""
    turns = unicodedata.bidirectional(letter) in TURNS
    return turns or (unicodedata.category(letter) in ("Cc", "Cs", "Co") and not letter.isspace())


def _number(text: str) -> str:
    if text.startswith("#"):
        raise Unreadable("An employee number does not begin with #.")
    if words.SHORTENED.fullmatch(text):
        raise Unreadable(
            "A spreadsheet shortened this number. Format its column as text and export it again."
        )
    return words.number(text)


def _text(text: str, cells: Cells) -> str:
    return " ".join(text.split())


def _name(text: str, cells: Cells) -> str:
    return words.name(" ".join(text.split()))


def _email(text: str, cells: Cells) -> str:
    if found := _ADDRESS.fullmatch(text):
        text = found[1]
    if "@" not in text and cells.mapping.email_domain:
        text = f"{text}@{cells.mapping.email_domain.lstrip('@')}"
    try:
        validate_email(text)
    except ValidationError:
        raise Unreadable("This is not an e-mail address.") from None
    if not text.isascii():  # lower case means different things to Python and to the database
        raise Unreadable("Write this e-mail address with plain letters (the domain in punycode).")
    return text.lower()


def _date(text: str, cells: Cells) -> datetime.date | None:
    mapping = cells.mapping
    if mapping.strptime:
        try:
            found = datetime.datetime.strptime(dates.bare(text), mapping.strptime).date()
        except ValueError:
            pass
        else:
            if found.year == dates.NEVER:
                return None
            if dates.EARLIEST <= found.year <= dates.LATEST:
                return found
    try:
        return dates.read(text, "" if mapping.strptime else cells.first)
    except ValueError:
        wanted = mapping.date_format or "2026-03-31"
        hint = "" if mapping.date_format else "; name its format (such as DD-MM-YYYY)"
        raise Unreadable(f"This is not a date like {wanted}{hint}.") from None


def _zone(text: str, cells: Cells) -> str:
    if text not in zones.known():
        raise Unreadable("This is not a time zone like Europe/Paris.")
    return text


def _employment(text: str, cells: Cells) -> str:
    if status := words.status(text):
        return status
    raise Unreadable("This status is not known; say how to read it: active or left.")


READERS: dict[str, Callable[[str, Cells], Any]] = {
    "text": _text,
    "name": _name,
    "email": _email,
    "date": _date,
    "time_zone": _zone,
    "employment": _employment,
}


def shown(text: str) -> str:
    """The cell as the report repeats it: short, without control characters."""
    plain = "".join(letter if letter.isprintable() else "·" for letter in text)
    return plain if len(plain) <= 80 else plain[:79] + "…"
