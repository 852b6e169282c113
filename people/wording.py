"""Dates and numbers as people say them: plain values in, plain text out."""

from datetime import date, datetime

NARROW = "\N{NARROW NO-BREAK SPACE}"


def in_days(day: date, today: date) -> str:
    """Say a date seen from today: "in 3 days, Friday", "in 8 days, Friday 20 November"."""
    distance = (day - today).days
    name = weekday(day, today, short=abs(distance) < 7)
    if distance == 0:
        return f"today, {name}"
    if abs(distance) == 1:
        return f"{'tomorrow' if distance > 0 else 'yesterday'}, {name}"
    return f"in {distance} days, {name}" if distance > 0 else f"{-distance} days ago, {name}"


def weekday(day: date, today: date, *, short: bool = False) -> str:
    """Name a day: "Friday", "Friday 20 November", with the year when it is another one."""
    if short:
        return f"{day:%A}"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def short_day(day: date) -> str:
    """Say "3 Nov 2026"."""
    return f"{day.day} {day:%b %Y}"


def long_day(day: date) -> str:
    """Say "12 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def moment(at: date) -> str:
    """Say "12 November 2026, 10:42" for an instant in the reader's zone; a date is just the day."""
    return f"{long_day(at)}, {at:%H:%M}" if isinstance(at, datetime) else long_day(at)


def number(value: float, decimals: int = 0) -> str:
    """Group thousands with a narrow space: 12400 becomes "12 400"."""
    return f"{value:,.{decimals}f}".replace(",", NARROW)


def percent(share: float, decimals: int = 1) -> str:
    """Say a share of one as a percentage: 0.064 becomes "6.4 %"."""
    return f"{share * 100:.{decimals}f}{NARROW}%"


def counted(count: int, forms: str) -> str:
    """Put a number before its noun: counted(3, "piece,pieces") becomes "3 pieces"."""
    one, _, many = forms.partition(",")
    return f"{number(count)} {one if count == 1 else many or one + 's'}"
