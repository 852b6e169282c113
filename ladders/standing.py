"""Pure arithmetic of placements: which level somebody holds, and since when its clock runs."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from people import clocks

HIRE, TRIAL, RELEVEL = "hire", "trial", "relevel"


@dataclass(frozen=True)
class Stand:
    """One placement as plain values; `rung` is the same for a level in every ladder version.
    `credited` says that HR lets time before an absence count.
    """

    rung: tuple[int, str]
    kind: str
    since: datetime.date
    until: datetime.date | None
    credited: bool = False


@dataclass(frozen=True)
class Standing:
    """The placement of today, the one whose level is held, and the stands its clock counts."""

    now: int
    held: int
    clock: tuple[int, ...]


def on(stands: Sequence[Stand], day: datetime.date) -> Standing | None:
    """Where somebody stands on `day`; `stands` are in order of time. None: nowhere.

    A trial counts for the level held before it, a relevel keeps the clock, any other change of
    level starts it anew, and so does being hired again or standing nowhere in between, unless HR
    credits the earlier time. Coming back from a trial to the level held changes nothing.
    """
    now = _at(stands, day)
    if now is None:
        return None
    held = _held(stands, now)
    clock = [now]
    for at in range(now, 0, -1):
        if not _carries_on(stands, at, held):
            break
        held = _held(stands, at - 1) if stands[at].kind == RELEVEL else held
        clock.append(at - 1)
    return Standing(now, _held(stands, now), tuple(reversed(clock)))


def net_days(
    stands: Sequence[Stand],
    standing: Standing,
    leave: Sequence[clocks.Interval],
    day: datetime.date,
) -> int:
    """Days in the level held before `day`, net of `leave`."""
    spans = [(stands[at].since, stands[at].until) for at in standing.clock]
    return clocks.net_days(spans, leave, day)


def _at(stands: Sequence[Stand], day: datetime.date) -> int | None:
    for at, stand in enumerate(stands):
        if stand.since <= day and (stand.until is None or day < stand.until):
            return at
    return None


def _held(stands: Sequence[Stand], at: int) -> int:
    """The placement whose level is held at `at`: on trial, the last one that is no trial."""
    for earlier in range(at, -1, -1):
        if stands[earlier].kind != TRIAL:
            return earlier
    return at


def _carries_on(stands: Sequence[Stand], at: int, held: int) -> bool:
    """True when the clock that runs at `at` already ran in the placement before it."""
    stand = stands[at]
    if stand.kind == RELEVEL:
        return True
    anew = stand.kind == HIRE or stands[at - 1].until != stand.since
    if anew and not stand.credited:
        return False
    return stands[_held(stands, at - 1)].rung == stands[held].rung
