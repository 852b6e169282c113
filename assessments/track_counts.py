"""Pure rules for headcounts by track: which a leader may read, so that no sum gives one away.

A leader knows the placements of their reports and of their reports' reports by name. Only what is
unknown to them can be given away; that is counted here.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.suppression import Line, hide

KINDS = ("shared", "staff", "manager", "")
"""The tracks, and nothing for who stands on no level."""
Counts = Mapping[str, int]
Shown = dict[str, int | None]
"""Counts by kind; None where a number is hidden."""
ALL, REST = "all", "rest"
MOST_TOLD_APART = 60  # reports who lead; beyond, no numbers of theirs are shown to who leads them
Hidden = set[str] | None
"""The kinds whose numbers are hidden; None: all, and whether there is anybody."""


@dataclass(frozen=True)
class Family:
    """A leader with those of their reports who lead."""

    leader: int
    reports: Collection[int]


def each_alone(counts: Mapping[int, Counts], k: int) -> dict[int, Shown | None]:
    """What may be shown of each leader when nothing of theirs is known; None: no number at all.

    The headcount of a leader is no secret, so what is hidden must not follow from it either.
    """
    hidden = {leader: _hidden_alone(leader, counts[leader], k) for leader in counts}
    return {leader: _shown(counts[leader], hidden[leader]) for leader in counts}


def from_above(
    families: Sequence[Family], counts: Mapping[int, Counts], known: Mapping[int, Counts], k: int
) -> dict[int, Shown | None]:
    """What the first leader may read of themselves and of each report in the `families`.

    Each family after the first is that of a report in the one before, so an answer is the same
    whichever way leads to it. `known` is how many of the people counted the first leader knows by
    name. Where a number is hidden it stays so further down: a sum would tell it.
    """
    unknown = {
        leader: {
            kind: max(0, each.get(kind, 0) - known.get(leader, {}).get(kind, 0)) for kind in KINDS
        }
        for leader, each in counts.items()
    }
    first = families[0].leader
    hidden = {first: _hidden_alone(first, unknown[first], k)}
    for family in families:
        hidden |= _told_apart(family, unknown, hidden.get(family.leader), k)
    return {leader: _shown(counts[leader], cells) for leader, cells in hidden.items()}


def _told_apart(
    family: Family, unknown: Mapping[int, Counts], above: Hidden, k: int
) -> dict[int, Hidden]:
    """What is hidden of each report. The smallest are counted with those who lead nobody, until
    all others can be told from them."""
    sizes = {leader: sum(unknown[leader].values()) for leader in family.reports}
    found: dict[int, Hidden] = dict.fromkeys(sizes)
    found |= {leader: set() for leader, size in sizes.items() if not size}  # all known by name
    if above is None or sum(map(bool, sizes.values())) > MOST_TOLD_APART:
        return found
    apart = sorted((leader for leader in sizes if sizes[leader] >= k), key=lambda pk: sizes[pk])
    fewer = 0
    while fewer < len(apart):
        told = _apart(family.leader, apart[fewer:], unknown, above, k)
        if told is not None:
            return found | told
        fewer = 2 * fewer or 1
    return found


def _apart(
    leader: int, apart: Sequence[int], unknown: Mapping[int, Counts], above: set[str], k: int
) -> dict[int, Hidden] | None:
    """What is hidden of those who are told apart; None when so many cannot be."""
    rest = {
        kind: max(0, unknown[leader][kind] - sum(unknown[report][kind] for report in apart))
        for kind in KINDS
    }
    parts: dict[Hashable, Counts] = {report: unknown[report] for report in apart}
    if any(rest.values()):
        parts[REST] = rest
    cells = _cells({leader: unknown[leader]} | parts)
    lines = [_line(each) for each in (leader, *parts)]
    lines += [((leader, kind), [(part, kind) for part in parts]) for kind in KINDS]
    already = {(part, kind) for part in (leader, *parts) for kind in above if cells[part, kind]}
    hidden = hide(cells, lines, k, already)
    told = {(each, ALL) for each in (leader, *parts)}  # sizes are no secret
    told |= {(leader, kind) for kind in KINDS if kind not in above}
    if hidden & told:
        return None
    return {report: {kind for kind in KINDS if (report, kind) in hidden} for report in apart}


def _hidden_alone(leader: int, counts: Counts, k: int) -> Hidden:
    hidden = hide(_cells({leader: counts}), [_line(leader)], k)
    if (leader, ALL) in hidden:
        return None
    return {kind for kind in KINDS if (leader, kind) in hidden}


def _line(leader: Hashable) -> Line:
    return (leader, ALL), [(leader, kind) for kind in KINDS]


def _cells(counts: Mapping[Any, Counts]) -> dict[Hashable, int]:
    cells: dict[Hashable, int] = {}
    for leader, numbers in counts.items():
        cells[leader, ALL] = sum(numbers.values())
        cells |= {(leader, kind): numbers.get(kind, 0) for kind in KINDS}
    return cells


def _shown(counts: Counts, hidden: Iterable[str] | None) -> Shown | None:
    if hidden is None:
        return None
    shown = {kind: None if kind in hidden else counts.get(kind, 0) for kind in KINDS}
    return shown if any(shown.values()) or not hidden else None
