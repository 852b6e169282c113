"""What every report is: a question, columns, rows, a total, and how they were counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.reports.parameters import NAMES, Parameters

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column; kind is "text", "count", "number", "share" or "flag"."""

    name: str
    label: str
    kind: str = "text"


@dataclass(frozen=True)
class Definition:
    """How a report counts, in words."""

    definition: str
    formula: str
    numerator: str
    denominator: str
    population: str


@dataclass
class Answer:
    """What one run found. `excluded` and `versions` come from the same statement as the rows."""

    sentence: str
    columns: Sequence[Column]
    rows: list[Row]
    total: Row
    excluded: list[dict[str, Any]] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    suppressed: int = 0


@dataclass(frozen=True)
class Report:
    """One entry of the catalogue; `run` takes parameters and answers in one statement.

    `today_only`: it is about now and takes nothing but a unit. `names_people`: it is for HR alone.
    """

    id: str
    title: str
    question: str
    definition: Definition
    group_bys: tuple[str, ...]
    takes_period: bool
    run: Callable[[Parameters], Answer]
    chart: Callable[[Answer], dict[str, Any]]
    today_only: bool = False
    names_people: bool = False

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of what it may be asked."""
        if self.today_only:
            return ("unit",)
        return NAMES if self.takes_period else NAMES[:-2]
