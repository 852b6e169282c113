"""What moves between the tracks, pulses and delegations ask of whom, and by when.

The one definition behind Home and reminders, as `duties` is for cases. What is private asks for
nothing.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from assessments import duties
from assessments.models.track_move import HOME
from people.models import Person


class Scope(NamedTuple):
    """Which moves, pulses and delegations are considered: a condition for each."""

    moves: str
    pulses: str
    delegations: str


EVERYWHERE = Scope("TRUE", "TRUE", "TRUE")
NOWHERE = Scope("FALSE", "FALSE", "FALSE")
MOVES = Scope("TRUE", "FALSE", "FALSE")
THESE = Scope("m.id = ANY(%(move)s)", "p.id = ANY(%(pulse)s)", "d.id = ANY(%(delegation)s)")
NEAR = Scope(
    """(%(is_hr)s OR m.id IN (
    SELECT id FROM assessments_trackmove
        WHERE person_id = %(person)s OR receiving_manager_id = %(person)s
    UNION SELECT k.id FROM assessments_trackmove k JOIN people_reportingline r
        ON r.person_id = k.receiving_manager_id AND r.manager_id = %(person)s))""",
    "a.person_id = %(person)s",
    "d.delegate_id = %(person)s",
)
"""Nothing outside of these can ask anything of the person."""

ERRANDS = """
WITH hr AS ({hr}), moves AS (
    SELECT m.*, CASE WHEN w.left_on <= %(today)s::date THEN u.id
        ELSE w.id END AS receives_id  -- what is left behind falls to the skip-level, then to HR
    FROM assessments_trackmove m
    LEFT JOIN people_person w ON w.id = m.receiving_manager_id
    LEFT JOIN LATERAL (
        SELECT r.manager_id FROM people_reportingline r
        WHERE r.person_id = w.id AND r.superseded_at IS NULL AND r.manager_id <> m.person_id
            AND lower(r.valid) <= %(today)s::date
        ORDER BY lower(r.valid) DESC LIMIT 1) above ON w.left_on <= %(today)s::date
    LEFT JOIN people_person u ON u.id = above.manager_id
        AND (u.left_on IS NULL OR u.left_on > %(today)s::date)
    WHERE m.proposed_at IS NOT NULL
        AND m.state IN ('proposed', 'approved', 'in_trial', 'extended', 'confirmed') AND {moves}
), trials AS (
    SELECT * FROM moves WHERE state IN ('in_trial', 'extended')
), wanted (task, move_id, candidate_id, doer_id, due_on, ahead) AS (  -- without a doer: HR
    SELECT 'agree', id, person_id, person_id, starts_on, NULL::int
        FROM moves WHERE state = 'proposed' AND agreed_at IS NULL
    UNION ALL SELECT 'receive', id, person_id, receives_id, starts_on, NULL
        FROM moves WHERE state = 'proposed' AND received_at IS NULL
    UNION ALL SELECT 'approve', id, person_id, NULL, starts_on, NULL
        FROM moves WHERE state = 'proposed' AND agreed_at IS NOT NULL AND received_at IS NOT NULL
    UNION ALL SELECT 'look', id, person_id, NULL, starts_on, NULL
        FROM moves WHERE state = 'approved' AND starts_on < %(today)s::date
    UNION ALL SELECT 'check_in', t.id, person_id, person_id, k."on", 3
        FROM trials t JOIN assessments_checkpoint k ON k.move_id = t.id AND k.own_text = ''
    UNION ALL SELECT 'check_in', t.id, person_id, receives_id, k."on", 3
        FROM trials t JOIN assessments_checkpoint k ON k.move_id = t.id AND k.manager_text = ''
        WHERE receives_id IS NOT NULL
    UNION ALL SELECT 'decide_trial', id, person_id, doer_id, ends_on, 14
        FROM trials, unnest(ARRAY[person_id, receives_id, NULL]) doer_id WHERE stays_at IS NULL
    UNION ALL SELECT 'confirm_move', id, person_id, NULL, ends_on, 14
        FROM trials WHERE stays_at IS NOT NULL
    UNION ALL SELECT 'home_seat', id, person_id, NULL, ended_on + {home}, 14
        FROM moves WHERE state = 'confirmed' AND NOT direct
            AND ended_on + {home} >= %(today)s::date
), held AS (
    SELECT w.task, w.move_id, NULL::bigint AS pulse_id, NULL::bigint AS delegation_id,
        w.candidate_id, coalesce(w.doer_id, hr.id) AS person_id,
        CASE WHEN w.doer_id IS NULL THEN 'hr' WHEN w.task = 'agree' THEN 'asked' ELSE 'doer' END
            AS role, w.due_on, w.ahead
    FROM wanted w LEFT JOIN hr ON w.doer_id IS NULL AND hr.id <> w.candidate_id
    UNION ALL SELECT 'answer_pulse', NULL, p.id, NULL, m.person_id, a.person_id, 'asked',
        p.closes_on - 1, NULL
    FROM assessments_pulseanswer a JOIN assessments_pulse p ON p.id = a.pulse_id
    JOIN assessments_trackmove m ON m.id = p.move_id
    WHERE a.answered_at IS NULL AND p.closes_on > %(today)s::date AND {pulses}
    UNION ALL SELECT 'stand_in', NULL, NULL, d.id, d.delegator_id, d.delegate_id, 'doer',
        lower(d.days), NULL
    FROM people_delegation d JOIN people_person w ON w.id = d.delegator_id
        AND (w.left_on IS NULL OR w.left_on > %(today)s::date)
    WHERE d.state = 'offered' AND upper(d.days) > %(today)s::date AND {delegations}
)
SELECT held.*, task NOT IN ('approve', 'look', 'home_seat') AND due_on IS NOT NULL AS reminded
FROM held WHERE person_id IS NOT NULL
"""
"""One row for each task and person; `candidate_id` is whom it is about.

