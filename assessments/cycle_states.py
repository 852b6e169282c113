"""The life of a review cycle, as one table."""

from dataclasses import dataclass

from people.refusals import Conflict

DRAFT, ANNOUNCED, CLOSED = "draft", "announced", "closed"
WORDS = {DRAFT: "a draft", ANNOUNCED: "running", CLOSED: "closed"}


@dataclass(frozen=True)
class Move:
    """From which states a move starts and where it ends; no target: the cycle stays."""

    label: str
    sources: frozenset[str]
    target: str | None = None


MOVES = {
    "change_phases": Move("Change the dates", frozenset({DRAFT})),
    "announce": Move("Announce the cycle", frozenset({DRAFT}), ANNOUNCED),
    "extend": Move("Extend a phase", frozenset({ANNOUNCED})),
    "close": Move("Close the cycle", frozenset({ANNOUNCED}), CLOSED),
}


def check(state: str, name: str) -> None:
    """Raise Conflict, with the reason, when `name` does not start from `state`."""
    sources = MOVES[name].sources
    if state not in sources:
        wanted = " or ".join(WORDS[source] for source in sorted(sources))
        raise Conflict(f"This cycle is {WORDS[state]}; this step is for a cycle that is {wanted}.")
