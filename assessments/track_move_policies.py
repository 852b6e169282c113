"""Who may take which step of a move between the tracks. Nothing here asks about state.

Moves come from `TrackMove.objects.for_display()`; `person` is None when the clock acts.
"""

from __future__ import annotations

from assessments.models import PulseAnswer, TrackMove
from people.models import Person, Role
from people.refusals import Denied, Verdict

ONESELF, MANAGER, RECEIVING = "oneself", "manager", "receiving"
MENTOR, HR = "mentor", "hr"
CLOCK = frozenset({"begin", "make_direct", "run_out", "leave"})

_own = "Only the person whose move it is may do this."
_clock = "The clock does this on its day."

STEPS: dict[str, tuple[frozenset[str], str]] = {
    "edit": (frozenset({ONESELF}), _own),
    "share": (frozenset({ONESELF}), _own),
    "propose": (
        frozenset({ONESELF, MANAGER}),
        "The person proposes the move, or their manager for them.",
    ),
    "agree": (frozenset({ONESELF}), "Only the person whose move it is agrees to the plan."),
    "receive": (frozenset({RECEIVING}), "Only the receiving manager welcomes the move."),
    "approve": (frozenset({HR}), "Only HR approves a move, and not their own."),
    "send_back": (
        frozenset({MANAGER, RECEIVING, HR}),
        "The manager, the receiving manager or HR ask to talk it over again.",
    ),
    "begin": (frozenset(), _clock),
    "make_direct": (frozenset(), _clock),
    "check_in": (
        frozenset({ONESELF, RECEIVING}),
        "The person and the receiving manager write how it is going.",
    ),
    "ask_pulse": (
        frozenset({ONESELF, RECEIVING, HR}),
        "The person, the receiving manager or HR ask for a pulse.",
    ),
    "stay": (frozenset({ONESELF}), "Only the person says that they want to stay."),
    "confirm": (frozenset({HR}), "Only HR confirms a move, and not their own."),
    "extend": (
        frozenset({RECEIVING, HR}),
        "The receiving manager or HR extend a trial.",
    ),
    "end": (
        frozenset({ONESELF, RECEIVING, HR}),
        "The person, the receiving manager or HR end a trial.",
    ),
    "run_out": (frozenset(), _clock),
    "stop": (
        frozenset({ONESELF, MANAGER, HR}),
        "The person, their manager or HR stop a move that has not begun.",
    ),
    "leave": (frozenset(), _clock),
}
"""Step → who may take it, and the words of the refusal."""


def may(name: str, person: Person | None, move: TrackMove) -> Verdict:
    """The verdict on one person taking one step of one move."""
    if person is None:
        return True if name in CLOCK else Denied("Only people may do this.")
    allowed, refusal = STEPS[name]
    return True if relations(person, move) & allowed else Denied(refusal)


def answers(person: Person, row: PulseAnswer) -> Verdict:
    """The verdict on one person answering a pulse in the row of somebody who was asked."""
    if person.pk == row.person_id:
        return True
    return Denied("Only who was asked answers, each for themselves.")


def relations(person: Person, move: TrackMove) -> frozenset[str]:
    """How somebody stands to a move; its person is nothing but its person, whatever their role."""
    if person.pk == move.person_id:
        return frozenset({ONESELF})
    found = {
        MANAGER: person.pk == getattr(move, "_manager_id", None),
        RECEIVING: person.pk == getattr(move, "_receives_id", None),
        MENTOR: person.pk == move.mentor_id,
        HR: person.has_role(Role.HR),
    }
    return frozenset(relation for relation, holds in found.items() if holds)
