"""Whom a cell means when it names a manager: by number, by e-mail address, or by name."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from people.folding import fold
from people.imports import words
from people.imports.cells import Bad
from people.imports.columns import Sheet
from people.imports.organisation import Organisation
from people.imports.report import Problem, Report

NAMED = 4  # numbers that a message names


class Everybody:
    """The people of the file and of the database, found by whatever a cell says about them."""

    def __init__(self, sheet: Sheet, known: Organisation) -> None:
        self.sheet, self.known = sheet, known
        self.numbers = set(filter(_is_text, sheet.columns["employee_number"]))

    def find(self, text: str) -> str | list[str]:
        """The key of one person, or everybody whom the text could mean: none or several."""
        if text in self.numbers or text in self.known.people:
            return text
        if "@" in text:
            return self.by_email.get(text.lower()) or []
        name, number = words.numbered(text)
        if number and (number in self.numbers or number in self.known.people):
            return number
        if text.isdecimal():
            return _only(self.by_figure.get(text.lstrip("0"), []))
        return _only(self.named(text) or self.named(name))

    def named(self, text: str) -> list[str]:
        """Everybody of that name."""
        exactly = self.by_name.get(fold(words.name(text)), ())
        return sorted(exactly or self.by_loose_name.get(words.loosely(text), ()))

    @cached_property
    def by_email(self) -> dict[str, str]:
        """The file has the last word."""
        found = {email: person.key for email, person in self.known.by_email.items()}
        return found | {email: number for number, email in self._of_file("email")}

    @cached_property
    def by_name(self) -> dict[str, set[str]]:
        """Names without case and accents."""
        found: dict[str, set[str]] = defaultdict(set)
        for number, name in self._of_file("name"):
            found[fold(name)].add(number)
        for key, person in self.known.people.items():
            found[fold(person.name)].add(key)
        return found

    @cached_property
    def by_loose_name(self) -> dict[str, set[str]]:
        """Names without order, initials and marks."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, keys in self.by_name.items():
            found[words.loosely(name)] |= keys
        return found

    @cached_property
    def by_figure(self) -> dict[str, list[str]]:
        """Numbers without the zeros before them."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.numbers | self.known.people.keys():
            found[key.lstrip("0")].append(key)
        return found

    def _of_file(self, name: str) -> list[tuple[str, str]]:
        column = self.sheet.columns.get(name, [])
        pairs = zip(self.sheet.columns["employee_number"], column, strict=False)
        return [(number, text) for number, text in pairs if _is_text(number) and _is_text(text)]


def resolve(sheet: Sheet, known: Organisation, report: Report) -> None:
    """Put employee numbers where the file names managers, and plain names where it names teams."""
    everybody = Everybody(sheet, known)
    if "manager" in sheet.columns:
        column = sheet.columns["manager"]
        found = {text: everybody.find(text) for text in set(column) if _is_text(text)}
        sheet.columns["manager"] = [
            _chosen(found, text, at, sheet, report) for at, text in enumerate(column)
        ]
    if "team" in sheet.columns:
        _without_leaders(sheet, known, everybody)


def _chosen(
    found: dict[str, str | list[str]], text: Any, at: int, sheet: Sheet, report: Report
) -> Any:
    if not _is_text(text):
        return text
    choice = found[text]
    if isinstance(choice, str):
        return choice
    if not choice:
        return text  # a stranger, who is named among the problems later
    named = ", ".join(choice[:NAMED]) + (" …" if len(choice) > NAMED else "")
    why = f"{len(choice)} people are called that: {named}. Write the employee number."
    report.problems.append(Problem(sheet.lines[at], "Manager", why, code="names", value=text))
    return Bad(why)


def _without_leaders(sheet: Sheet, known: Organisation, everybody: Everybody) -> None:
    """“Payments (Vera Top)” is the team Payments, whoever leads it."""
    column = sheet.columns["team"]
    plain = {}
    for text in set(column):
        if _is_text(text) and text.endswith(")") and known.team_key(text) is None:
            team, _, leader = text[:-1].partition(" (")
            leader = leader.partition(" (")[0].rstrip(")")
            if team.strip() and leader and everybody.named(leader):
                plain[text] = team.strip()
    if plain:
        sheet.columns["team"] = [plain.get(text, text) for text in column]


def _only(found: list[str]) -> str | list[str]:
    return found[0] if len(found) == 1 else found


def _is_text(value: Any) -> bool:
    return value.__class__ is str
