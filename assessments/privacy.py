"""Pure: what others can see of a person, read off the tables that decide it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessments import visibility
from assessments.visibility import (
    APPROVER,
    CANDIDATE,
    CHAIR,
    HR,
    HR_PARTNER,
    MANAGER,
    PANEL,
    SKIP_LEVEL,
)

EVERYBODY = "everybody"
ALL = frozenset({EVERYBODY})
NEAR = frozenset({MANAGER, SKIP_LEVEL, HR_PARTNER, HR})
NOBODY: frozenset[str] = frozenset()
ORDER = (EVERYBODY, MANAGER, SKIP_LEVEL, HR_PARTNER, HR, APPROVER, PANEL, CHAIR)

IN_A_CASE = {
    "case": "that there is a case, and its state",
    "own_section": "your own section",
    "evidence": "evidence that you attached",
    "statement": "your manager’s statement",
    "handover": "what a former manager says on handing your case over",
    "feedback_named": "feedback with the author’s name",
    "feedback_unnamed": f"feedback without names, from {visibility.UNNAMED_FROM} answers on",
    "feedback_panel_only": "feedback for the panel only",
    "endorsement": "endorsements",
    "tally": "the panel’s tally and its word",
    "ballots": "single ballots",
    "outcome": "the outcome, its reasons and the letter",
    "accesses": "who opened the case",
}


@dataclass(frozen=True)
class Line:
    """One thing about a person: who reads it, and from when they read it themselves."""

    what: str
    readers: tuple[str, ...]
    you: str


def about(told_why: Iterable[str]) -> list[Line]:
    """What is known of a person outside of cases; `told_why` reads reasons of placements."""
    near, why = _ordered(NEAR), _ordered(told_why)
    return [
        Line("your name, title, team and manager", _ordered(ALL), "always"),
        Line("your placements, and how long you are in your level", near, "always"),
        Line("why a placement began, and that a trial ended with a return", why, "always"),
        Line("that you want no talk of promotion", _ordered(visibility.KNOW_HAPPY), "always"),
        Line("a move to the other track that you explore", _ordered(NOBODY), "always"),
        Line("that you are away, and when you are back", _ordered({MANAGER, HR}), "always"),
        Line("your leave with its kind and its days", _ordered({HR}), "always"),
        Line(
            "on which days you and your manager talked about growth",
            _ordered({MANAGER, HR}),
            "always",
        ),
        Line("what you answer about somebody on trial", _ordered(NOBODY), "always"),
        Line("evidence that is part of no case", _ordered(NOBODY), "always"),
    ]


def in_a_case() -> list[Line]:
    """What is known of a person's case, by the table of sight itself."""
    return [
        Line(what, _ordered(visibility.SIGHT[name]), _yourself(name))
        for name, what in IN_A_CASE.items()
    ]


def _yourself(artefact: str) -> str:
    states = visibility.SIGHT[artefact].get(CANDIDATE, frozenset())
    if states == visibility.ALWAYS:
        return "always"
    return "once the outcome is told" if states else "never"


def _ordered(relations: Iterable[str]) -> tuple[str, ...]:
    found = set(relations)
    return tuple(relation for relation in ORDER if relation in found)
