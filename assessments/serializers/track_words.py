"""The sentences of My track: who stands where, for how long, and what leads on."""

from __future__ import annotations

from collections.abc import Callable

from assessments.tracks import ONESELF, Way
from ladders.models import Placement
from people import clocks
from people.wording import counted

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WEEKS_BELOW = 60  # days; shorter stays are told in weeks


def headline(way: Way) -> str:
    """Say "You are a Senior Engineer"."""
    you = ONESELF in way.relations
    who = "You are" if you else f"{way.person.name} is"
    if way.level is None:
        return f"{who} on no ladder yet"
    title = way.level.title
    article = "an" if title[:1].lower() in "aeiou" else "a"
    now = way.placements[way.standing.now]
    trial = f", on trial as {now.level.title}" if now.kind == Placement.Kind.TRIAL else ""
    return f"{who} {article} {title}{trial}"


def served(net: int, away: int, *, told: bool) -> str:
    """Say "14 months, net of 4 months on leave"; leave is told only to those who may know of it.

    Time served counts whole months, as ages do. An absence is told as the nearest number: four
    months of the calendar are seldom four times a twelfth of a year.
    """
    time = _long(net, int)
    return f"{time}, net of {_long(away, round)} on leave" if told and away else time


def _long(days: int, whole: Callable[[float], int]) -> str:
    if days < WEEKS_BELOW:
        return counted(whole(days / 7), "week,weeks") if days >= 7 else counted(days, "day,days")
    return counted(whole(clocks.months(days)), "month,months")


def what_next(way: Way) -> str:
    """Say how many ways lead on, and to what height."""
    levels = [level for level, _ in way.onward]
    if not levels:
        return "No level lies above this one." if way.level else ""
    grades = {level.grade.rank for level in levels if level.grade}
    height = f" to grade {grades.pop()}" if len(grades) == 1 else ""
    if len(levels) == 1:
        return f"One way leads on{height}: {levels[0].title}."
    both = "both" if len(levels) == 2 else "all"
    count = NUMBERS[len(levels)] if len(levels) < len(NUMBERS) else str(len(levels))
    return f"{count.capitalize()} ways lead on{f', {both}{height}' if height else ''}."
