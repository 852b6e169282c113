"""What the cells of whole columns say together, whatever batch they stand in, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from people.imports import dates, words
from people.imports.bosses import Choice
from people.imports.cells import shown
from people.imports.choosing import Places
from people.imports.fields import Field
from people.imports.files import Table
from people.imports.mapping import Mapping
from people.imports.report import ERROR, WARNING, Problem, Report

MOST_ASKED = 20
DOUBTED: dict[str, tuple[Callable[[str], bool], str]] = {
    "email": (
        lambda text: "@" in text,
        "Nothing here is an address; name the domain that completes these. Not read.",
    ),
    "status": (
        lambda text: bool(words.status(text)),
        "Nothing here is known as a status such as active or left. Not read.",
    ),
    "time_zone": (
        lambda text: "/" in text or text == "UTC",
        "Nothing here is known as a time zone such as Europe/Paris. Not read.",
    ),
}
"""Columns whose cells must look like what the heading says, and what is said where none does."""


@dataclass
class Facts:
    """Learnt from one batch of rows after the other. `asked` are words for a status that need
    somebody to say what they mean; `choice` says where managers are named."""

    order: dates.Order = field(default_factory=dates.Order)
    some: dict[str, str] = field(default_factory=dict)
    fits: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    choice: Choice | None = None

    def learn(self, texts: dict[str, list[str]], fields: list[Field]) -> None:
        """Look at the cells of further rows."""
        for name in (f.name for f in fields if f.kind == "date" and f.name in texts):
            self.order.learn(set(texts[name]))
        said = {text for text in set(texts.get("status", ())) if text.casefold() not in words.EMPTY}
        unknown = {text for text in said if text and not words.status(text)}
        self.asked = sorted({*self.asked, *unknown})[:MOST_ASKED]
        for name in [name for name in DOUBTED if name in texts and name not in self.fits]:
            cells = {text for text in set(texts[name]) if text} - words.EMPTY
            if any(DOUBTED[name][0](text) for text in cells):
                self.fits.add(name)
            elif cells:
                self.some[name] = min(cells | {self.some.get(name) or min(cells)})

    def decided(self) -> tuple[str, list[str], Choice | None]:
        """What follows: how days are written, which columns are something else, who leads."""
        return self.order.said, [name for name in self.some if name not in self.fits], self.choice

    def leave_out(self, places: Places, mapping: Mapping, table: Table, report: Report) -> None:
        """Columns that a heading promised but whose cells hold something else are not read."""
        for name in self.decided()[1]:
            meant = mapping.email_domain if name == "email" else name in mapping.columns
            if meant or name in mapping.values or name not in places:
                continue
            heading = " + ".join(table.heading[at] for at in places.pop(name))
            why, value = DOUBTED[name][1], shown(self.some[name])
            line = table.heading_line
            report.problems.append(Problem(line, heading, why, WARNING, "column", value))

    def first(
        self, places: Places, mapping: Mapping, fields: list[Field], table: Table, report: Report
    ) -> str:
        """Whether days or months come first in this file; one that leaves it open is stopped."""
        if self.order.said != dates.UNSURE:
            return self.order.said
        if self.order.open and not mapping.date_format:
            names = [f.name for f in fields if f.kind == "date" and f.name in places]
            column = " + ".join(table.heading[at] for name in names for at in places[name])
            why = "Does the day or the month come first here? The file does not say; choose it."
            value = shown(self.order.open)
            report.problems.append(Problem(0, column, why, ERROR, "order", value))
        return dates.DAY_FIRST
