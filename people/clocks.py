"""Pure arithmetic of time: a person's today, their local hours, months in level net of leave."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

MONTH = 365.2425 / 12

Interval = tuple[datetime.date, datetime.date | None]
"""From the first day, up to but not including the last; None where it is open."""


def today(zone: str, now: datetime.datetime) -> datetime.date:
    """The date on the wall of somebody in `zone` at the instant `now`."""
    return now.astimezone(ZoneInfo(zone)).date()


def at_local(date: datetime.date, hour: int, zone: str) -> datetime.datetime:
    """The instant, in UTC, of `hour` o'clock on `date` in `zone`.

    A wall time that a clock change skips moves forward; one that occurs twice is the first.
    """
    wall = datetime.datetime.combine(date, datetime.time(hour), tzinfo=ZoneInfo(zone))
    return wall.astimezone(datetime.UTC)


def previous_working_day(date: datetime.date, week: Iterable[int]) -> datetime.date:
    """`date`, or the last day before it that belongs to the working week (0 is Monday)."""
    return _nearest(date, week, -1)


def next_working_day(date: datetime.date, week: Iterable[int]) -> datetime.date:
    """`date`, or the first day after it that belongs to the working week (0 is Monday)."""
    return _nearest(date, week, 1)


def working_days(first: datetime.date, last: datetime.date, week: Iterable[int]) -> int:
    """How many days from `first`, up to but not including `last`, belong to the working week.

    An empty week has no day off, as everywhere here; part-time is a shorter week, never a slower
    clock.
    """
    days = set(week) or set(range(7))
    weeks, rest = divmod(max((last - first).days, 0), 7)
    return weeks * len(days) + sum((first.weekday() + n) % 7 in days for n in range(rest))


def after_working_days(date: datetime.date, count: int, week: Iterable[int]) -> datetime.date:
    """The `count`-th working day after `date`; `date` itself when `count` is 0."""
    days = set(week) or set(range(7))
    weeks, rest = divmod(max(count - 1, 0), len(days))
    date += datetime.timedelta(weeks=weeks)
    for _ in range(rest + 1 if count > 0 else 0):
        date = next_working_day(date + datetime.timedelta(days=1), days)
    return date


def _nearest(date: datetime.date, week: Iterable[int], step: int) -> datetime.date:
    days = set(week)
    if not days:
        return date
    while date.weekday() not in days:
        date += datetime.timedelta(days=step)
    return date


def days_in(intervals: Iterable[Interval], until: datetime.date) -> int:
    """Days that lie in any of `intervals` before `until`; overlaps count once."""
    total, reached = 0, datetime.date.min
    for first, last in sorted(intervals, key=lambda interval: interval[0]):
        start, end = max(first, reached), min(last or until, until)
        if end > start:
            total += (end - start).days
            reached = end
    return total


def net_days(held: Iterable[Interval], leave: Iterable[Interval], until: datetime.date) -> int:
    """Days of `held` before `until` that are not days of `leave`."""
    held = list(held)
    overlaps = [
        (max(start, away), _earlier(end, back))
        for start, end in held
        for away, back in leave
        if away < (end or datetime.date.max) and start < (back or datetime.date.max)
    ]
    return days_in(held, until) - days_in(overlaps, until)


def months(days: int) -> float:
    """Days as months of 30.44 days."""
    return days / MONTH


def _earlier(first: datetime.date | None, second: datetime.date | None) -> datetime.date | None:
    ends = [day for day in (first, second) if day is not None]
    return min(ends) if ends else None
