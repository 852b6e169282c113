"""Evidence as both doors show it, and as the API takes it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from assessments import policies
from assessments.actions.evidence import LONGEST, LONGEST_LINK
from assessments.models import Evidence as Piece
from people.models import Person
from people.serializers.strict import Input


class New(Input):
    """What adding needs; the action says what else must hold."""

    what = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    happened_on = serializers.DateField()
    competencies = serializers.ListField(
        child=serializers.CharField(max_length=200), allow_empty=False
    )
    link = serializers.CharField(max_length=LONGEST_LINK, required=False, allow_blank=True)


class Shown(serializers.Serializer):
    """A competency that a piece shows."""

    key = serializers.CharField()
    name = serializers.SerializerMethodField()

    def get_name(self, shown: dict[str, str]) -> str:
        """The name people use; some ladders have none."""
        return shown["name"] or shown["key"]


class Evidence(serializers.Serializer):
    """One piece, from `Evidence.objects.for_display()`; `context` holds the person who asks."""

    id = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    page_url = serializers.SerializerMethodField()
    what = serializers.CharField()
    link = serializers.CharField()
    happened_on = serializers.DateField()
    competencies = Shown(source="shows", many=True)
    attached = serializers.BooleanField(help_text="Part of a case, whose readers see it.")
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    actions = serializers.SerializerMethodField()

    def get_url(self, piece: Piece) -> str:
        """Where the API has it."""
        return reverse("api-assessments:evidence-piece", args=[piece.pk])

    def get_page_url(self, piece: Piece) -> str:
        """Where people change it."""
        return reverse("assessments:evidence-piece", args=[piece.pk])

    def get_actions(self, piece: Piece) -> list[dict[str, Any]]:
        """What this person may do with it now."""
        verdict = policies.change_evidence(self.context["person"], piece)
        return [
            {
                "name": "change",
                "label": "Edit",
                "url": self.get_url(piece),
                "page_url": self.get_page_url(piece),
                "allowed": bool(verdict),
                "reason": "" if verdict else verdict.reason,
            }
        ]


def present(pieces: Iterable[Piece], person: Person) -> list[dict[str, Any]]:
    """The payload of a list of evidence for `person`."""
    return Evidence(pieces, many=True, context={"person": person}).data


def table(pieces: Iterable[Piece]) -> tuple[list[str], Iterable[list[str | datetime.date]]]:
    """Head and rows for a spreadsheet."""
    head = ["id", "happened_on", "what", "link", "competencies", "attached"]
    rows = (
        [
            piece.pk,
            piece.happened_on,
            piece.what,
            piece.link,
            "; ".join(shown["name"] or shown["key"] for shown in piece.shows),
            "yes" if piece.attached else "no",
        ]
        for piece in pieces
    )
    return head, rows
