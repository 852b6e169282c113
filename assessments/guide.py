"""Pure: how promotion works here, in sentences that follow the tables and numbers at work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from assessments import panels, states, turns, visibility
from assessments.states import Preset, State
from people.wording import counted

Step = dict[str, str | list[str]]


class Numbers(Protocol):
    """What the guide asks of a procedure."""

    preset: str
    self_nomination: bool
    minimum_evidence: int
    minimum_feedback: int
    outside_feedback: int
    usual_months: int
    endorsement: bool
    panel_size: int
    preread_days: int
    days_to_communicate: int


ARTEFACTS = {
    "case": "that there is a case, and how far it is",
    "placements": "where the candidate stood before",
    "own_section": "the candidate’s own section",
    "evidence": "the attached evidence",
    "statement": "the manager’s statement",
    "handover": "what a former manager says on handing the case over",
    "feedback_named": "feedback with its author’s name",
    "feedback_unnamed": "feedback without a name",
    "feedback_panel_only": "feedback for the panel only",
    "endorsement": "endorsements",
    "ballots": "single ballots",
    "tally": "the tally and the panel’s word",
    "outcome": "the outcome, its reasons and the letter",
    "history": "who did what, and when",
    "accesses": "who opened the case",
}
READERS = {
    visibility.CANDIDATE: "Candidate",
    visibility.MANAGER: "Manager",
    visibility.SKIP_LEVEL: "Skip-level",
    visibility.PANEL: "Panel",
    visibility.CHAIR: "Chair",
    visibility.APPROVER: "Approver",
    visibility.HR_PARTNER: "HR partner",
    visibility.HR: "HR",
}
WHEN = {
    visibility.ALWAYS: "Yes",
    visibility.TOLD: "Once told",
    visibility.DECIDED: "Once decided",
}
NEVER = (
    "No score, point or formula decides. What is counted is shown, and people decide.",
    "Nobody decides on a case that they nominated, and nobody sees the deliberation of their own.",
    "A new version of a ladder changes no open case. Only HR may move one, before its freeze.",
    "Time in level never blocks a case. It asks for a reason.",
    "Withdrawing is never counted as a decline, nor a change of track as a promotion.",
    "No message holds a word of a case: only what to do, by when, and a link.",
)


def steps(one: Numbers) -> list[Step]:
    """The way of a case under a procedure: who acts, and what must be in."""
    written = [
        _step("Open", "", _opening(one)),
        _step("Submit", _doer("submit", "The manager"), _submitting(one), "submit"),
        _step("Ask for feedback", turns.IMPERSONAL["gather"], _gathering(one), "gather"),
        _step("Endorse", _doer("endorse", "The manager’s manager"), [], "endorse"),
        _step("Freeze", turns.IMPERSONAL["freeze"], _freezing(one), "freeze"),
        _step("Name the panel", turns.IMPERSONAL["assign_panel"], _panel(one), "assign_panel"),
        _step("Vote", turns.IMPERSONAL["vote"], _voting(one), "vote"),
        _step("Recommend", turns.IMPERSONAL["recommend"], _recommending(), "recommend"),
        _step("Decide", _doer("decide", "The approver"), _deciding(one), "approve"),
        _step("Tell the candidate", _telling(one), _told(one), "communicate"),
        _step("Take effect", "The clock, on the effective date", [], "make_effective"),
    ]
    open_here = [step for step in written if _open(step["move"], one)]
    return [step | {"move": ""} for step in open_here]


def _step(title: str, who: str, needs: list[str], move: str = "") -> Step:
    return {"title": title, "who": who, "needs": needs, "move": move}


def _open(move: str | list[str], one: Numbers) -> bool:
    """Whether the table of states has this step under the preset, and the procedure asks for it."""
    if move == "endorse" and not one.endorsement:
        return False
    return not move or bool(states.MOVES[str(move)].starts_from(one.preset))


def _doer(task: str, who: str) -> str:
    return turns.PERSONAL[task].format(who=who)


def _opening(one: Numbers) -> list[str]:
    who = "The manager or HR opens the case"
    if one.self_nomination:
        who = "The manager, HR or the candidate themselves opens the case"
    return [
        f"{who}; one case is open for a person at a time.",
        "It is for the next level of the person’s track. HR may name another, with a reason.",
        "Not while on trial in another job.",
    ]


def _submitting(one: Numbers) -> list[str]:
    return [
        "The statement is written.",
        f"At least {counted(one.minimum_evidence, 'piece,pieces')} of evidence attached.",
        (
            f"{counted(one.usual_months, 'month,months')} in level are usual where the level held "
            "says nothing else. Less asks for a reason and never blocks."
        ),
        "Outside of a review cycle: a reason why it cannot wait.",
    ]


def _gathering(one: Numbers) -> list[str]:
    asked = f"At least {counted(one.minimum_feedback, 'person is,people are')} asked"
    outside = one.outside_feedback
    return [f"{asked}, {outside} of them from outside the team." if outside else f"{asked}."]


def _freezing(one: Numbers) -> list[str]:
    return [
        (
            f"{counted(one.minimum_feedback, 'answer is,answers are')} in, or HR says why the case "
            "goes on without."
        ),
        "From then on the packet does not change.",
    ]


def _panel(one: Numbers) -> list[str]:
    return [
        f"{one.panel_size} voters are usual, {panels.SMALLEST} to {panels.LARGEST} possible.",
        (
            "Each stands at least on the target’s grade. For staff and manager levels both tracks "
            "sit on it, and at most one voter comes from the candidate’s team. Exceptions need a "
            "reason."
        ),
        (
            "Nobody who nominated or sponsors the candidate, gave feedback, manages them or did "
            "within 24 months, or has an open case for the same level in the same cycle."
        ),
        f"{counted(one.preread_days, 'day,days')} to read before the vote.",
    ]


def _voting(one: Numbers) -> list[str]:
    quorum = panels.Tally(one.panel_size, 0, 0, 0).quorum
    return [
        "Ballots are sealed until the chair closes the vote.",
        f"Two thirds of those not recused are needed: {quorum} of {one.panel_size}.",
        (
            "A margin of one or less, or a third abstaining, is a split: the panel talks, and "
            "votes once more."
        ),
    ]


def _recommending() -> list[str]:
    return ["With a reason for every expectation that decided it."]


def _deciding(one: Numbers) -> list[str]:
    needs = ["Never who nominated the candidate."]
    if one.preset == Preset.COMMITTEE:
        needs = ["Never who nominated the candidate, and no member of the panel."]
        needs.append("Not to follow the panel needs a written reason.")
    return [
        *needs,
        "Not now names what is still missing, in the words of the ladder, and a day to look again.",
    ]


def _telling(one: Numbers) -> str:
    return _doer("communicate", "The manager, or HR in their place,")


def _told(one: Numbers) -> list[str]:
    return [
        (
            f"Within {counted(one.days_to_communicate, 'day,days')} of the decision, unless the "
            "review cycle sets a date."
        )
    ]


# --- Who sees what, and reminders ----------------------------------------------------------
def sight() -> list[dict[str, object]]:
    """A row for each artefact, a word for each reader, from the table that decides it."""
    return [
        {
            "artefact": words[0].upper() + words[1:],
            "cells": [_sees(visibility.SIGHT[name].get(reader)) for reader in READERS],
        }
        for name, words in ARTEFACTS.items()
    ]


def _sees(in_states: frozenset[State] | None) -> str:
    return WHEN[in_states] if in_states else "No"


def ends() -> list[str]:
    """How a case ends before its outcome."""
    before = states.MOVES["withdraw"].sources
    until = "until they are told" if State.DECIDED in before else "before the decision"
    return [
        f"The candidate may withdraw {until}, the manager before the packet is frozen.",
        "After 90 days without activity a case that is not frozen yet lapses.",
        "When the candidate leaves, it is cancelled.",
    ]


def reminders(days: Iterable[int], hour: int) -> list[str]:
    """The ladder of reminders in words."""
    before = [str(-day) for day in days if day < 0]
    after = [day for day in days if day > 0]
    told = {3: "the manager hears of it too", 5: "so does the manager’s manager", 7: "so does HR"}
    return [
        (
            f"{', '.join(before[:-1])} and {before[-1]} days before the date, and on the day, at "
            f"{hour:02}:00 where the person is, on their working days."
        ),
        *(
            f"{counted(day, 'day,days')} after: again{f', and {told[day]}' if day in told else ''}."
            for day in after
        ),
        "None while on leave. One message a day, whatever is due.",
    ]
