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
