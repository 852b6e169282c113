"""Whom a cycle is about: everybody employed who has a reporting line in its teams today."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from assessments.models import Cycle

POPULATION = """
SELECT p.id, p.name, line.manager_id, t.id AS team_id, coalesce(t.name, '') AS team,
    stands.level_id, m.id IS NOT NULL AND (m.left_on IS NULL OR m.left_on > %(today)s) AS led
FROM people_person p
JOIN people_reportingline line ON line.person_id = p.id
    AND line.superseded_at IS NULL AND line.valid @> %(today)s::date
LEFT JOIN people_team t ON t.id = line.team_id
LEFT JOIN people_person m ON m.id = line.manager_id
LEFT JOIN ladders_placement stands ON stands.person_id = p.id
    AND stands.superseded_at IS NULL AND stands.valid @> %(today)s::date
WHERE (p.left_on IS NULL OR p.left_on > %(today)s)
    AND (%(path)s = '' OR t.path LIKE %(path)s || '%%')
"""
"""One row a person; `led` is false where nobody employed leads them. Asks for `parameters`."""


def parameters(cycle: Cycle) -> dict[str, Any]:
    """The values that POPULATION asks for."""
    return {"today": timezone.localdate(), "path": cycle.team.path if cycle.team else ""}
