"""Pure: time on the manager track as experience, in plain facts and never by why it ended."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from people import clocks
from people.wording import counted

MANAGER = "manager"
WEEKS_UNTIL = 26 * 7  # days; from here on it is said in months
MONTHS_UNTIL = 24


@dataclass(frozen=True, slots=True)
class Spell:
    """One placement as far as experience goes: how it began and ended is left out."""

    track: str
    title: str
    since: datetime.date
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class Stint:
    """Placements on the manager track that follow each other; `ends_on` is None while it lasts."""

    text: str
    starts_on: datetime.date
    ends_on: datetime.date | None


def stints(spells: Iterable[Spell], today: datetime.date) -> list[Stint]:
    """The stints that began before `today`, newest first."""
    runs: list[list[Spell]] = []
    for spell in sorted(spells, key=lambda spell: spell.since):
        if spell.track != MANAGER or spell.since >= today:
            continue
        if runs and runs[-1][-1].until == spell.since:
            runs[-1].append(spell)
        else:
            runs.append([spell])
    return [_stint(run, today) for run in reversed(runs)]


def _stint(run: list[Spell], today: datetime.date) -> Stint:
    first, until = run[0].since, run[-1].until
    over = until is not None and until <= today
    end = until if until is not None and over else today
    titles = " and ".join(dict.fromkeys(spell.title for spell in run))
    last = (end - datetime.timedelta(days=1)).year
    years = f"{first.year}" if first.year == last else f"{first.year} to {last}"
    when = years if over else f"since {first.year}"
    text = f"{_length((end - first).days)} as {titles}{'' if over else ' so far'}, {when}"
    return Stint(text, first, until if over else None)


def _length(days: int) -> str:
    """Say days, weeks, months or years and months, always what is full."""
    if days < 7:
        return counted(days, "day")
    if days < WEEKS_UNTIL:
        return counted(days // 7, "week")
    months = int(clocks.months(days) + 0.05)
    if months < MONTHS_UNTIL:
        return counted(months, "month")
    rest = f" and {counted(months % 12, 'month')}" if months % 12 else ""
    return f"{counted(months // 12, 'year')}{rest}"
