"""A history told twice: as a calendar that is filled day by day, and as the plans of rows.

The calendar knows nothing of spans, rests or supersession: it overwrites cells, and keeps a copy
after every step. What it says is true by looking at it.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field, replace

from people import succession

BEGIN = datetime.date(2020, 1, 1)
SLOTS = 24  # the last one stands for ever after
STEP = datetime.timedelta(days=30)


def day(slot: int) -> datetime.date:
    """The first day of a slot."""
    return BEGIN + slot * STEP


@dataclass
class Calendar:
    """Which fact holds in each slot; `told` keeps how it looked after each step."""

    cells: list[int | None] = field(default_factory=lambda: [None] * SLOTS)
    told: list[list[int | None]] = field(default_factory=list)

    def fill(self, fact: int | None, start: int, end: int | None) -> None:
        """`fact` holds from `start` up to but not including `end`."""
        for slot in range(start, end or SLOTS):
            self.cells[slot] = fact

    def runs(self) -> list[tuple[int, int, int]]:
        """(fact, first, end) of what stands, in order."""
        found: list[tuple[int, int, int]] = []
        for slot, fact in enumerate(self.cells):
            if fact is None:
                continue
            if found and found[-1][0] == fact and found[-1][2] == slot:
                found[-1] = (fact, found[-1][1], slot + 1)
            else:
                found.append((fact, slot, slot + 1))
        return found

    def correct(self, run: tuple[int, int, int], fact: int, start: int) -> None:
        """What stood in `run` was really `fact`, and began on `start`."""
        _, first, end = run
        before = self.cells[first - 1] if first else None
        self.fill(None, first, end)
        if start > first:
            self.fill(before, first, start)
        self.fill(fact, start, end)


@dataclass(frozen=True)
class Row:
    """One row as the table would hold it; `recorded` and `superseded` are numbers of steps."""

    fact: int
    span: succession.Span
    recorded: int
    superseded: int | None = None


class Rows:
    """The rows of one history, written by the algebra that the actions follow."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def place(self, fact: int, span: succession.Span, at: int) -> None:
        """A new fact."""
        self._follow(succession.giving_way(self._standing(), span), at)
        self.rows.append(Row(fact, span, at))

    def end(self, span: succession.Span, at: int) -> None:
        """Nothing holds in `span`."""
        self._follow(succession.giving_way(self._standing(), span), at)

    def correct(self, span: succession.Span, fact: int, new: succession.Span, at: int) -> None:
        """The standing row of `span` was wrong."""
        wrong = next(key for key, said in self._standing().items() if said == span)
        self._follow(succession.corrected(self._standing(), wrong, new), at)
        self.rows.append(Row(fact, new, at))

    def _standing(self) -> dict[int, succession.Span]:
        return {key: row.span for key, row in enumerate(self.rows) if row.superseded is None}

    def _follow(self, plan: dict[int, list[succession.Span]], at: int) -> None:
        for key, spans in plan.items():
            fact = self.rows[key].fact
            self.rows[key] = replace(self.rows[key], superseded=at)
            self.rows += [Row(fact, span, at) for span in spans]


def span(first: int, end: int | None) -> succession.Span:
    """Slots as days."""
    return day(first), None if end in (None, SLOTS) else day(end)


@dataclass(frozen=True)
class Step:
    """One thing that happens; `run` is what a correction corrects."""

    kind: str  # place, leave, correct
    fact: int
    start: int
    end: int | None = None
    run: tuple[int, int, int] | None = None


ANY = frozenset({"leave", "for a while"})


def history(
    dice: random.Random, steps: int, calendar: Calendar, also: frozenset[str] = ANY
) -> list[Step]:
    """Some steps that make sense one after another; `calendar` is filled by them."""
    told: list[Step] = []
    for fact in range(steps):
        step = _step(dice, fact, calendar, also)
        if step.kind == "correct":
            calendar.correct(step.run, fact, step.start)
        else:
            calendar.fill(fact if step.kind == "place" else None, step.start, step.end)
        calendar.told.append(list(calendar.cells))
        told.append(step)
    return told


def _step(dice: random.Random, fact: int, calendar: Calendar, also: frozenset[str]) -> Step:
    runs, chance = calendar.runs(), dice.random()
    if not runs or chance < 0.45:  # hired, moved, hired again; for a while or for good
        start = dice.randrange(SLOTS - 1)
        ends = "for a while" in also and dice.random() < 0.4
        return Step("place", fact, start, dice.randrange(start + 1, SLOTS) if ends else None)
    if "leave" in also and chance < 0.6:
        return Step("leave", fact, dice.randrange(SLOTS - 1))
    run = dice.choice(runs)
    start = dice.randrange(run[2]) if dice.random() < 0.6 else run[1]
    return Step("correct", fact, start, run=run)


def play(rows: Rows, step: Step, at: int) -> None:
    """The same step for the algebra."""
    if step.kind == "place":
        rows.place(step.fact, span(step.start, step.end), at)
    elif step.kind == "leave":
        rows.end(span(step.start, None), at)
    else:
        _, first, end = step.run
        rows.correct(span(first, end), step.fact, span(step.start, end), at)
