"""The names of time zones, read from the disk when they are first asked for."""

from functools import cache
from zoneinfo import available_timezones


@cache
def known() -> frozenset[str]:
    """Every name; Python walks through a thousand files for them each time it is asked."""
    return frozenset(available_timezones())
