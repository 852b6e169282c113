"""The life of a move between the tracks, as one table."""

from dataclasses import dataclass

from django.db.models import TextChoices

from people.refusals import Conflict


class State(TextChoices):
    """Where a move stands."""

    EXPLORING = "exploring", "Exploring"
    DISCUSSED = "discussed", "Being discussed"
    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    IN_TRIAL = "in_trial", "On trial"
    EXTENDED = "extended", "On trial, extended"
    CONFIRMED = "confirmed", "Confirmed"
    RETURNED = "returned", "Returned"
    STOPPED = "stopped", "Stopped"


ENDED = frozenset({State.CONFIRMED, State.RETURNED, State.STOPPED})
OPEN = frozenset(State) - ENDED
ON_TRIAL = frozenset({State.IN_TRIAL, State.EXTENDED})
BEFORE_TRIAL = frozenset({State.EXPLORING, State.DISCUSSED, State.PROPOSED, State.APPROVED})
AGREED = ON_TRIAL | {State.APPROVED}


@dataclass(frozen=True)
class Move:
    """From which states a step starts and where it ends; no target: the move stays."""

    label: str
    sources: frozenset[State]
    target: State | None = None


_PLANNED = frozenset({State.PROPOSED, State.APPROVED})

MOVES = {
    "edit": Move("Change the note", frozenset({State.EXPLORING})),
    "share": Move("Share with your manager", frozenset({State.EXPLORING}), State.DISCUSSED),
    "propose": Move("Propose the move", frozenset({State.DISCUSSED}), State.PROPOSED),
    "agree": Move("Agree to the plan", frozenset({State.PROPOSED})),
    "receive": Move("Welcome the move", frozenset({State.PROPOSED})),
    "approve": Move("Approve the move", frozenset({State.PROPOSED}), State.APPROVED),
    "send_back": Move("Talk it over again", _PLANNED, State.DISCUSSED),
    "begin": Move("Begin the trial", frozenset({State.APPROVED}), State.IN_TRIAL),
    "make_direct": Move("Change the job", frozenset({State.APPROVED}), State.CONFIRMED),
    "check_in": Move("Write how it is going", ON_TRIAL),
    "ask_pulse": Move("Ask the reports how it is", ON_TRIAL),
    "stay": Move("Say that you want to stay", ON_TRIAL),
    "confirm": Move("Confirm the move", ON_TRIAL, State.CONFIRMED),
    "extend": Move("Extend the trial once", frozenset({State.IN_TRIAL}), State.EXTENDED),
    "end": Move("End the trial", ON_TRIAL, State.RETURNED),
    "run_out": Move("End with its last day", ON_TRIAL, State.RETURNED),
    "stop": Move("Stop this move", BEFORE_TRIAL, State.STOPPED),
    "leave": Move("End as the person left", OPEN, State.STOPPED),
}


def check(state: str, name: str) -> None:
    """Raise Conflict, with the reason, when the step `name` does not start from `state`."""
    sources = MOVES[name].sources
    if state in sources:
        return
    now = State(state).label.lower()
    wanted = " or ".join(State(source).label.lower() for source in State if source in sources)
    raise Conflict(f"This move is {now}; this step is for a move that is {wanted}.")


def edges() -> list[tuple[str, str]]:
    """Every (state, next state) that some step allows, for the trigger in the database."""
    pairs = {
        (source, move.target)
        for move in MOVES.values()
        if move.target
        for source in move.sources
        if source != move.target
    }
    return sorted((str(source.value), str(target.value)) for source, target in pairs)
