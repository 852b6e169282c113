"""Pure: when a manager last worked hands-on, from where they stood. Advice, never a rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

Stay = tuple[str, datetime.date, datetime.date | None]
"""The track of a placement, its first day, and the first day after it; None while it is open."""
HANDS_ON = frozenset({"shared", "staff"})
YEAR = 365.2425
RECENT, LONG = 2, 5  # years


@dataclass(frozen=True)
class HandsOn:
    """The last day on a shared or staff level, and what that suggests."""

    last_day: datetime.date
    years: float
    advice: str


def of(stays: Iterable[Stay], today: datetime.date) -> HandsOn | None:
    """Since when somebody who manages `today` is away from hands-on work.

    None for those who do not manage, and where nothing is known from before they did. A trial as
    a manager is time as a manager.
    """
    rows = [(track, since, until) for track, since, until in stays if since <= today]
    now = [track for track, _, until in rows if until is None or today < until]
    ends = [until for track, _, until in rows if track in HANDS_ON and until is not None]
    if now != ["manager"] or not ends:
        return None
    last = max(ends) - datetime.timedelta(days=1)
    years = (today - last).days / YEAR
    return HandsOn(last, round(years, 1), _advice(years))


def _advice(years: float) -> str:
    if years < RECENT:
        return "Your own hands-on work is recent. Small pieces of it keep it so."
    if years < LONG:
        return (
            "Managers with recent hands-on work are trusted more in technical matters. Reviews, "
            "a small tool or a rotation bring some of it back."
        )
    return (
        "The craft has moved since. A rotation or a time on the staff track is a usual step for "
        "managers, and it counts as experience when you lead again."
    )
