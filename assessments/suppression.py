"""Pure rules for small cells: which numbers to hide so that no sum gives them away."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction

Line = tuple[Hashable, Sequence[Hashable]]
"""A total and the parts that add up to it; each is the key of a cell."""


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
    for total, parts in lines:
        if told.intersection([total, *parts]):
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
    unknown = list(hidden)
    place = {cell: column for column, cell in enumerate(unknown)}
    rows = []
    for total, parts in lines:
        row = [Fraction(0)] * len(unknown)
        for cell, sign in [(total, -1), *((part, 1) for part in parts)]:
            if cell in place:
                row[place[cell]] += sign
        rows.append(row)
    return {unknown[row.index(Fraction(1))] for row in _reduced(rows) if sum(map(bool, row)) == 1}


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Reduced row echelon form: a row with one entry is a cell that is told."""
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(done, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        lead = rows[done][column]
        rows[done] = [entry / lead for entry in rows[done]]
        for at, row in enumerate(rows):
            if at != done and row[column]:
                factor = row[column]
                rows[at] = [a - factor * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]
