"""Pure: the days on which a running cycle keeps what people are measured by still."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

LAST = "communication"


class Phase(NamedTuple):
    """What the window needs to know of a phase."""

    kind: str
    opens_on: datetime.date
    grace_until: datetime.date


class Window(NamedTuple):
    """The first and the last day, both inside."""

    first: datetime.date
    last: datetime.date

    def holds(self, day: datetime.date) -> bool:
        """True when `day` lies inside."""
        return self.first <= day <= self.last


def window(phases: Iterable[Phase]) -> Window | None:
    """From the day the first phase opens to the end of the grace of the communication phase.

    Without that phase the latest grace ends it; None for a cycle without phases.
    """
    known = list(phases)
    if not known:
        return None
    told = [phase.grace_until for phase in known if phase.kind == LAST]
    last = told or [phase.grace_until for phase in known]
    return Window(min(phase.opens_on for phase in known), max(last))
