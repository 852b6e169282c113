"""The parts of a case: what each competency is expected to look like, and what is said about it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from assessments.dossiers import Dossier
from assessments.models import CaseEvidence, CaseSection, Evidence
from assessments.serializers import files, links
from assessments.visibility import MANAGER
from ladders.models import Competency, Expectation


def parts(dossier: Dossier) -> list[dict[str, Any]]:
    """One entry a competency, in the ladder's order; texts are None for who may not read them."""
    found: dict[int, dict[str, Any]] = {}
    for row in dossier.expectations:
        part = found.get(row.competency_id)
        if part is None:
            part = found[row.competency_id] = _part(dossier, row.competency)
        part["expectations"].append(_expectation(row))
    return list(found.values())


def _part(dossier: Dossier, competency: Competency) -> dict[str, Any]:
    pieces = [row.pk for row in dossier.attachments if row.competency_id == competency.pk]
    section = dossier.sections.get(competency.pk) if dossier.sight["statement"] else None
    return {
        "competency": {
            "id": competency.pk,
            "key": competency.key,
            "name": str(competency),
            "pillar": str(competency.pillar) if competency.pillar else "",
        },
        "url": links.api("case-section", dossier.case.pk, competency.pk),
        "expectations": [],
        "attachments": pieces,
        "complete": bool(pieces or (section and section.text))
        if dossier.sight["statement"]
        else None,
        **_written(section, readable=dossier.sight["statement"]),
    }


def _written(section: CaseSection | None, *, readable: bool) -> dict[str, Any]:
    if not readable:
        return {"text": None, "revision": None, "saved_at": None, "saved_by": None}
    return {
        "text": section.text if section else "",
        "revision": section.revision if section else 0,
        "saved_at": section.saved_at if section else None,
        "saved_by": links.person(section.saved_by) if section else None,
    }


def _expectation(row: Expectation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "summary": row.summary or (row.proficiency.name if row.proficiency else ""),
        "requirement": row.requirement,
        "state": row.state,
        "statements": row.said,  # type: ignore[attr-defined]
    }


def attachments(dossier: Dossier) -> list[dict[str, Any]]:
    """What is attached, newest work first; `competency` is None for the case in general.

    Once the packet is frozen its words are shown, whatever the owner has changed since.
    """
    frozen = dossier.packet.content["evidence"] if dossier.packet else []
    words = {entry.get("attachment"): entry for entry in frozen}
    return [_attachment(dossier, row, words.get(row.pk)) for row in dossier.attachments]


def _attachment(
    dossier: Dossier, row: CaseEvidence, frozen: dict[str, Any] | None
) -> dict[str, Any]:
    piece, held = _piece(row.evidence), row.held  # type: ignore[attr-defined]
    if frozen:
        day = datetime.date.fromisoformat(frozen["happened_on"])
        piece |= {"what": frozen["what"], "links": packed_links(frozen), "happened_on": day}
        held = frozen.get("files", [])
    piece["files"] = files.of_case(dossier.case.pk, held)
    return {
        "id": row.pk,
        "url": links.api("case-attachment", dossier.case.pk, row.pk),
        "evidence": piece,
        "competency": row.competency_id,
        "attached_by": links.person(row.attached_by),
        "attached_at": row.attached_at,
    }


def attachable(dossier: Dossier) -> list[dict[str, Any]] | None:
    """What the reader may attach: the candidate all they collected, the manager what is shared."""
    if not dossier.writable:
        return None
    if dossier.is_candidate:
        return _offered(dossier, dossier.own_evidence)
    if MANAGER in dossier.standing:
        return _offered(
            dossier, {row.evidence_id: row.evidence for row in dossier.attachments}.values()
        )
    return None


def _offered(dossier: Dossier, pieces: Iterable[Evidence]) -> list[dict[str, Any]]:
    used: dict[int, list[int | None]] = {}
    for row in dossier.attachments:
        used.setdefault(row.evidence_id, []).append(row.competency_id)
    return [
        {
            **_piece(piece),
            "shows": getattr(piece, "shows", []),
            "attached_to": used.get(piece.pk, []),
        }
        for piece in pieces
    ]


def packed_links(entry: dict[str, Any]) -> list[str]:
    """The links of a piece in a packet; older packets have one or none."""
    return entry["links"] if "links" in entry else [entry["link"]] if entry.get("link") else []


def _piece(piece: Evidence) -> dict[str, Any]:
    return {
        "id": piece.pk,
        "what": piece.what,
        "links": piece.links,
        "happened_on": piece.happened_on,
    }