`ahead` is how many days before it is due a task begins to be asked for; NULL: at once. Only a
`doer` has somebody above who hears that it waits: nobody is pressed into a move, and nobody hears
who has yet to answer a pulse. Asks for today, person, is_hr, and what its scope names.
"""

_NAMED = """
SELECT e.task, e.move_id, e.pulse_id, e.delegation_id, e.due_on, about.name,
    e.candidate_id = e.person_id, min(e.role) = 'hr'
FROM ({errands}) e JOIN people_person about ON about.id = e.candidate_id
WHERE e.person_id = %(person)s AND (e.ahead IS NULL OR e.due_on - e.ahead <= %(today)s::date)
GROUP BY e.task, e.move_id, e.pulse_id, e.delegation_id, e.due_on, about.name, e.candidate_id,
    e.person_id
ORDER BY e.due_on, about.name, e.task, e.move_id, e.pulse_id, e.delegation_id
"""


@dataclass(frozen=True, slots=True)
class Errand:
    """One task of one person about one move, pulse or delegation, and by when."""

    task: str
    move_id: int | None
    pulse_id: int | None
    delegation_id: int | None
    due_on: datetime.date | None
    name: str
    own: bool
    as_hr: bool

    @property
    def about(self) -> tuple[str, int]:
        """What it is about: the kind and the id."""
        ids = {"move": self.move_id, "pulse": self.pulse_id, "delegation": self.delegation_id}
        return next((kind, pk) for kind, pk in ids.items() if pk is not None)


def owed_by(person: Person, today: datetime.date) -> list[Errand]:
    """What needs `person`, earliest due date first. One query."""
    with connection.cursor() as cursor:
        sql = _NAMED.replace("{errands}", owed(NEAR))
        cursor.execute(sql, duties.parameters(today, person=person))
        return [Errand(*row) for row in cursor.fetchall()]


def page_of(kind: str, pk: int) -> tuple[str, list[int]]:
    """Where it is done: the name of an address, and what fills it."""
    return ("delegations", []) if kind == "delegation" else (kind, [pk])


def owed(scope: Scope) -> str:
    """The definition as SQL, over what a scope lets in."""
    sql = ERRANDS.replace("{hr}", duties.HR).replace("{home}", str(HOME.days))
    for name, condition in scope._asdict().items():
        sql = sql.replace(f"{{{name}}}", condition)
    return sql
