"""Pure arithmetic of panels: who may sit, when a ballot counts, and what it says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST, LARGEST = 3, 7
UNRULED = "A member declared a conflict: it is ruled on first."


@dataclass(frozen=True)
class Voter:
    """What composition asks of one proposed voter; `rank` and `track` are those they stand on."""

    name: str
    rank: int | None
    track: str
    unit: int | None
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seatable:
    """What the panel is for."""

    rank: int | None
    track: str
    unit: int | None


@dataclass(frozen=True)
class Composition:
    """What is wrong with a panel: `errors` forbid it, `exceptions` need a written reason."""

    errors: tuple[str, ...]
    exceptions: tuple[str, ...]


def compose(voters: list[Voter], target: Seatable) -> Composition:
    """Check proposed voters against the rules of composition (product rules, section 4)."""
    errors = [f"{voter.name}: {conflict}" for voter in voters for conflict in voter.conflicts]
    if not SMALLEST <= len(voters) <= LARGEST:
        errors.append(f"A panel has {SMALLEST} to {LARGEST} voters; this one has {len(voters)}.")
    return Composition(tuple(errors), tuple(_exceptions(voters, target)))


def _exceptions(voters: list[Voter], target: Seatable) -> Iterable[str]:
    for voter in voters:
        if target.rank is not None and (voter.rank is None or voter.rank < target.rank):
            yield f"{voter.name} stands below the target's grade."
    if target.track in ("staff", "manager"):
        present = {voter.track for voter in voters}
        for track in ("staff", "manager"):
            if track not in present:
                yield f"Nobody from the {track} track sits on the panel."
    insiders = [voter for voter in voters if voter.unit is not None and voter.unit == target.unit]
    if len(insiders) > 1:
        yield f"{len(insiders)} voters come from the candidate's team; one at most is usual."


@dataclass(frozen=True)
class Tally:
    """The count of one round. `result` is None while the quorum is not reached."""

    voters: int
    yes: int
    not_yet: int
    abstain: int

    @property
    def cast(self) -> int:
        """Ballots that were cast, abstentions included."""
        return self.yes + self.not_yet + self.abstain

    @property
    def quorum(self) -> int:
        """Two thirds of those not recused, rounded up."""
        return math.ceil(self.voters * 2 / 3)

    @property
    def result(self) -> str | None:
        """promote, not_yet or split; a margin of one or less or a third abstaining is a split."""
        if self.voters < SMALLEST or self.cast < self.quorum:
            return None
        if abs(self.yes - self.not_yet) <= 1 or self.abstain * 3 >= self.cast:
            return "split"
        return "promote" if self.yes > self.not_yet else "not_yet"


def tally(voters: int, votes: Iterable[str]) -> Tally:
    """Count the standing votes ("yes", "not_yet", "abstain") of `voters` who are not recused."""
    counted = Counter(votes)
    return Tally(voters, counted["yes"], counted["not_yet"], counted["abstain"])
