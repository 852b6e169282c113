"""What was decided, why, and the letter that tells it."""

from __future__ import annotations

from typing import Any

from assessments.dossiers import Dossier
from assessments.serializers import links
from assessments.serializers.panel import reasons


def decision(dossier: Dossier) -> dict[str, Any] | None:
    """Outcome, reasons and letter; None for who may not read them, or not yet."""
    row = dossier.decision
    if row is None or not dossier.sight["outcome"]:
        return None
    return {
        "outcome": {"value": row.outcome, "label": row.get_outcome_display()},
        "decided_by": links.person(row.decided_by),
        "decided_for": links.person(row.decided_for),
        "decided_at": row.decided_at,
        "reasons": reasons(dossier, dossier.wanted, "evidence_wanted"),
        "effective_on": row.effective_on,
        "look_again_on": row.look_again_on,
        "letter": row.letter,
        "told_by": links.person(row.told_by),
        "told_for": links.person(row.told_for),
        "told_at": row.told_at,
        "overturn_reason": None if dossier.is_candidate else row.overturn_reason,
    }
