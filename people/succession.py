"""Pure: how dated facts give way to one another. What stood is never changed, only followed.

A span runs from its first day up to but not including its last; None is open. A plan says of each
row that is superseded which spans it is written again for; rows that it does not name stay.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Mapping
from typing import TypeVar

Day = datetime.date | None
Span = tuple[Day, Day]
Key = TypeVar("Key", bound=Hashable)
FIRST, LAST = datetime.date.min, datetime.date.max


def overlaps(one: Span, other: Span) -> bool:
    """True when some day lies in both."""
    starts, ends = max(one[0] or FIRST, other[0] or FIRST), min(one[1] or LAST, other[1] or LAST)
    return starts < ends


def rests(old: Span, new: Span) -> list[Span]:
    """What is left of `old` before and after `new`; either may be open at its ends.

    >>> rests((1, 9), (3, 5))
    [(1, 3), (5, 9)]
    """
    left: list[Span] = []
    if new[0] is not None and (old[0] is None or old[0] < new[0]):
        left.append((old[0], min(new[0], old[1] or new[0])))
    if new[1] is not None and (old[1] is None or old[1] > new[1]):
        left.append((max(new[1], old[0] or new[1]), old[1]))
    return left


def giving_way(standing: Mapping[Key, Span], new: Span) -> dict[Key, list[Span]]:
    """A new fact takes the span `new`: each row it meets keeps what lies outside."""
    return {key: rests(span, new) for key, span in standing.items() if overlaps(span, new)}


def corrected(standing: Mapping[Key, Span], wrong: Key, new: Span) -> dict[Key, list[Span]]:
    """The fact `wrong` was really true for `new`: it gives way whole, and its days go on.

    What began earlier than it said takes from the rows before; what began later leaves its first
    days to the row that it followed, so that a corrected date leaves no hole. The end likewise.
    """
    old = standing[wrong]
    plan: dict[Key, list[Span]] = {wrong: []}
    for key, span in standing.items():
        if key == wrong:
            continue
        longer = _stretched(span, old, new)
        if overlaps(longer, new):
            plan[key] = rests(longer, new)
        elif longer != span:
            plan[key] = [longer]
    return plan


def hull(one: Span, other: Span) -> Span:
    """The shortest span that holds both."""
    first = None if None in (one[0], other[0]) else min(one[0] or FIRST, other[0] or FIRST)
    last = None if None in (one[1], other[1]) else max(one[1] or LAST, other[1] or LAST)
    return first, last


def _stretched(span: Span, old: Span, new: Span) -> Span:
    """A neighbour of `old` with the days that `new` leaves free."""
    first, last = span
    if old[0] is not None and last == old[0] and (new[0] or FIRST) > old[0]:
        last = min(new[0] or LAST, old[1] or LAST)
    if old[1] is not None and first == old[1] and (new[1] or LAST) < old[1]:
        first = max(new[1] or FIRST, old[0] or FIRST)
    return first, last
