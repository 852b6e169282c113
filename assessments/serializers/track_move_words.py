"""How a move between the tracks is told: what happened, and who can see it."""

from __future__ import annotations

from assessments import track_move_states as states
from assessments.models import TrackMove
from assessments.track_move_states import State

WORDS = {
    "share": "Shared with the manager",
    "propose": "Proposed",
    "agree": "Agreed to by the person",
    "receive": "Welcomed by the receiving manager",
    "approve": "Approved",
    "send_back": "To be talked over again",
    "begin": "The trial began",
    "make_direct": "The job changed",
    "check_in": "A checkpoint was written",
    "ask_pulse": "The reports were asked how it is, without names",
    "stay": "The person wants to stay",
    "confirm": "Confirmed",
    "extend": "The trial was extended",
    "end": "Back home, as agreed",
    "run_out": "Back home with the last day, as agreed",
    "stop": "Stopped",
    "leave": "Stopped, as the person left",
}
_ALL = "Everything on this page."
_MENTOR = "Everything but what the reports say."


def audience(move: TrackMove, *, mine: bool) -> list[dict[str, str]]:
    """Who can see the page of this move now, and what each of them sees."""
    lines = [("You" if mine else move.person.name, "", _ALL)]
    if move.shared_at is None:
        if mine:
            lines.append(("Nobody else", "", "Not even that there is anything to see."))
        return _dicts(lines)
    manager = getattr(move, "_manager_name", None)
    if manager:
        sees = "Everything but the words of checkpoints and what the reports say."
        lines.append((manager, "your manager" if mine else "the manager", sees))
    if move.proposed_at is not None:
        if receives := getattr(move, "_receives_name", None):
            lines.append((receives, "receiving manager", _ALL))
        if move.mentor and move.state in states.AGREED:
            lines.append((move.mentor.name, "mentor, until the trial is over", _MENTOR))
        lines.append(("Human resources", "", _ALL))
    if move.state in states.ENDED and move.state != State.CONFIRMED:
        lines.append(("Nobody else", "", "How it ended is told to nobody else."))
    return _dicts(lines)


def _dicts(lines: list[tuple[str, str, str]]) -> list[dict[str, str]]:
    return [{"who": who, "relation": relation, "sees": sees} for who, relation, sees in lines]
