"""The life of a promotion case, as one table."""

from dataclasses import dataclass

from django.db.models import TextChoices

from people.refusals import Conflict


class State(TextChoices):
    """Where a case stands."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    GATHERING = "gathering", "Gathering feedback"
    FROZEN = "frozen", "Frozen"
    IN_REVIEW = "in_review", "In review"
    RECOMMENDED = "recommended", "Recommended"
    DECIDED = "decided", "Decided"
    COMMUNICATED = "communicated", "Communicated"
    SCHEDULED = "scheduled", "Scheduled"
    EFFECTIVE = "effective", "Effective"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    LAPSED = "lapsed", "Lapsed"
    CANCELLED = "cancelled", "Cancelled"


class Outcome(TextChoices):
    """What was decided."""

    APPROVED = "approved", "Approved"
    APPROVED_NO_SEAT = "approved_no_seat", "Approved, no seat yet"
    DEFERRED = "deferred", "Deferred"
    DECLINED = "declined", "Declined"


NOT_PROMOTED = frozenset({Outcome.DEFERRED, Outcome.DECLINED})


class Preset(TextChoices):
    """The two shapes of the procedure."""

    COMMITTEE = "committee", "Committee"
    LIGHTWEIGHT = "lightweight", "Lightweight"


ENDED = frozenset({State.EFFECTIVE, State.CLOSED, State.WITHDRAWN, State.LAPSED, State.CANCELLED})
OPEN = frozenset(State) - ENDED
BEFORE_FREEZE = frozenset({State.DRAFT, State.SUBMITTED, State.GATHERING})
BEFORE_COMMUNICATION = BEFORE_FREEZE | {
    State.FROZEN,
    State.IN_REVIEW,
    State.RECOMMENDED,
    State.DECIDED,
}
TOLD = frozenset({State.COMMUNICATED, State.SCHEDULED, State.EFFECTIVE, State.CLOSED})
APPROVER_SEES = (frozenset(State) - BEFORE_FREEZE) | {State.SUBMITTED}
DELIBERATED = frozenset({State.IN_REVIEW, State.RECOMMENDED, State.DECIDED}) | TOLD


@dataclass(frozen=True)
class Move:
    """From which states a move starts and where it ends; no target: the case stays.

    `lightweight` replaces the sources where no committee sits; an empty set closes the move there.
    """

    label: str
    sources: frozenset[State]
    target: State | None = None
    lightweight: frozenset[State] | None = None

    def starts_from(self, preset: str) -> frozenset[State]:
        """The states in which this move is open under a preset."""
        if preset == Preset.LIGHTWEIGHT and self.lightweight is not None:
            return self.lightweight
        return self.sources


NEVER: frozenset[State] = frozenset()
DECIDABLE = {
    "sources": frozenset({State.RECOMMENDED}),
    "lightweight": frozenset({State.SUBMITTED}),
}

MOVES = {
    "edit": Move("Edit the case", frozenset({State.DRAFT})),
    "write_own_section": Move("Write own section", BEFORE_FREEZE),
    "attach": Move("Attach evidence", BEFORE_FREEZE),
    "submit": Move("Submit case", frozenset({State.DRAFT}), State.SUBMITTED),
    "send_back": Move("Send back", frozenset({State.SUBMITTED, State.GATHERING}), State.DRAFT),
    "repin": Move("Move to the published version", BEFORE_FREEZE),
    "hand_over": Move("Hand the case over", BEFORE_COMMUNICATION),
    "ask_handover": Move("Ask for a handover statement", BEFORE_FREEZE),
    "write_handover": Move("Write your handover statement", BEFORE_FREEZE),
    "gather": Move("Ask for feedback", frozenset({State.SUBMITTED}), State.GATHERING, NEVER),
    "ask_another": Move("Ask one more person", frozenset({State.GATHERING}), None, NEVER),
    "endorse": Move("Endorse", frozenset({State.SUBMITTED, State.GATHERING}), None, NEVER),
    "sponsor": Move("Add a sponsor's word", frozenset({State.SUBMITTED, State.GATHERING})),
    "freeze": Move("Freeze the packet", frozenset({State.GATHERING}), State.FROZEN, NEVER),
    "assign_panel": Move(
        "Name the panel",
        frozenset({State.FROZEN, State.IN_REVIEW}),
        State.IN_REVIEW,
        NEVER,
    ),
    "declare_conflict": Move("Declare a conflict", frozenset({State.IN_REVIEW}), None, NEVER),
    "rule_on_conflict": Move(
        "Rule on a conflict",
        frozenset({State.IN_REVIEW, State.RECOMMENDED}),
        None,
        NEVER,
    ),
    "vote": Move("Cast your ballot", frozenset({State.IN_REVIEW}), None, NEVER),
    "close_ballot": Move("Close the ballot", frozenset({State.IN_REVIEW}), None, NEVER),
    "reopen_ballot": Move("Call a second ballot", frozenset({State.IN_REVIEW}), None, NEVER),
    "vote_again": Move("Vote again", frozenset({State.RECOMMENDED}), State.IN_REVIEW, NEVER),
    "recommend": Move("Recommend", frozenset({State.IN_REVIEW}), State.RECOMMENDED, NEVER),
    "approve": Move("Approve", target=State.DECIDED, **DECIDABLE),
    "approve_no_seat": Move("Approve without a seat", target=State.DECIDED, **DECIDABLE),
    "defer": Move("Defer", target=State.DECIDED, **DECIDABLE),
    "decline": Move("Decline", target=State.DECIDED, **DECIDABLE),
    "communicate": Move("Tell the candidate", frozenset({State.DECIDED}), State.COMMUNICATED),
    "schedule": Move("Schedule", frozenset({State.COMMUNICATED}), State.SCHEDULED),
    "close": Move("Close", frozenset({State.COMMUNICATED}), State.CLOSED),
    "make_effective": Move("Make effective", frozenset({State.SCHEDULED}), State.EFFECTIVE),
    "withdraw": Move("Withdraw case", BEFORE_COMMUNICATION, State.WITHDRAWN),
    "retract": Move("Withdraw case", BEFORE_FREEZE, State.WITHDRAWN),
    "lapse": Move("Lapse", BEFORE_FREEZE, State.LAPSED),
    "cancel": Move("Cancel", OPEN, State.CANCELLED),
}


def check(state: str, name: str, preset: str = Preset.COMMITTEE) -> None:
    """Raise Conflict, with the reason, when `name` does not start from `state`."""
    sources = MOVES[name].starts_from(preset)
    if state in sources:
        return
    now = State(state).label.lower()
    if not sources:
        raise Conflict("This case follows the lightweight procedure, which has no such step.")
    wanted = " or ".join(State(source).label.lower() for source in State if source in sources)
    raise Conflict(f"This case is {now}; this step is for a case that is {wanted}.")


def edges() -> list[tuple[str, str]]:
    """Every (state, next state) that some move allows, for the trigger in the database."""
    pairs = {
        (source, move.target)
        for move in MOVES.values()
        if move.target
        for source in move.sources | (move.lightweight or NEVER)
        if source != move.target
    }
    return sorted((str(source.value), str(target.value)) for source, target in pairs)
