"""Pure rules for small cells: which numbers to hide so that no sum gives them away."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction

Line = tuple[Hashable, Sequence[Hashable]]
"""A total and the parts that add up to it; each is the key of a cell."""
_Row = dict[Hashable, Fraction]


def hide(
    people: Mapping[Hashable, int],
    lines: Iterable[Line],
    k: int,
    already: Iterable[Hashable] = (),
) -> frozenset[Hashable]:
    """The cells to hide: those of 1 to k − 1 people, and what would give these away.

    `people` counts the people behind each cell; an empty cell hides nobody and stays. In every
    line, hidden cells are at least two, and where the total is shown they hold k people or more,
    so that neither one cell nor the complement of the shown ones can be told. `already` is hidden
    elsewhere and stays so.
    """
    lines = [(total, sorted(parts, key=repr)) for total, parts in lines]
    hidden = {cell for cell, count in people.items() if 0 < count < k} | set(already)
    while True:
        more = _next_to_hide(people, lines, hidden, k)
        if not more:
            return frozenset(hidden)
        hidden |= more


def _next_to_hide(
    people: Mapping[Hashable, int], lines: list[Line], hidden: set[Hashable], k: int
) -> set[Hashable]:
    for total, parts in lines:
        gone = [part for part in parts if part in hidden]
        if _gives_away(people, total, gone, hidden, k):
            return {_cheapest(people, total, parts, hidden)}
    told = told_by_sums(lines, hidden)
    if not told:
        return set()
    # Break the chain of sums: next to the cell that is told, else wherever cells are hidden.
    for near in (told, hidden):
        for total, parts in lines:
            if near.intersection([total, *parts]):
                candidate = _cheapest(people, total, parts, hidden)
                if candidate is not None:
                    return {candidate}
    return set()


def _gives_away(
    people: Mapping[Hashable, int],
    total: Hashable,
    gone: list[Hashable],
    hidden: set[Hashable],
    k: int,
) -> bool:
    """True when this line alone tells a hidden cell, or a hidden group under k people."""
    if total in hidden:
        return not gone
    return bool(gone) and (len(gone) == 1 or sum(people[cell] for cell in gone) < k)


def _cheapest(
    people: Mapping[Hashable, int],
    total: Hashable,
    parts: Sequence[Hashable],
    hidden: set[Hashable],
) -> Hashable | None:
    """The smallest shown part that holds people; the total when no part is left to hide."""
    shown = [part for part in parts if part not in hidden and people[part]]
    if shown:
        return min(shown, key=lambda part: people[part])
    return None if total in hidden else total


def told_by_sums(lines: Iterable[Line], hidden: Iterable[Hashable]) -> set[Hashable]:
    """The hidden cells whose value follows from the shown ones, by solving all lines at once."""
    unknown = set(hidden)
    solved: dict[Hashable, _Row] = {}
    holding: dict[Hashable, set[Hashable]] = defaultdict(set)
    for total, parts in lines:
        row = {part: Fraction(1) for part in parts if part in unknown}
        if total in unknown:
            row[total] = Fraction(-1)
        _solve(row, solved, holding)
    return {cell for cell, row in solved.items() if len(row) == 1}


def _solve(row: _Row, solved: dict[Hashable, _Row], holding: dict[Hashable, set[Hashable]]) -> None:
    """Take one more line into the solved form, in which each row is about a cell of its own.

    `holding` tells which rows hold a cell; lines share few cells, so rows stay short.
    """
    for cell in [cell for cell in row if cell in solved]:
        _subtract(row, solved[cell], row[cell])
    if not row:
        return
    cell, lead = next(iter(row.items()))
    row = {each: entry / lead for each, entry in row.items()}
    for other in list(holding[cell]):
        before = set(solved[other])
        _subtract(solved[other], row, solved[other][cell])
        for each in before - set(solved[other]):
            holding[each].discard(other)
        for each in set(solved[other]) - before:
            holding[each].add(other)
    solved[cell] = row
    for each in row:
        holding[each].add(cell)


def _subtract(row: _Row, other: _Row, factor: Fraction) -> None:
    for cell, entry in other.items():
        left = row.get(cell, Fraction(0)) - factor * entry
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
