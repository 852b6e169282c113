"""What a case to a level would take: numbers of its procedure, and the guideline of time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from assessments.actions import facts
from assessments.models import Procedure
from assessments.serializers.levels import level_of
from assessments.states import Preset
from ladders.models import Level
from people.models import Person


def guidelines(candidate: Person, current: Level, levels: Iterable[Level]) -> list[dict[str, Any]]:
    """One entry a level; `months` are those of the candidate on `current`, net of leave."""
    months = int(facts.months_in_level(candidate, timezone.localdate()))
    return [_guideline(level, current, months) for level in levels]


def _guideline(level: Level, current: Level, months: int) -> dict[str, Any]:
    procedure = Procedure.objects.for_level(level)
    usual = current.typical_months_min
    committee = procedure.preset == Preset.COMMITTEE
    return {
        "level": level_of(level),
        "procedure": procedure.get_preset_display(),
        "minimum_evidence": procedure.minimum_evidence,
        "minimum_feedback": procedure.minimum_feedback if committee else 0,
        "panel_size": procedure.panel_size if committee else 0,
        "months": months,
        "usual_months": procedure.usual_months if usual is None else usual,
    }
