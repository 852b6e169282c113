"""Pure rules for headcounts by track: which a leader may read, so that no sum gives one away.

A leader knows the placements of their reports and of their reports' reports by name. Only what is
unknown to them can be given away; that is counted here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from assessments.suppression import Line, hide

KINDS = ("shared", "staff", "manager", "")
"""The tracks, and nothing for who stands on no level."""
Counts = Mapping[str, int]
Shown = dict[str, int | None]
"""Counts by kind; None where a number is hidden."""
ALL = "all"


def each_alone(counts: Mapping[int, Counts], k: int) -> dict[int, Shown | None]:
    """What may be shown of each leader when nothing of theirs is known; None: no number at all.

    The headcount of a leader is no secret, so what is hidden must not follow from it either.
    """
    hidden = {leader: _hidden_alone(leader, counts[leader], k) for leader in counts}
    return {leader: _shown(counts[leader], hidden[leader]) for leader in counts}


def together(
    own: int, counts: Mapping[int, Counts], known: Mapping[int, Counts], k: int
) -> dict[int, Shown | None]:
    """What `own` may read about themselves and each of their reports who lead.

    `counts` has both; `known` is how many of these people `own` knows by name. The numbers of the
    reports add up to those of `own` but for who is known, so they are looked at together.
    """
    unknown = {
        leader: {kind: counts[leader].get(kind, 0) - known[leader].get(kind, 0) for kind in KINDS}
        for leader in counts
    }
    alone = {leader: _hidden_alone(leader, unknown[leader], k) for leader in counts}
    if any(cells is None for cells in alone.values()):
        alone[own] = None  # a sum over the reports would tell what one of them must not
        return {leader: _shown(counts[leader], alone[leader]) for leader in counts}
    reports = [leader for leader in counts if leader != own]
    lines = [_line(leader) for leader in counts]
    lines += [((own, kind), [(leader, kind) for leader in reports]) for kind in KINDS]
    hidden = hide(_cells(unknown), lines if reports else lines[:1], k)
    if any((leader, ALL) in hidden for leader in counts):
        return dict.fromkeys(counts)
    return {
        leader: _shown(counts[leader], {kind for kind in KINDS if (leader, kind) in hidden})
        for leader in counts
    }


def _hidden_alone(leader: int, counts: Counts, k: int) -> set[str] | None:
    hidden = hide(_cells({leader: counts}), [_line(leader)], k)
    if (leader, ALL) in hidden:
        return None
    return {kind for kind in KINDS if (leader, kind) in hidden}


def _line(leader: int) -> Line:
    return (leader, ALL), [(leader, kind) for kind in KINDS]


def _cells(counts: Mapping[int, Counts]) -> dict[Hashable, int]:
    cells: dict[Hashable, int] = {}
    for leader, numbers in counts.items():
        cells[leader, ALL] = sum(numbers.values())
        cells |= {(leader, kind): numbers.get(kind, 0) for kind in KINDS}
    return cells


def _shown(counts: Counts, hidden: Iterable[str] | None) -> Shown | None:
    if hidden is None:
        return None
    return {kind: None if kind in hidden else counts.get(kind, 0) for kind in KINDS}
