"""Who owes which task on which case, and by when: the one definition behind Home and reminders."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from assessments.models import Cycle
from people.models import Person

# A case is considered when it fits one of these; the definition itself is the same for all.
EVERYWHERE = "TRUE"
ON_CASES = "c.id = ANY(%(cases)s)"
OWNED = "c.owner_id = %(person)s"
IN_CYCLE = "c.cycle_id = %(cycle)s"
OWN = "d.role <> 'delegate'"
NEAR = """(%(is_hr)s OR c.id IN (
    SELECT k.id FROM assessments_promotioncase k JOIN self ON self.id = k.owner_id
    UNION SELECT k.id FROM assessments_promotioncase k JOIN self ON self.id = k.approver_id
    UNION SELECT k.id FROM assessments_promotioncase k JOIN mine ON mine.person_id = k.owner_id
    UNION SELECT k.id FROM assessments_promotioncase k JOIN mine ON mine.person_id = k.candidate_id
    UNION SELECT k.id FROM assessments_promotioncase k
        JOIN people_reportingline r ON r.person_id = k.candidate_id AND r.superseded_at IS NULL
        JOIN mine ON mine.person_id = r.manager_id
    UNION SELECT n.case_id FROM assessments_panel n JOIN assessments_seat s ON s.panel_id = n.id
        WHERE s.person_id = %(person)s
    UNION SELECT case_id FROM assessments_handover WHERE former_id = %(person)s
    UNION SELECT case_id FROM assessments_feedback WHERE author_id = %(person)s))"""
"""No case outside of these can ask anything of the person; it keeps Home away from all others."""

PLACES = {"write_handover": "case-handover-statement"}
"""Where a task is done that its doer does without seeing the case: names of addresses."""

HR = """
    SELECT id FROM people_person
    WHERE roles <> '{}' AND 'hr' = ANY(roles) AND (left_on IS NULL OR left_on > %(today)s::date)
