"""Who stands around a case today, seen from the case; and who does tasks there for them."""

from __future__ import annotations

from django.db.models import JSONField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from assessments import states
from people.models import Person

AROUND = """
SELECT jsonb_build_object(
    'manager_id', lead.manager_id, 'manager_name', manager.name,
    'manager_here',
        CASE WHEN manager.left_on IS NULL OR manager.left_on > asked.today THEN manager.id END,
    'unit_path', unit.path, 'unit_name', unit.name,
    'skip_level_id', skip.id, 'skip_level_name', skip.name,
    'stand_ins', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'delegate', delegate.id, 'delegate_name', delegate.name,
            'delegator', delegator.id, 'delegator_name', delegator.name, 'kinds', d.kinds,
            'gave_feedback', EXISTS (SELECT FROM assessments_feedback f
                WHERE f.case_id = assessments_promotioncase.id AND f.author_id = d.delegate_id)
            ) ORDER BY d.id), '[]'::jsonb)
        FROM people_delegation d
        JOIN people_person delegate ON delegate.id = d.delegate_id
            AND (delegate.left_on IS NULL OR delegate.left_on > asked.today)
        JOIN people_person delegator ON delegator.id = d.delegator_id
            AND (delegator.left_on IS NULL OR delegator.left_on > asked.today)
        LEFT JOIN people_team t ON t.id = d.team_id
        WHERE d.state = 'accepted' AND d.days @> asked.today
            AND d.delegator_id IN (assessments_promotioncase.owner_id,
                assessments_promotioncase.approver_id, lead.manager_id, skip.id)
            AND (t.id IS NULL OR starts_with(unit.path, t.path))))
FROM (SELECT %s::date AS today) asked
LEFT JOIN people_reportingline lead ON lead.person_id = assessments_promotioncase.candidate_id
    AND lead.superseded_at IS NULL AND lead.valid @> asked.today
LEFT JOIN people_person manager ON manager.id = lead.manager_id
LEFT JOIN people_team unit ON unit.id = lead.team_id
LEFT JOIN LATERAL (
    SELECT r.manager_id FROM people_reportingline r
    WHERE r.person_id = coalesce(lead.manager_id, (
            SELECT l.manager_id FROM people_reportingline l
            WHERE l.person_id = assessments_promotioncase.candidate_id
                AND l.superseded_at IS NULL AND l.manager_id IS NOT NULL
                AND lower(l.valid) <= asked.today
            ORDER BY l.valid DESC LIMIT 1))
        AND r.superseded_at IS NULL AND lower(r.valid) <= asked.today
    ORDER BY r.valid DESC LIMIT 1) above ON TRUE
LEFT JOIN people_person skip ON skip.id = above.manager_id
    AND (skip.left_on IS NULL OR skip.left_on > asked.today)
"""
"""One subquery, because each of these on its own would be planned on its own for every case.

Above a manager who has left still stands whoever stood there when they left, and nobody where that
one has left too. Where nobody leads the candidate, the last manager counts."""


def around() -> RawSQL:
    """Who stands around the case of the outer query, as one JSON value."""
    today = timezone.localdate()
    return RawSQL(AROUND, [today], output_field=JSONField())  # noqa: S611 - a constant statement


LED = """
WITH lines AS NOT MATERIALIZED (
    SELECT person_id, manager_id FROM people_reportingline
    WHERE superseded_at IS NULL AND valid @> %s::date
), led AS (  -- and who reported to them until they left: their own reports look up from there now
    SELECT person_id FROM lines WHERE manager_id = %s
    UNION SELECT l.person_id FROM people_reportingline l JOIN people_person p ON p.id = l.person_id
    WHERE l.superseded_at IS NULL AND l.manager_id = %s AND upper(l.valid) = p.left_on + 1
)
SELECT person_id FROM lines WHERE manager_id = %s
UNION ALL SELECT lines.person_id FROM lines JOIN led ON led.person_id = lines.manager_id
UNION ALL SELECT alone.person_id FROM (  -- nobody leads them today: the last one counts
    SELECT person_id, (
        SELECT b.manager_id FROM people_reportingline b
        WHERE b.person_id = lines.person_id AND b.superseded_at IS NULL
            AND b.manager_id IS NOT NULL AND lower(b.valid) <= %s::date
        ORDER BY b.valid DESC LIMIT 1) AS last_id
    FROM lines WHERE manager_id IS NULL) alone
WHERE alone.last_id IN (SELECT person_id FROM led)
"""
"""One statement, because Django takes longer to put it together than PostgreSQL to answer it."""


def led_by(person: Person) -> RawSQL:
    """Ids of the reports of somebody and of their reports, as a subquery."""
    today, pk = timezone.localdate(), person.pk
    given = [today, pk, pk, pk, today]
    return RawSQL(LED, given)  # noqa: S611 - a constant statement with parameters


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
"""Cases that somebody sees because tasks on them were handed over to them; `stand_ins` of AROUND
is the same from the side of the case."""


def handed_over_to(person: Person) -> RawSQL:
    """Ids of the cases on which tasks were handed over to somebody, as a subquery."""
    given = [person.pk, timezone.localdate(), sorted(states.APPROVER_SEES)]
    return RawSQL(HANDED_OVER, given)  # noqa: S611 - a constant statement with parameters
