"""Pure: what a pulse asks, how one may answer, and from how many answers on it is counted."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.visibility import UNNAMED_FROM

QUESTIONS = {
    "direction": "Clear goals, and priorities that you can work with",
    "support": "Support and feedback that help you in your work",
    "fairness": "Listening, and decisions that are fair",
}
"""Name → what the person on trial gives to those who report to them."""
SCALE = {
    "not_yet": "Not yet",
    "partly": "Partly",
    "meets": "Meets",
    "beyond": "Beyond",
    "cannot_say": "Cannot say",
}
TOO_FEW = "Fewer than three answered; nothing is shown."
TOO_SMALL = "A pulse is for three reports and more: below that, answers would not be without names."


def counts(found: Mapping[str, int], answered: int) -> list[dict[str, object]] | None:
    """Counts by question, from `found` by the names of `cells`; None where too few answered."""
    if answered < UNNAMED_FROM:
        return None
    return [
        {
            "name": question,
            "text": text,
            "counts": [
                {"value": value, "label": label, "count": found[cell(question, value)]}
                for value, label in SCALE.items()
            ],
        }
        for question, text in QUESTIONS.items()
    ]


def cell(question: str, value: str) -> str:
    """The name of one number."""
    return f"{question}_{value}"
