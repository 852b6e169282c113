"""How the packet of a case is put together and frozen, word for word."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from assessments.models import CaseSection, Feedback, Packet, PromotionCase
from assessments.models.evidence import files_of
from ladders import stints
from ladders.models import Placement, Statement
from people.models import Person


def freeze(case: PromotionCase, *, by: Person | None) -> Packet:
    """Write the snapshot of a case that is locked by the caller's move."""
    content = snapshot(case)
    return Packet.objects.create(case=case, content=content, digest=digest(content), frozen_by=by)


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the content as canonical JSON, in hex."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def snapshot(case: PromotionCase) -> dict[str, Any]:
    """Everything the panel reads, as plain JSON values: it will never look anything up again."""
    return {
        "candidate": case.candidate.name,
        "manager": case.owner.name,
        "from_level": case.from_level.title if case.from_level else "",
        "target_level": case.target_level.title,
        "ladder": f"{case.pinned_version.ladder.title} {case.pinned_version.number}",
        "statement": case.statement,
        "statement_by": case.statement_by.name if case.statement_by else case.owner.name,
        "statement_at": case.statement_at.isoformat() if case.statement_at else None,
        "handovers": _handovers(case),
        "own_section": case.own_section,
        "experience": _experience(case),
        "waiver_reason": case.waiver_reason,
        "off_cycle_reason": case.off_cycle_reason,
        "level_reason": case.level_reason,
        "parts": _parts(case),
        "evidence": _evidence(case),
        "feedback": _feedback(case),
        "endorsements": _endorsements(case),
    }


def _experience(case: PromotionCase) -> list[str]:
    """Stints on the manager track until today, in plain facts, newest first."""
    rows = Placement.objects.known_at().for_display().filter(person=case.candidate_id)
    spells = (row.spell for row in rows)
    return [stint.text for stint in stints.stints(spells, timezone.localdate())]


def _parts(case: PromotionCase) -> list[dict[str, Any]]:
    expectations = (
        case.target_level.expectations.exclude(state="not_applicable")
        .select_related("competency")
        .prefetch_related(Prefetch("statements", Statement.objects.order_by("position")))
        .order_by("competency__position", "position")
    )
    written = {row.competency_id: row for row in case.sections.select_related("saved_by")}
    return [
        {
            "expectation": expectation.pk,
            "competency": str(expectation.competency),
            "competency_id": expectation.competency_id,
            "expected": expectation.summary,
            "statements": [statement.text for statement in expectation.statements.all()],
            **_written(written.get(expectation.competency_id)),
        }
        for expectation in expectations
    ]


def _written(section: CaseSection | None) -> dict[str, Any]:
    if section is None:
        return {"text": "", "written_by": None, "written_at": None}
    written_at = section.saved_at.isoformat()
    return {"text": section.text, "written_by": section.saved_by.name, "written_at": written_at}


def _handovers(case: PromotionCase) -> list[dict[str, Any]]:
    """What former managers had written and what they said when asked, newest first."""
    rows = case.handovers.for_display().order_by("-handed_at", "-pk")
    return [
        {
            "former": row.former.name,
            "successor": row.successor.name,
            "handed_at": row.handed_at.isoformat(),
            "words": row.words,
            "statement": row.statement,
            "written_at": row.written_at.isoformat() if row.written_at else None,
        }
        for row in rows
    ]


def _evidence(case: PromotionCase) -> list[dict[str, Any]]:
    attached = case.attachments.select_related("evidence").annotate(held=files_of("evidence"))
    attached = attached.order_by("evidence__happened_on", "pk")
    return [
        {
            "attachment": attachment.pk,
            "what": attachment.evidence.what,
            "links": attachment.evidence.links,
            "files": attachment.held,
            "happened_on": attachment.evidence.happened_on.isoformat(),
            "competency_id": attachment.competency_id,
        }
        for attachment in attached
    ]


def _feedback(case: PromotionCase) -> list[dict[str, Any]]:
    given = Feedback.objects.given().filter(case=case).select_related("author").order_by("pk")
    return [
        {
            "author": answer.author.name,
            "text": answer.text,
            "visibility": answer.visibility,
            "outside_team": answer.outside_team,
            "answered_at": answer.answered_at.isoformat() if answer.answered_at else None,
        }
        for answer in given
    ]


def _endorsements(case: PromotionCase) -> list[dict[str, Any]]:
    given = case.endorsements.select_related("person", "given_for").order_by("pk")
    return [
        {
            "person": endorsement.said_by,
            "kind": endorsement.kind,
            "endorses": endorsement.endorses,
            "text": endorsement.text,
            "before_resubmission": endorsement.is_older_than(case.submitted_at),
        }
        for endorsement in given
    ]
