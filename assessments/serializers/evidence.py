"""Evidence as both doors show it, and as the API takes it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments import policies
from assessments.models import Evidence as Piece
from assessments.pieces import LONGEST, LONGEST_LINK, LONGEST_TAG, MOST_FILES
from assessments.serializers import links
from assessments.serializers.files import File, of_piece
from people.models import Person
from people.serializers.strict import Input


class New(Input):
    """What adding needs; the action says what else must hold."""

    what = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    happened_on = serializers.DateField()
    competencies = serializers.ListField(
        child=serializers.CharField(max_length=200), allow_empty=False
    )
    links = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_LINK), required=False
    )
    tags = serializers.ListField(
        child=serializers.CharField(max_length=4 * LONGEST_TAG), required=False
    )


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
    links = serializers.ListField(child=serializers.CharField())
    tags = serializers.ListField(child=serializers.CharField())
    files = serializers.SerializerMethodField()
    happened_on = serializers.DateField()
    competencies = Shown(source="shows", many=True)
    attached = serializers.BooleanField(help_text="Part of a case, whose readers see it.")
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    archived_at = serializers.DateTimeField(allow_null=True, help_text="When it was put away.")
    actions = serializers.SerializerMethodField()

    def get_url(self, piece: Piece) -> str:
        """Where the API has it."""
        return links.api("evidence-piece", piece.pk)

    def get_page_url(self, piece: Piece) -> str:
        """Where people change it."""
        return links.page("evidence-piece", piece.pk)

    @extend_schema_field(File(many=True))
    def get_files(self, piece: Piece) -> list[dict[str, Any]]:
        """What stands on it, oldest first."""
        return of_piece(piece.pk, piece.held_files)

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_actions(self, piece: Piece) -> list[dict[str, Any]]:
        """What this person may do with it now."""
        verdict, away = policies.change_evidence(self.context["person"], piece), piece.archived_at
        full = len(piece.held_files) >= MOST_FILES and f"A piece holds up to {MOST_FILES} files."
        moves = [
            ("change", "Edit", "evidence-piece", ""),
            ("add_file", "Add a file", "evidence-files", full or ""),
            ("put_away", "Put away", "evidence-archive", "It is put away already." if away else ""),
            ("bring_back", "Bring back", "evidence-return", "" if away else "It is on your list."),
        ]
        return [
            {
                "name": name,
                "label": label,
                "url": links.api(address, piece.pk),
                "page_url": links.page(address, piece.pk),
                "allowed": bool(verdict) and not late,
                "reason": late if verdict else verdict.reason,
            }
            for name, label, address, late in moves
        ]


class NewFile(Input):
    """A file for a piece."""

    file = serializers.FileField(max_length=255)


def present(pieces: Iterable[Piece], person: Person) -> list[dict[str, Any]]:
    """The payload of a list of evidence for `person`."""
    return Evidence(pieces, many=True, context={"person": person}).data


def table(pieces: Iterable[Piece]) -> tuple[list[str], Iterable[list[str | datetime.date]]]:
    """Head and rows for a spreadsheet."""
    head = ["id", "happened_on", "what", "links", "competencies", "tags", "files", "attached"]
    rows = (
        [
            piece.pk,
            piece.happened_on,
            piece.what,
            " ".join(piece.links),
            "; ".join(shown["name"] or shown["key"] for shown in piece.shows),
            "; ".join(piece.tags),
            "; ".join(file["name"] for file in piece.held_files),
            "yes" if piece.attached else "no",
        ]
        for piece in pieces
    )
    return head, rows
