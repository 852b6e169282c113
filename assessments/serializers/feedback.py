"""What others say about a candidate: feedback and endorsements, as far as the reader may know."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from assessments import visibility
from assessments.actions import gathering
from assessments.dossiers import Dossier
from assessments.models import Feedback
from assessments.serializers import links
from assessments.serializers.levels import level_of
from assessments.serializers.moves import Nothing, Text
from people.serializers.strict import Input

__all__ = ["Answer", "FeedbackRequest", "Nothing", "endorsements", "of_case", "request"]

ARTEFACTS = {
    Feedback.Visibility.SUBJECT_NAMED: "feedback_named",
    Feedback.Visibility.SUBJECT_UNNAMED: "feedback_unnamed",
    Feedback.Visibility.PANEL_ONLY: "feedback_panel_only",
}
"""Who will read an answer → the artefact of the table of sight."""
READERS = {
    visibility.MANAGER: "the manager",
    visibility.SKIP_LEVEL: "the manager’s manager",
    visibility.PANEL: "the panel",
    visibility.APPROVER: "the approver",
    visibility.HR_PARTNER: "the unit’s HR partner",
    visibility.HR: "HR",
}
TOLD = {
    Feedback.Visibility.SUBJECT_NAMED: "reads it with your name, once the outcome is told",
    Feedback.Visibility.SUBJECT_UNNAMED: (
        f"reads it without your name, once the outcome is told and if {visibility.UNNAMED_FROM} "
        "or more colleagues wrote"
    ),
    Feedback.Visibility.PANEL_ONLY: "never reads it",
}


def of_case(dossier: Dossier) -> dict[str, Any] | None:
    """Requests and answers; None for who reads none of them, or not yet."""
    if not any(dossier.sight[name] for name in ARTEFACTS.values()):
        return None
    seen = [row for row in dossier.feedback if dossier.sight[ARTEFACTS[_kind(row)]]]
    given = [row for row in seen if row.state == Feedback.State.SUBMITTED]
    if dossier.is_candidate:  # counts would tell of unnamed answers that are too few to be shown
        answers = _for_candidate(given)
        return {"wanted": None, "given": len(answers), "requests": None, "answers": answers}
    return {
        "wanted": dossier.case.procedure.minimum_feedback,
        "given": len(given),
        "requests": [_request(row) for row in seen],
        "answers": [_answer(row) for row in given],
    }


def _kind(row: Feedback) -> Feedback.Visibility:
    return Feedback.Visibility(row.visibility)


def _request(row: Feedback) -> dict[str, Any]:
    return {
        "id": row.pk,
        "author": links.person(row.author),
        "outside_team": row.outside_team,
        "visibility": {"value": row.visibility, "label": row.get_visibility_display()},
        "state": {"value": row.state, "label": row.get_state_display()},
        "requested_at": row.requested_at,
    }


def _answer(row: Feedback) -> dict[str, Any]:
    return {
        "author": links.person(row.author),
        "outside_team": row.outside_team,
        "visibility": {"value": row.visibility, "label": row.get_visibility_display()},
        "text": row.text,
        "answered_at": row.answered_at,
    }


def _for_candidate(given: list[Feedback]) -> list[dict[str, Any]]:
    """Named answers, and the unnamed ones in no telling order once enough people wrote."""
    unnamed = [row for row in given if row.visibility == Feedback.Visibility.SUBJECT_UNNAMED]
    named = [_answer(row) for row in given if row not in unnamed]
    nameless = [
        {**_answer(row), "author": None, "outside_team": None, "answered_at": None}
        for row in sorted(unnamed, key=lambda row: row.text)
    ]
    return named + (nameless if len(nameless) >= visibility.UNNAMED_FROM else [])


def endorsements(dossier: Dossier) -> list[dict[str, Any]] | None:
    """The skip-level's word and that of sponsors; None for who does not read them."""
    if not dossier.sight["endorsement"]:
        return None
    return [
        {
            "id": row.pk,
            "person": links.person(row.person),
            "given_for": links.person(row.given_for),
            "kind": {"value": row.kind, "label": row.get_kind_display()},
            "endorses": row.endorses,
            "text": row.text,
            "given_at": row.given_at,
            "before_resubmission": row.is_older_than(dossier.case.submitted_at),
        }
        for row in dossier.endorsements
    ]


class FeedbackRequest(serializers.Serializer):
    """One request, from `Feedback.objects.for_display()`; its text is the author's own."""

    id = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    page_url = serializers.SerializerMethodField()
    candidate = serializers.CharField(source="case.candidate.name")
    target_level = serializers.SerializerMethodField()
    requested_by = serializers.CharField(source="requested_by.name")
    requested_at = serializers.DateTimeField()
    visibility = serializers.CharField()
    readers = serializers.SerializerMethodField(help_text="Who will read the answer, in words.")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    text = serializers.CharField()
    answered_at = serializers.DateTimeField()
    actions = serializers.SerializerMethodField()

    def get_url(self, row: Feedback) -> str:
        """Where the API has it."""
        return links.api("feedback", row.pk)

    def get_page_url(self, row: Feedback) -> str:
        """Where people answer it."""
        return links.page("feedback", row.pk)

    def get_target_level(self, row: Feedback) -> dict[str, Any]:
        """What the case aims at."""
        return level_of(row.case.target_level)

    def get_readers(self, row: Feedback) -> list[str]:
        """The candidate first, then everybody who reads it with the author's name."""
        rules = visibility.SIGHT[ARTEFACTS[Feedback.Visibility(row.visibility)]]
        named = [words for relation, words in READERS.items() if relation in rules]
        others = f"{', '.join(named[:-1])} and {named[-1]} read it with your name"
        told = TOLD[Feedback.Visibility(row.visibility)]
        return [f"{row.case.candidate.name} {told}.", f"{others[0].upper()}{others[1:]}."]

    def get_actions(self, row: Feedback) -> list[dict[str, Any]]:
        """Answer, or say no; only while the case gathers feedback."""
        closed = gathering.why_closed(row, row.case)
        return [
            {
                "name": name,
                "label": label,
                "url": links.api(f"feedback-{noun}", row.pk),
                "page_url": links.page(page, row.pk),
                "allowed": not closed,
                "reason": closed,
            }
            for name, label, noun, page in (
                ("give", "Give feedback", "answer", "feedback"),
                ("decline", "Decline", "refusal", "feedback-refusal"),
            )
        ]


def request(row: Feedback) -> dict[str, Any]:
    """The payload of one request, for the person who was asked."""
    return FeedbackRequest(row).data


class Answer(Input):
    """What the author says."""

    text = Text()
