"""Who does tasks on a case for those around it, seen from the case and from the person."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.utils import timezone

from assessments import states
from people.models import Delegation, Person


def stand_ins(today: datetime.date) -> models.QuerySet:
    """Who does tasks of those around a case for them today, as plain values."""
    from assessments.models.feedback import Feedback

    written = Feedback.objects.filter(case=OuterRef(OuterRef("pk")), author=OuterRef("delegate"))
    around = ("owner", "_manager_id", "_skip_level_id", "approver")
    near = Q(*(("delegator", OuterRef(name)) for name in around), _connector=Q.OR)
    unit = ExpressionWrapper(OuterRef("_unit_path"), output_field=models.CharField())
    rows = Delegation.objects.in_force(today).filter(near).annotate(unit=unit)
    rows = rows.filter(Q(team=None) | Q(unit__startswith=F("team__path"))).order_by("pk")
    words = JSONObject(
        delegate="delegate_id",
        delegate_name="delegate__name",
        delegator="delegator_id",
        delegator_name="delegator__name",
        kinds="kinds",
        gave_feedback=Exists(written),
    )
    return rows.values(words=words)


HANDED_OVER = """
WITH asked (person_id, today, approver_sees) AS (
    SELECT %s::bigint, %s::date, %s::text[]
), mine AS (
    SELECT d.delegator_id, d.kinds, t.path, asked.approver_sees, asked.today, asked.person_id
    FROM asked JOIN people_delegation d ON d.delegate_id = asked.person_id
        AND d.state = 'accepted' AND d.days @> asked.today
    JOIN people_person p ON p.id = d.delegator_id
        AND (p.left_on IS NULL OR p.left_on > asked.today)
    LEFT JOIN people_team t ON t.id = d.team_id
), lines AS NOT MATERIALIZED (
    SELECT l.person_id, l.manager_id, l.team_id FROM people_reportingline l, asked
    WHERE l.superseded_at IS NULL AND l.valid @> asked.today
), near AS (
    SELECT c.id, c.candidate_id, c.owner_id, c.nominator_id, mine.path, mine.person_id,
        false AS judging FROM mine
    JOIN assessments_promotioncase c ON c.owner_id = mine.delegator_id
    WHERE mine.kinds && '{submit,communicate}'
    UNION ALL SELECT c.id, c.candidate_id, c.owner_id, c.nominator_id, mine.path, mine.person_id,
        false FROM mine
    JOIN lines l ON l.manager_id = mine.delegator_id
    JOIN assessments_promotioncase c ON c.candidate_id = l.person_id
    WHERE mine.kinds && '{submit,communicate}'
    UNION ALL SELECT c.id, c.candidate_id, c.owner_id, c.nominator_id, mine.path, mine.person_id,
        true FROM mine
    JOIN people_reportingline a ON a.manager_id = mine.delegator_id
        AND a.superseded_at IS NULL AND lower(a.valid) <= mine.today
    JOIN people_reportingline l ON l.manager_id = a.person_id
        AND l.superseded_at IS NULL AND lower(l.valid) <= mine.today
    JOIN assessments_promotioncase c ON c.candidate_id = l.person_id
    WHERE mine.kinds && '{endorse}' AND NOT EXISTS (  -- the last one, also of who has left
        SELECT FROM people_reportingline b WHERE b.person_id = a.person_id
            AND b.superseded_at IS NULL AND lower(b.valid) <= mine.today
            AND lower(b.valid) > lower(a.valid)
    ) AND NOT EXISTS (  -- likewise who led the candidate last
        SELECT FROM people_reportingline b WHERE b.person_id = l.person_id
            AND b.superseded_at IS NULL AND lower(b.valid) <= mine.today
            AND lower(b.valid) > lower(l.valid) AND b.manager_id IS NOT NULL)
    UNION ALL SELECT c.id, c.candidate_id, c.owner_id, c.nominator_id, mine.path, mine.person_id,
        true FROM mine
    JOIN assessments_promotioncase c ON c.approver_id = mine.delegator_id
        AND c.state = ANY(mine.approver_sees)
    WHERE mine.kinds && '{decide}'
)
SELECT near.id FROM near
LEFT JOIN lines own ON own.person_id = near.candidate_id
LEFT JOIN people_team unit ON unit.id = own.team_id
WHERE (near.path IS NULL OR starts_with(unit.path, near.path)) AND NOT EXISTS (
        SELECT FROM assessments_panel n JOIN assessments_seat s ON s.panel_id = n.id
        WHERE n.case_id = near.id AND n.dissolved_at IS NULL AND s.person_id = near.person_id)
    AND NOT (near.judging AND (
        near.person_id IN (near.owner_id, near.nominator_id)
        OR near.person_id IS NOT DISTINCT FROM own.manager_id
        OR EXISTS (SELECT FROM assessments_feedback f
            WHERE f.case_id = near.id AND f.author_id = near.person_id)))
"""
"""Cases that somebody sees because tasks on them were handed over to them; `_stand_ins` is the
same from the side of the case."""


def handed_over_to(person: Person) -> RawSQL:
    """Ids of the cases on which tasks were handed over to somebody, as a subquery."""
    given = [person.pk, timezone.localdate(), sorted(states.APPROVER_SEES)]
    return RawSQL(HANDED_OVER, given)  # noqa: S611 - a constant statement with parameters
