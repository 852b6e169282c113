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
}
ORPHANED = {
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
}
YET_TO = {
    "submit": "{who} yet to submit {name}’s case",
    "write_handover": "{who} yet to write a handover statement for {name}’s case",
    "endorse": "{who} yet to endorse {name}’s case",
    "decide": "{who} yet to decide {name}’s case",
    "communicate": "{who} yet to tell {name} what was decided",
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


def task(name: str, candidate: str, *, as_hr: bool = False, whose: str | None = None) -> str:
    """Say the task to the one who owes it; `as_hr` where HR stands in for somebody, `whose` where
    it was handed over by them."""
    words = ORPHANED.get(name) if as_hr else None
    behalf = f", on behalf of {whose}" if whose else ""
    return (words or TASKS[name]).format(name=candidate) + behalf


def overdue(name: str, candidate: str, doers: Sequence[str]) -> str:
    """Say to somebody above that a task waits. Who has not voted stays unsaid."""
    if name == "vote":
        return f"Ballots are missing on {candidate}’s case"
    who = f"{' and '.join(doers)} {'has' if len(doers) == 1 else 'have'}"
    return YET_TO[name].format(who=who, name=candidate)
