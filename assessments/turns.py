"""Pure: what happens next on a case, in words, and whether it is the reader's turn."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assessments.states import State
from people.wording import long_day

HIDDEN = frozenset({"vote", "rule_on_conflict", "close_ballot", "recommend"})
"""Tasks that tell of the deliberation; whoever does not see it hears of the panel alone."""

IMPERSONAL = {
    "gather": "HR asks colleagues for feedback",
    "give_feedback": "Colleagues give feedback",
    "freeze": "HR freezes the packet",
    "assign_panel": "HR names the panel",
    "vote": "The panel votes",
    "rule_on_conflict": "The chair rules on a conflict",
    "close_ballot": "The chair closes the ballot",
    "recommend": "The chair recommends",
}
PERSONAL = {
    "submit": "{who} writes and submits the case",
    "write_handover": "{who} writes a handover statement",
    "endorse": "{who} endorses the case, or says why not",
    "decide": "{who} decides",
    "communicate": "{who} tells the candidate",
}
YOURS = {
    "submit": "You write and submit the case",
    "write_handover": "You write a handover statement",
    "endorse": "You endorse the case, or say why not",
    "gather": "You ask colleagues for feedback",
    "give_feedback": "You give feedback",
    "freeze": "You freeze the packet",
    "assign_panel": "You name the panel",
    "vote": "You cast your ballot",
    "rule_on_conflict": "You rule on a conflict",
    "close_ballot": "You close the ballot",
    "recommend": "You write the recommendation",
    "decide": "You decide",
    "communicate": "You tell the candidate",
}
REVIEW = "The panel reviews the packet"
WAITS = {State.COMMUNICATED: "HR sets a date when a seat opens"}


class Task(Protocol):
    """What a turn asks of a duty."""

    task: str
    person_id: int
    person_name: str
    role: str
    due_on: datetime.date | None


@dataclass(frozen=True)
class Turn:
    """One thing to be done next."""

    task: str
    words: str
    mine: bool
    due_on: datetime.date | None = None


def turns(
    state: str,
    tasks: Sequence[Task],
    reader: int,
    *,
    sees_deliberation: bool,
    effective_on: datetime.date | None = None,
) -> list[Turn]:
    """What comes next, the reader's own turn first. Empty when the case has ended."""
    found = [
        _turn(name, [task for task in tasks if task.task == name], reader)
        for name in YOURS
        if any(task.task == name for task in tasks)
    ]
    if not sees_deliberation and any(turn.task in HIDDEN for turn in found):
        due = next(turn.due_on for turn in found if turn.task in HIDDEN)
        found = [Turn("review", REVIEW, mine=False, due_on=due)]
    return sorted(found, key=lambda turn: not turn.mine) or list(_waits(state, effective_on))


def _turn(name: str, tasks: Sequence[Task], reader: int) -> Turn:
    due = min((task.due_on for task in tasks if task.due_on), default=None)
    if any(task.person_id == reader for task in tasks):
        return Turn(name, YOURS[name], mine=True, due_on=due)
    if name in IMPERSONAL:
        return Turn(name, IMPERSONAL[name], mine=False, due_on=due)
    doers = [task.person_name for task in tasks if task.role not in ("hr", "delegate")]
    who = " and ".join(doers) or "HR"
    return Turn(name, PERSONAL[name].format(who=who), mine=False, due_on=due)


def _waits(state: str, effective_on: datetime.date | None) -> Iterable[Turn]:
    if state == State.SCHEDULED and effective_on:
        words = f"The new level takes effect on {long_day(effective_on)}"
        yield Turn("make_effective", words, mine=False, due_on=effective_on)
    elif state == State.IN_REVIEW:
        yield Turn("review", REVIEW, mine=False)
    elif waiting := WAITS.get(State(state)):
        yield Turn("schedule", waiting, mine=False)