"""
OWED = """
WITH hr AS ({hr}), delegations AS (  -- who does tasks for whom today, and in which unit
    SELECT d.delegator_id, d.delegate_id, d.kinds, t.path FROM people_delegation d
    JOIN people_person p ON p.id = d.delegate_id
        AND (p.left_on IS NULL OR p.left_on > %(today)s::date)
    JOIN people_person w ON w.id = d.delegator_id
        AND (w.left_on IS NULL OR w.left_on > %(today)s::date)
    LEFT JOIN people_team t ON t.id = d.team_id
    WHERE d.state = 'accepted' AND d.days @> %(today)s::date
), self AS (  -- the person and those whose tasks they do
    SELECT %(person)s::bigint AS id
    UNION SELECT delegator_id FROM delegations WHERE delegate_id = %(person)s
), mine AS (
    SELECT r.person_id FROM people_reportingline r JOIN self ON self.id = r.manager_id
    WHERE r.superseded_at IS NULL
), cases AS (
    SELECT c.id AS case_id, c.candidate_id, c.owner_id, c.approver_id, c.nominator_id, c.state,
        c.decided_at, k.id AS cycle_id, p.preset, p.endorsement, p.minimum_feedback,
        p.days_to_communicate,
        lead.manager_id, above.manager_id AS skip_level_id, unit.path AS unit_path
    FROM assessments_promotioncase c
    JOIN assessments_procedure p ON p.id = c.procedure_id
    LEFT JOIN assessments_cycle k
        ON k.id = c.cycle_id AND (k.state = 'announced' OR k.id = %(as_if)s)
    LEFT JOIN people_reportingline lead ON lead.person_id = c.candidate_id
        AND lead.superseded_at IS NULL AND lead.valid @> %(today)s::date
    LEFT JOIN people_team unit ON unit.id = lead.team_id
    LEFT JOIN LATERAL (
        SELECT r.manager_id FROM people_reportingline r
        WHERE r.person_id = coalesce(lead.manager_id, (
                SELECT l.manager_id FROM people_reportingline l
                WHERE l.person_id = c.candidate_id AND l.superseded_at IS NULL
                    AND l.manager_id IS NOT NULL AND lower(l.valid) <= %(today)s::date
                ORDER BY lower(l.valid) DESC LIMIT 1))
            AND r.superseded_at IS NULL AND lower(r.valid) <= %(today)s::date
        ORDER BY lower(r.valid) DESC LIMIT 1) above ON TRUE
    WHERE c.state IN ('draft', 'submitted', 'gathering', 'frozen', 'in_review', 'recommended',
        'decided') AND {scope}
), asked AS (
    SELECT f.case_id, count(*) FILTER (WHERE f.state = 'submitted') AS given
    FROM assessments_feedback f JOIN cases c ON c.case_id = f.case_id AND c.state = 'gathering'
    GROUP BY f.case_id
), endorsed AS (
    SELECT e.case_id FROM assessments_endorsement e
    JOIN cases c ON c.case_id = e.case_id WHERE e.kind = 'skip_level'
), seats AS (
    SELECT c.*, n.closed_at, n.result = 'split' AND n.round = 1 AS split, s.person_id, s.chair,
        s.conflict_declared_at IS NOT NULL AND s.ruled_at IS NULL AS unruled,
        s.alternate AS silent,
        EXISTS (SELECT FROM assessments_ballot b WHERE b.seat_id = s.id
            AND b.round = n.round AND b.void_at IS NULL) AS voted
    FROM cases c
    JOIN assessments_panel n ON n.case_id = c.case_id AND n.dissolved_at IS NULL
    JOIN assessments_seat s ON s.panel_id = n.id AND s.recused_at IS NULL
    WHERE c.state IN ('in_review', 'recommended')
), wanted (task, phase, doer_id, second_id, third_id, case_id) AS (
    SELECT 'submit', 'nominations', owner_id, manager_id, skip_level_id, case_id
        FROM cases WHERE state = 'draft'
    UNION ALL SELECT 'write_handover', NULL, h.former_id, NULL, NULL, c.case_id
        FROM cases c JOIN assessments_handover h ON h.case_id = c.case_id
        WHERE c.state IN ('draft', 'submitted', 'gathering') AND h.former_id <> c.owner_id
            AND h.asked_at IS NOT NULL AND h.written_at IS NULL
    UNION ALL SELECT 'endorse', 'endorsement', skip_level_id, NULL, NULL, case_id
        FROM cases WHERE state IN ('submitted', 'gathering')
            AND endorsement AND preset = 'committee'
            AND case_id NOT IN (SELECT case_id FROM endorsed)
    UNION ALL SELECT 'gather', 'endorsement', NULL, NULL, NULL, case_id
        FROM cases WHERE state = 'submitted' AND preset = 'committee'
    UNION ALL SELECT 'give_feedback', 'endorsement', f.author_id, NULL, NULL, c.case_id
        FROM cases c JOIN assessments_feedback f ON f.case_id = c.case_id
        WHERE c.state = 'gathering' AND f.state = 'requested'
    UNION ALL SELECT 'freeze', 'endorsement', NULL, NULL, NULL, c.case_id
        FROM cases c LEFT JOIN asked ON asked.case_id = c.case_id
        WHERE c.state = 'gathering' AND coalesce(asked.given, 0) >= c.minimum_feedback
            AND (NOT c.endorsement OR c.case_id IN (SELECT case_id FROM endorsed))
    UNION ALL SELECT 'assign_panel', 'panel_review', NULL, NULL, NULL, case_id
        FROM cases WHERE state = 'frozen'
    UNION ALL SELECT 'vote', 'panel_review', person_id, NULL, NULL, case_id
        FROM seats WHERE state = 'in_review' AND closed_at IS NULL
            AND NOT silent AND NOT unruled AND NOT voted
    UNION ALL SELECT 'rule_on_conflict', 'panel_review', chair.person_id, NULL, NULL, s.case_id
        FROM seats s LEFT JOIN seats chair
            ON chair.case_id = s.case_id AND chair.chair AND chair.person_id <> s.person_id
        WHERE s.unruled
    UNION ALL SELECT CASE WHEN bool_and(closed_at IS NULL) THEN 'close_ballot'
            WHEN bool_and(split) THEN 'reopen_ballot' ELSE 'recommend' END,
            'panel_review', max(person_id) FILTER (WHERE chair), NULL, NULL, case_id
        FROM seats WHERE state = 'in_review' GROUP BY case_id
        HAVING (bool_and(closed_at IS NOT NULL) OR bool_and(silent OR voted))
            AND NOT bool_or(unruled AND NOT silent)
    UNION ALL SELECT 'decide', 'decisions', approver_id, NULL, NULL, case_id
        FROM cases WHERE state = 'recommended' OR state = 'submitted' AND preset = 'lightweight'
    UNION ALL SELECT 'communicate', 'communication', owner_id, manager_id, skip_level_id, case_id
        FROM cases WHERE state = 'decided'
), held AS (
    SELECT w.task, w.phase, c.case_id, c.candidate_id, c.owner_id, c.cycle_id,
        coalesce(d.id, hr.id) AS person_id,
        CASE WHEN d.id IS NULL THEN 'hr' ELSE 'doer' END AS role,
        CASE WHEN w.task = 'communicate'
            THEN (c.decided_at AT TIME ZONE 'UTC')::date + c.days_to_communicate
            WHEN w.task = 'write_handover' THEN (
                SELECT min(h.due_on) FROM assessments_handover h WHERE h.case_id = c.case_id
                    AND h.former_id = d.id AND h.written_at IS NULL) END AS own_due
    FROM wanted w JOIN cases c ON c.case_id = w.case_id
    LEFT JOIN LATERAL (
        SELECT p.id FROM people_person p
        WHERE p.id IN (w.doer_id, w.second_id, w.third_id) AND p.id <> c.candidate_id
            AND (p.left_on IS NULL OR p.left_on > %(today)s::date)
        ORDER BY p.id <> w.doer_id, p.id <> w.second_id NULLS LAST LIMIT 1) d ON TRUE
    LEFT JOIN hr ON d.id IS NULL AND w.task NOT IN ('give_feedback', 'write_handover')
        AND hr.id <> c.candidate_id
), all_held AS (
    SELECT held.*, NULL::bigint AS for_id FROM held
    UNION ALL
    SELECT held.task, held.phase, held.case_id, held.candidate_id, held.owner_id, held.cycle_id,
        d.delegate_id, 'delegate', held.own_due, held.person_id
    FROM held JOIN cases c ON c.case_id = held.case_id
    JOIN delegations d ON d.delegator_id = held.person_id AND d.delegate_id <> held.candidate_id
        AND held.task = ANY (d.kinds) AND (d.path IS NULL OR starts_with(c.unit_path, d.path))
    WHERE held.role = 'doer' AND NOT EXISTS (  -- who speaks on a case does not stand in there
        SELECT FROM assessments_panel n JOIN assessments_seat s ON s.panel_id = n.id
        WHERE n.case_id = c.case_id AND n.dissolved_at IS NULL AND s.person_id = d.delegate_id
    ) AND NOT (held.task IN ('endorse', 'decide') AND (
        d.delegate_id IN (c.owner_id, c.nominator_id)
        OR d.delegate_id IS NOT DISTINCT FROM c.manager_id
        OR EXISTS (SELECT FROM assessments_feedback f
            WHERE f.case_id = c.case_id AND f.author_id = d.delegate_id)))
)
SELECT DISTINCT held.task, held.case_id, held.candidate_id, held.owner_id, held.cycle_id,
    held.person_id, held.role, held.for_id, f.id AS phase_id,
    coalesce(f.due_on, held.own_due) AS due_on,
    held.task IN ('submit', 'endorse', 'vote', 'decide', 'communicate', 'write_handover')
        AND coalesce(f.due_on, held.own_due) IS NOT NULL AS reminded
