"""People who could sit on a panel: on the target's grade or above, with nothing against them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from assessments.actions.composition import conflicts
from assessments.models import PromotionCase
from assessments.serializers.levels import level_of
from ladders.models import Placement
from people.models import ReportingLine
from people.models.person import still_here

ASKED = 60  # people looked at
SHOWN = 20


def suggested(case: PromotionCase) -> list[dict[str, Any]]:
    """The nearest grades first, each with level and team; both tracks, whoever is free."""
    today = timezone.localdate()
    grade = case.target_level.grade
    placements = (
        Placement.objects.as_of(today)
        .select_related("level__track", "level__grade", "level__version__ladder", "person")
        .filter(
            still_here("person__"),
            level__grade__rank__gte=grade.rank if grade else 0,
            level__track__kind__in=("staff", "manager"),
        )
    )
    rows = list(placements.order_by("level__grade__rank", "person__name", "pk")[:ASKED])
    against = conflicts(case, [row.person for row in rows])
    barred = {case.approver_id, *(person for person, found in against.items() if found)}
    free = [row for row in rows if row.person_id not in barred][:SHOWN]
    lines = ReportingLine.objects.as_of(today).filter(person__in=[row.person_id for row in free])
    teams = dict(lines.values_list("person", "team__name"))
    return [
        {
            "name": row.person.name,
            "level": level_of(row.level),
            "team": teams.get(row.person_id) or "",
        }
        for row in free
    ]
