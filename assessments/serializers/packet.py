"""The frozen packet, cut to what its reader may see."""

from __future__ import annotations

from typing import Any

from assessments import visibility
from assessments.dossiers import Dossier
from assessments.models import Feedback
from assessments.serializers import files, links
from assessments.serializers.feedback import ARTEFACTS
from assessments.serializers.part import packed_links

WRITTEN = (
    "statement",
    "statement_by",
    "statement_at",
    "waiver_reason",
    "off_cycle_reason",
    "level_reason",
)
"""Entries of the packet that are the manager's words."""


def packet(dossier: Dossier) -> dict[str, Any] | None:
    """The snapshot with its digest; None before the freeze."""
    frozen = dossier.packet
    if frozen is None:
        return None
    return {
        "digest": frozen.digest,
        "frozen_at": frozen.frozen_at,
        "frozen_by": links.person(frozen.frozen_by),
        "note": dossier.case.freeze_note if dossier.sight["statement"] else None,
        "content": _cut(frozen.content, dossier),
    }


def _cut(content: dict[str, Any], dossier: Dossier) -> dict[str, Any]:
    """The content with None in place of what the reader may not see."""
    cut = {
        **content,
        "feedback": _feedback(content["feedback"], dossier),
        "evidence": [_piece(piece, dossier.case.pk) for piece in content["evidence"]],
    }
    if not dossier.sight["statement"]:
        cut |= dict.fromkeys(WRITTEN)
        hidden = dict.fromkeys(("text", "written_by", "written_at"))
        cut["parts"] = [{**part, **hidden} for part in content["parts"]]
    if not dossier.sight["handover"]:
        cut["handovers"] = None
    if not dossier.sight["endorsement"]:
        cut["endorsements"] = None
    return cut


def _piece(piece: dict[str, Any], case: int) -> dict[str, Any]:
    held = files.of_case(case, piece.get("files", ()))
    return {**piece, "links": packed_links(piece), "files": held}


def _feedback(answers: list[dict[str, Any]], dossier: Dossier) -> list[dict[str, Any]]:
    seen = [answer for answer in answers if dossier.sight[ARTEFACTS[answer["visibility"]]]]
    if not dossier.is_candidate:
        return seen
    unnamed = Feedback.Visibility.SUBJECT_UNNAMED
    named = [answer for answer in seen if answer["visibility"] != unnamed]
    nameless = [
        {**answer, "author": None, "outside_team": None, "answered_at": None}
        for answer in sorted(seen, key=lambda answer: answer["text"])
        if answer["visibility"] == unnamed
    ]
    return named + (nameless if len(nameless) >= visibility.UNNAMED_FROM else [])
