"""What tasks are called, and how messages say that one waits. Never a word out of a case."""

from __future__ import annotations

from collections.abc import Sequence

TASKS = {
    "submit": "Submit {name}’s case",
    "write_handover": "Write a handover statement for {name}’s case",
    "endorse": "Endorse {name}’s case, or say why not",
    "gather": "Ask for feedback on {name}’s case",
    "give_feedback": "Give your feedback on {name}",
    "freeze": "Freeze the packet of {name}’s case",
    "assign_panel": "Name the panel for {name}’s case",
    "vote": "Cast your ballot on {name}’s case",
    "rule_on_conflict": "Rule on a conflict in the panel for {name}’s case",
    "close_ballot": "Close the ballot on {name}’s case",
    "reopen_ballot": "Call the second ballot on {name}’s case",
    "recommend": "Write the panel’s recommendation on {name}’s case",
    "decide": "Decide {name}’s case",
    "communicate": "Tell {name} what was decided",
    "agree": "Agree to the plan of {name}’s move",
    "receive": "Welcome {name}’s move",
    "approve": "Approve {name}’s move",
    "look": "See why {name}’s move has not begun",
    "check_in": "Write how {name}’s trial is going",
    "decide_trial": "Decide how {name}’s trial ends",
    "confirm_move": "Confirm {name}’s move",
    "home_seat": "Say what becomes of {name}’s seat at home",
    "answer_pulse": "Say without your name how {name}’s trial is for you",
    "stand_in": "Say whether you do tasks for {name}",
}
ORPHANED = {
    "receive": "Find somebody else to receive {name}’s move: nobody is left to welcome it",
    "submit": "Find a manager for {name}’s case: nobody is left to submit it",
    "vote": "Name a new panel member for {name}’s case: one has left",
}
BUTTONS = {
    "submit": "Open the case",
    "write_handover": "Write it",
    "endorse": "Read and endorse",
    "gather": "Choose whom to ask",
    "give_feedback": "Give feedback",
    "freeze": "Review and freeze",
    "assign_panel": "Name the panel",
    "vote": "Read and vote",
    "rule_on_conflict": "Rule on it",
    "close_ballot": "Close the ballot",
    "reopen_ballot": "Call it",
    "recommend": "Recommend",
    "decide": "Read and decide",
    "communicate": "Tell them",
    "agree": "Read the plan",
    "receive": "Read the plan",
    "approve": "Read the plan",
    "look": "Look at it",
    "check_in": "Write it",
    "decide_trial": "Look at it",
    "confirm_move": "Look at it",
    "home_seat": "Look at it",
    "answer_pulse": "Answer",
    "stand_in": "Accept or decline",
}
YET_TO = {
    "submit": "{who} yet to submit {name}’s case",
    "write_handover": "{who} yet to write a handover statement for {name}’s case",
    "endorse": "{who} yet to endorse {name}’s case",
    "decide": "{who} yet to decide {name}’s case",
    "communicate": "{who} yet to tell {name} what was decided",
    "receive": "{who} yet to welcome {name}’s move",
    "check_in": "{who} yet to write at a checkpoint of {name}’s trial",
    "decide_trial": "{who} yet to say how {name}’s trial ends",
    "stand_in": "{who} yet to say whether they do tasks for {name}",
}
OF_THE_PANEL = frozenset({"rule_on_conflict", "close_ballot", "reopen_ballot", "recommend"})
WAITING_FOR = {
    "submit": "to submit the case",
    "write_handover": "to write a handover statement",
    "endorse": "to endorse the case",
    "gather": "to ask for feedback",
    "give_feedback": "to give feedback",
    "freeze": "to freeze the packet",
    "assign_panel": "to name the panel",
    "vote": "to vote",
    "rule_on_conflict": "to rule on a conflict",
    "close_ballot": "to close the ballot",
    "reopen_ballot": "to call the second ballot",
    "recommend": "to recommend",
    "decide": "to decide",
    "communicate": "to tell the candidate",
}


def task(
    name: str, about: str, *, own: bool = False, as_hr: bool = False, whose: str | None = None
) -> str:
    """Say the task to the one who owes it; `own` where it is about them, `as_hr` where HR stands
    in for somebody, `whose` where it was handed over by them."""
    words = (ORPHANED.get(name) if as_hr else None) or TASKS[name]
    behalf = f", on behalf of {whose}" if whose else ""
    return (words.replace("{name}’s", "your") if own else words).format(name=about) + behalf


def overdue(name: str, candidate: str, doers: Sequence[str]) -> str:
    """Say to somebody above that a task waits. Who has not voted stays unsaid."""
    if name == "vote":
        return f"Ballots are missing on {candidate}’s case"
    who = f"{' and '.join(doers)} {'has' if len(doers) == 1 else 'have'}"
    return YET_TO[name].format(who=who, name=candidate)