FROM all_held held
LEFT JOIN assessments_phase f ON f.cycle_id = held.cycle_id AND f.kind = held.phase
WHERE held.person_id IS NOT NULL
"""
"""Columns: those of Duty but the names. Asks for today, person, is_hr, as_if; `{scope}` above."""

_NAMED = """
SELECT d.task, d.case_id, d.candidate_id, d.owner_id, d.cycle_id, d.person_id, d.role, d.phase_id,
    d.due_on, d.reminded, candidate.name, doer.name, whose.name,
    (SELECT f.id FROM assessments_feedback f WHERE d.task = 'give_feedback'
        AND f.case_id = d.case_id AND f.author_id = d.person_id)
FROM ({owed}) d
JOIN people_person candidate ON candidate.id = d.candidate_id
JOIN people_person doer ON doer.id = d.person_id
LEFT JOIN people_person whose ON whose.id = d.for_id
WHERE {condition}
ORDER BY d.due_on NULLS LAST, candidate.name, d.case_id, d.task, doer.name
"""


@dataclass(frozen=True, slots=True)
class Duty:
    """One task that one person owes on one case; `role` says hr where HR stands in, and delegate
    where somebody does it for `for_name`."""

    task: str
    case_id: int
    candidate_id: int
    owner_id: int
    cycle_id: int | None
    person_id: int
    role: str
    phase_id: int | None
    due_on: datetime.date | None
    reminded: bool
    candidate_name: str
    person_name: str
    for_name: str | None
    feedback_id: int | None


def owed_by(person: Person, today: datetime.date | None = None) -> list[Duty]:
    """What needs `person`, earliest due date first. One query."""
    return _duties(NEAR, "d.person_id = %(person)s", today, person=person)


def awaited_by(person: Person, today: datetime.date | None = None) -> list[Duty]:
    """What others owe on the cases that `person` owns. One query."""
    return _duties(OWNED, f"d.person_id <> %(person)s AND {OWN}", today, person=person)


def in_cycle(
    cycle: Cycle, today: datetime.date | None = None, *, as_if_announced: bool = False
) -> list[Duty]:
    """All duties on the cases of one cycle that belong to its phases, delegates left out. One
    query."""
    as_if = cycle.pk if as_if_announced else None
    rows = f"d.task <> 'write_handover' AND {OWN}"
    return _duties(IN_CYCLE, rows, today, cycle=cycle.pk, as_if=as_if)


def on_cases(ids: list[int], today: datetime.date | None = None) -> list[Duty]:
    """All duties on some cases. One query."""
    return _duties(ON_CASES, "TRUE", today, cases=ids)


def count(person: Person, today: datetime.date | None = None) -> int:
    """How many tasks need `person`. One query."""
    return len(owed_by(person, today))


def owed(scope: str) -> str:
    """The definition as SQL, over the cases that one of the scopes above lets in."""
    return OWED.replace("{hr}", HR).replace("{scope}", scope)


def parameters(
    today: datetime.date | None = None, *, person: Person | None = None, **more: Any
) -> dict[str, Any]:
    """The values that `owed` asks for."""
    return {
        "today": today or timezone.localdate(),
        "person": person.pk if person else None,
        "is_hr": bool(person and person.has_role("hr")),
        "as_if": None,
        **more,
    }


def _duties(scope: str, condition: str, today: datetime.date | None, **values: Any) -> list[Duty]:
    sql = _NAMED.replace("{owed}", owed(scope)).replace("{condition}", condition)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters(today, **values))
        return [Duty(*row) for row in cursor.fetchall()]
