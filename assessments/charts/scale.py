"""Axes: values and dates to horizontal positions, and the round numbers along the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import floor, log10

LETTER = 7.3  # average width of a letter at 13 px; drawings cannot measure their own text


def text_width(text: str) -> float:
    """Estimate how wide a text is drawn, in the units of the drawing."""
    return len(text) * LETTER


def clipped(text: str, width: float) -> str:
    """Shorten a text that would run past a width; the table beside has it whole."""
    room = int(width / LETTER)
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def ticks(maximum: float, most: int = 6) -> list[float]:
    """Return round values from 0 to the first one at or over the maximum."""
    rough = max(maximum, 1e-9) / (most - 1)
    power = 10 ** floor(log10(rough))
    step = next(power * by for by in (1, 2, 2.5, 5, 10) if power * by >= rough - 1e-12)
    count = -int(-maximum // step)
    return [round(step * index, 10) for index in range(max(count, 1) + 1)]


@dataclass(frozen=True)
class Line:
    """A stretch of the drawing from `left` to `right` that stands for `low` to `high`."""

    left: float
    right: float
    low: float
    high: float

    def at(self, value: float) -> float:
        """Return where a value lies, to a tenth."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return round(self.left + share * (self.right - self.left), 1)

    def on(self, day: date) -> float:
        """Return where a day lies on a line whose ends are ordinals."""
        return self.at(day.toordinal())


def years(first: date, last: date, most: int = 12) -> Iterator[date]:
    """Yield New Year's days between two dates, thinned out over long times."""
    step = -(-(last.year - first.year) // most) or 1
    for year in range(first.year + 1, last.year + 1, step):
        yield date(year, 1, 1)


def months(first: date, last: date, most: int = 8) -> Iterator[date]:
    """Yield first days of months between two dates, thinned out over long times."""
    start, end = first.year * 12 + first.month, last.year * 12 + last.month - 1
    step = -(-(end - start + 1) // most) or 1
    for month in range(start, end + 1, step):
        yield date(month // 12, month % 12 + 1, 1)
