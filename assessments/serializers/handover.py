"""Handovers of a case: to those who read the case, and to the former manager alone."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from assessments.actions import handovers
from assessments.dossiers import Dossier
from assessments.models import Handover, PromotionCase
from assessments.serializers import links
from assessments.serializers.levels import level_of
from assessments.serializers.moves import Text
from people.models import Person
from people.serializers.strict import Input


def of_case(dossier: Dossier) -> list[dict[str, Any]] | None:
    """All of them, newest first; None for who does not read what managers say."""
    if not dossier.sight["handover"]:
        return None
    return [_row(row, dossier.person) for row in dossier.handovers]


def _row(row: Handover, reader: Person) -> dict[str, Any]:
    part = {row.former_id: "former", row.successor_id: "successor"}
    return {
        "id": row.pk,
        "former": links.person(row.former),
        "successor": links.person(row.successor),
        "your_part": part.get(reader.pk, ""),
        "handed_at": row.handed_at,
        "words": row.words,
        **_asked(row),
    }


def _asked(row: Handover) -> dict[str, Any]:
    return {
        "asked_at": row.asked_at,
        "asked_by": links.person(row.asked_by),
        "question": row.question,
        "due_on": row.due_on,
        "statement": row.statement,
        "written_at": row.written_at,
    }


class OwnHandover(serializers.Serializer):
    """What a former manager sees of a case: their own words, and what is asked of them."""

    url = serializers.CharField()
    page_url = serializers.CharField()
    candidate = serializers.CharField()
    target_level = serializers.DictField()
    successor = serializers.CharField()
    handed_at = serializers.DateTimeField()
    words = serializers.DictField(help_text="What you had written until then.")
    asked_at = serializers.DateTimeField(allow_null=True)
    asked_by = serializers.DictField(allow_null=True)
    question = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    statement = serializers.CharField()
    written_at = serializers.DateTimeField(allow_null=True)
    allowed = serializers.BooleanField(help_text="Whether you may write it now.")
    reason = serializers.CharField(help_text="Why not.")


def own(row: Handover, case: PromotionCase) -> dict[str, Any]:
    """The payload for the former manager of `row`; the case comes from `for_display()`."""
    reason = handovers.why_not_written(row, case)
    payload = {
        "url": links.api("case-handover-statement", case.pk),
        "page_url": links.page("case-handover-statement", case.pk),
        "candidate": case.candidate.name,
        "target_level": level_of(case.target_level),
        "successor": row.successor.name,
        "handed_at": row.handed_at,
        "words": _own_words(row),
        **_asked(row),
        "allowed": not reason,
        "reason": reason,
    }
    return OwnHandover(payload).data


def _own_words(row: Handover) -> dict[str, Any]:
    """Of the words that were handed over, those of the former manager."""
    statement, parts = row.words["statement"], row.words["parts"]
    theirs = [part for part in parts if part["by"]["id"] == row.former_id]
    wrote = statement["by"]["id"] == row.former_id
    return {"statement": statement if wrote else {**statement, "text": ""}, "parts": theirs}


class HandoverRequest(Input):
    """What the successor would like to know, and by when."""

    question = Text(required=False)
    due_on = serializers.DateField(required=False)


class HandoverStatement(Input):
    """What the former manager says."""

    statement = Text()
