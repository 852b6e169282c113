"""Pure rules for the ways on from a level: up its track, into a branch, across at equal height."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

UP, BRANCH, ACROSS, BACK = "up", "branch", "across", "back"
_ORDER = {"shared": 0, "staff": 1, "manager": 2}


@dataclass(frozen=True)
class Rung:
    """A level as plain values: its key, its track's key and kind, and its height in the track."""

    key: str
    track: str
    kind: str
    order: int


Link = tuple[str, str, str]
"""From, type, to."""


def onward(here: Rung, rungs: Sequence[Rung], links: Iterable[Link]) -> list[tuple[str, str]]:
    """The next levels as (key, how): staff before manager, so that both tracks stand abreast.

    Links lead; without one, the next rung of the same track does. On the staff or manager track
    the other track joins in at equal height: a change of job, not a step up.
    """
    by_key, links = {rung.key: rung for rung in rungs}, list(links)
    found: dict[str, str] = {}
    for start, kind, end in links:
        if start == here.key and kind in ("precedes", "branches_to") and end in by_key:
            found[end] = UP if by_key[end].track == here.track else BRANCH
    if UP not in found.values() and (above := _above(here, rungs)):
        found[above.key] = UP
    if here.kind != "shared":
        for key in equals(here.key, links):
            if key in by_key and by_key[key].kind not in (here.kind, "shared"):
                found.setdefault(key, ACROSS)
    return sorted(found.items(), key=lambda way: _place(by_key[way[0]]))


def equals(key: str, links: Iterable[Link]) -> list[str]:
    """Levels of equal height; the link may have been written from either side."""
    pairs = [(start, end) for start, kind, end in links if kind == "equivalent"]
    return [end if start == key else start for start, end in pairs if key in (start, end)]


def back(key: str, links: Iterable[Link]) -> list[str]:
    """Where somebody may rejoin another track from this level."""
    return [end for start, kind, end in links if start == key and kind == "rejoins"]


def crossings(here: Rung, rungs: Sequence[Rung], links: Iterable[Link]) -> list[tuple[str, str]]:
    """Levels of another track that a change of job leads to, as (key, how).

    A branch into the manager track, a level of equal height, a level to rejoin. A branch into the
    staff track is a promotion and has its own way.
    """
    links = list(links)
    found = dict.fromkeys(back(here.key, links), BACK)
    found |= dict.fromkeys(equals(here.key, links), ACROSS)
    found |= {key: how for key, how in onward(here, rungs, links) if how == BRANCH}
    by_key = {rung.key: rung for rung in rungs}
    ends = [(by_key[key], how) for key, how in found.items() if key in by_key]
    return [
        (rung.key, how)
        for rung, how in sorted(ends, key=lambda end: _place(end[0]))
        if rung.track != here.track and not (how == BRANCH and rung.kind != "manager")
    ]


def keeps_grade(here: int | None, there: int | None, how: str) -> bool:
    """True when a change of job by `how` raises nobody; ranks are None where none is given.

    A branch is the ladder's own word that the next level is another job: it begins with a trial,
    which counts for the level held.
    """
    return how == BRANCH or here is None or there is None or there <= here


def _above(here: Rung, rungs: Sequence[Rung]) -> Rung | None:
    higher = [rung for rung in rungs if rung.track == here.track and rung.order > here.order]
    return min(higher, key=lambda rung: rung.order, default=None)


def _place(rung: Rung) -> tuple[int, int, str]:
    return (_ORDER.get(rung.kind, len(_ORDER)), rung.order, rung.key)
