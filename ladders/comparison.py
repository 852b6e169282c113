"""Pure comparison of two levels: what changes from one to the other, competency by competency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

STATED, INHERITS = "stated", "inherits"


@dataclass(frozen=True)
class Cell:
    """What one level expects of one competency."""

    summary: str = ""
    statements: tuple[str, ...] = ()
    state: str = STATED

    @property
    def text(self) -> str:
        """The sentence that is compared: the summary, else the statements."""
        return self.summary or "\n".join(self.statements)


@dataclass(frozen=True)
class Difference:
    """One competency; kind is "same", "changed", "new" or "dropped"."""

    competency: str
    kind: str
    before: str
    after: str


def differences(
    competencies: Iterable[str],
    before: Mapping[str, Cell],
    after: Mapping[str, Cell],
    *,
    cumulative: bool = False,
) -> list[Difference]:
    """Compare two levels in the order of `competencies`; what neither expects is left out.

    In a cumulative ladder silence means "as before"; elsewhere it means that nothing is expected.
    """
    rows = []
    for key in competencies:
        old = _text(before.get(key), "")
        new = _text(after.get(key), old, cumulative=cumulative)
        if old or new:
            rows.append(Difference(key, _kind(old, new), old, new))
    return rows


def _text(cell: Cell | None, below: str, *, cumulative: bool = False) -> str:
    if cell is None:
        return below if cumulative else ""
    if cell.state == INHERITS:
        return cell.text or below
    return cell.text if cell.state == STATED else ""


def _kind(old: str, new: str) -> str:
    if old.split() == new.split():
        return "same"
    if not old:
        return "new"
    return "changed" if new else "dropped"
