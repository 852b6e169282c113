"""orphans: what waits for somebody who is gone, or for nobody. It must stay empty."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from assessments import duties, errands, states, track_move_states
from assessments.reports import history
from assessments.reports.base import Answer, Column, Definition, Report, Row
from assessments.reports.parameters import Parameters
from assessments.track_move_states import State
from assessments.wording import TASKS
from people.wording import counted, long_day

COLUMNS = (
    Column("what", "What is left alone"),
    Column("about", "Whom it is about"),
    Column("who", "Who it waits for"),
    Column("team", "Team"),
    Column("todo", "What to do"),
    Column("page_url", "Where", "link"),
)
GIVE_A_MANAGER = "Give them a manager: in the HR system, or in their records."
WORDS = {
    "no_manager": ("Reports to nobody", GIVE_A_MANAGER),
    "manager_left": ("Reports to somebody who left", GIVE_A_MANAGER),
    "owner": ("Case of a manager who no longer leads the candidate", "Hand it to {heir}."),
    "owner_left": (
        "Case of a manager who left",
        "Give the candidate a manager; until then their manager’s manager or HR carries it on.",
    ),
    "feedback": ("Request for feedback to somebody who left", "Ask somebody else."),
    "approver": ("Case whose approver left", "Name another approver with the panel, or decide it."),
    "seat": ("Seat of somebody who left", "Name another panel."),
    "handover": ("Handover statement asked of somebody who left", "Go on without it."),
    "offered": (
        "Delegation that nobody has accepted, although it has begun",
        "Ask for an answer, or have it offered to somebody else.",
    ),
    "delegate_left": ("Delegation to somebody who left", "Have it offered to somebody else."),
    "receiving": (
        "Move of which the receiving manager left",
        "Their manager or HR carries it on; before it begins, talk it over again.",
    ),
    "mentor": ("Trial whose mentor left", "Ask somebody else to mentor them."),
    "away": ("{task}", "They are away until {until}; find somebody who does it."),
    "away_on_move": ("{task}", "They are away until {until}; talk about another day."),
}
"""Kind → what is said, and what to do; in the order in which they are shown."""
PLACES = {
    "owner": "assessments:case-handover",
    "feedback": "assessments:case-requests",
    "seat": "assessments:case-panel",
    "receiving": "assessments:move",
    "mentor": "assessments:move",
    "away_on_move": "assessments:move",
}
"""Where it is put right; the case itself for all else. Nothing: on the page of the person."""

SQL = """
WITH now AS (SELECT %(today)s::date AS day), line AS (
  SELECT r.person_id, r.manager_id, m.name AS manager, t.name AS unit, t.path,
    m.left_on IS NULL OR m.left_on > now.day AS here
  FROM people_reportingline r CROSS JOIN now
  LEFT JOIN people_person m ON m.id = r.manager_id
  LEFT JOIN people_team t ON t.id = r.team_id
  WHERE r.superseded_at IS NULL AND r.valid @> now.day
), person AS (
  SELECT id, name, left_on IS NULL OR left_on > now.day AS here FROM people_person CROSS JOIN now
), "case" AS (
  SELECT c.id, c.state, c.candidate_id, candidate.name AS candidate,
    owner.id AS owner_id, owner.name AS owner, owner.here AS owner_here,
    approver.name AS approver, approver.here AS approver_here
  FROM assessments_promotioncase c
  JOIN person candidate ON candidate.id = c.candidate_id
  JOIN person owner ON owner.id = c.owner_id
  LEFT JOIN person approver ON approver.id = c.approver_id
  WHERE c.state = ANY(%(open)s)
), owed AS MATERIALIZED (
  {owed}
), found (kind, place_id, person_id, about, who, heir, task, until) AS (
  SELECT CASE WHEN line.manager_id IS NULL THEN 'no_manager' ELSE 'manager_left' END,
    NULL::bigint, p.id, p.name, line.manager, NULL::text, NULL::text, NULL::date
  FROM person p CROSS JOIN now LEFT JOIN line ON line.person_id = p.id
  WHERE p.here AND (
    NOT line.here AND line.manager_id IS NOT NULL
    OR line.manager_id IS NULL AND NOT EXISTS (SELECT FROM line l WHERE l.manager_id = p.id)
      AND (line.person_id IS NOT NULL OR EXISTS (SELECT FROM ladders_placement k
        WHERE k.person_id = p.id AND k.superseded_at IS NULL AND k.valid @> now.day)))
  UNION ALL
  SELECT CASE WHEN line.manager_id IS NOT NULL AND line.here THEN 'owner' ELSE 'owner_left' END,
    c.id, c.candidate_id, c.candidate, c.owner, line.manager, NULL, NULL
  FROM "case" c LEFT JOIN line ON line.person_id = c.candidate_id
  WHERE NOT c.owner_here
    OR line.manager_id IS NOT NULL AND line.here AND line.manager_id <> c.owner_id
  UNION ALL
  SELECT 'feedback', c.id, c.candidate_id, c.candidate, p.name, NULL, NULL, NULL
  FROM "case" c JOIN assessments_feedback f ON f.case_id = c.id AND f.state = 'requested'
  JOIN person p ON p.id = f.author_id
  WHERE c.state = 'gathering' AND NOT p.here
    AND (%(central)s OR f.visibility <> 'panel_only')
  UNION ALL
  SELECT 'approver', c.id, c.candidate_id, c.candidate, c.approver, NULL, NULL, NULL
  FROM "case" c WHERE NOT c.approver_here AND c.state NOT IN ('draft', 'decided')
  UNION ALL
  SELECT 'seat', c.id, c.candidate_id, c.candidate, p.name, NULL, NULL, NULL
  FROM "case" c JOIN assessments_panel n ON n.case_id = c.id AND n.dissolved_at IS NULL
  JOIN assessments_seat s ON s.panel_id = n.id AND s.recused_at IS NULL
  JOIN person p ON p.id = s.person_id
  WHERE %(central)s AND c.state = 'in_review' AND NOT p.here
  UNION ALL
  SELECT 'handover', c.id, c.candidate_id, c.candidate, p.name, NULL, NULL, NULL
  FROM "case" c JOIN assessments_handover h ON h.case_id = c.id
  JOIN person p ON p.id = h.former_id
  WHERE h.asked_at IS NOT NULL AND h.written_at IS NULL AND NOT p.here
    AND c.state IN ('draft', 'submitted', 'gathering')
  UNION ALL
  SELECT 'away', c.id, c.candidate_id, c.candidate, p.name, NULL, o.task, upper(a.valid)
  FROM owed o JOIN "case" c ON c.id = o.case_id
  JOIN person p ON p.id = o.person_id CROSS JOIN now
  JOIN people_leave a ON a.person_id = p.id AND a.superseded_at IS NULL
    AND a.valid @> now.day AND a.pauses_reminders
  WHERE o.role = 'doer' AND o.due_on < coalesce(upper(a.valid), 'infinity')
    AND (%(central)s OR o.task NOT IN {sealed})
    AND NOT EXISTS (  -- somebody who is here does it for them
      SELECT FROM owed d WHERE (d.case_id, d.task, d.for_id) = (o.case_id, o.task, o.person_id)
        AND NOT EXISTS (SELECT FROM people_leave b WHERE b.person_id = d.person_id
          AND b.superseded_at IS NULL AND b.valid @> now.day AND b.pauses_reminders))
  UNION ALL
  SELECT gone.kind, m.id, p.id, p.name, gone.name, NULL, NULL, NULL
  FROM assessments_trackmove m JOIN person p ON p.id = m.person_id
  CROSS JOIN LATERAL (
    SELECT 'receiving' AS kind, r.name FROM person r
    WHERE r.id = m.receiving_manager_id AND NOT r.here
    UNION ALL SELECT 'mentor', n.name FROM person n WHERE n.id = m.mentor_id AND NOT n.here) gone
  WHERE %(central)s AND p.here AND m.state = ANY(%(moving)s)
  UNION ALL
  SELECT 'away_on_move', e.move_id, about.id, about.name, p.name, NULL, e.task, upper(a.valid)
  FROM ({errands}) e JOIN person about ON about.id = e.candidate_id
  JOIN person p ON p.id = e.person_id CROSS JOIN now
  JOIN people_leave a ON a.person_id = p.id AND a.superseded_at IS NULL
    AND a.valid @> now.day AND a.pauses_reminders
  WHERE %(central)s AND e.move_id IS NOT NULL AND e.role = 'doer'
    AND e.due_on < coalesce(upper(a.valid), 'infinity')
  UNION ALL
  SELECT CASE WHEN e.here THEN 'offered' ELSE 'delegate_left' END,
    NULL, p.id, p.name, e.name, NULL, NULL, NULL
  FROM people_delegation d CROSS JOIN now
  JOIN person p ON p.id = d.delegator_id JOIN person e ON e.id = d.delegate_id
  WHERE d.days @> now.day AND p.here
    AND (d.state = 'offered' OR d.state = 'accepted' AND NOT e.here)
)
SELECT found.*, line.unit FROM found LEFT JOIN line ON line.person_id = found.person_id
WHERE found.person_id <> %(reader)s
  AND (%(everywhere)s OR EXISTS (
    SELECT FROM unnest(%(paths)s::text[]) base WHERE starts_with(line.path, base)))
ORDER BY array_position(%(kinds)s, kind), line.unit NULLS FIRST, about, who, place_id
"""
SEALED = "('vote', 'rule_on_conflict', 'close_ballot', 'reopen_ballot', 'recommend')"


def run(parameters: Parameters) -> Answer:
    """Answer in one statement."""
    sql = SQL.replace("{owed}", duties.owed(duties.EVERYWHERE)).replace("{sealed}", SEALED)
    sql = sql.replace("{errands}", errands.owed(errands.MOVES))
    rows = [_row(row) for row in history.fetch(sql, _values(parameters))]
    return Answer(sentence=_sentence(rows), columns=COLUMNS, rows=rows, total={"hidden": False})


def _values(parameters: Parameters) -> dict[str, Any]:
    return {
        **duties.parameters(timezone.localdate()),
        "open": sorted(states.BEFORE_COMMUNICATION),
        "moving": [State.PROPOSED, *sorted(track_move_states.AGREED)],
        "kinds": list(WORDS),
        "central": parameters.reach.everywhere,
        "everywhere": not parameters.bases,
        "paths": [team.path for team in parameters.bases],
        "reader": parameters.reach.reader,
    }


def _row(row: dict[str, Any]) -> Row:
    what, todo = WORDS[row["kind"]]
    task = TASKS[row["task"]].format(name=row["about"]) if row["task"] else ""
    until = long_day(row["until"]) if row["until"] else "an open date"
    return {
        "what": what.format(task=task),
        "about": row["about"],
        "who": row["who"],
        "team": row["unit"],
        "todo": todo.format(heir=row["heir"], until=until),
        "page_url": _where(row),
        "hidden": False,
    }


def _where(row: dict[str, Any]) -> str:
    if row["place_id"] is None:
        return reverse("ladders:person", args=[row["person_id"]])
    return reverse(PLACES.get(row["kind"], "assessments:case"), args=[row["place_id"]])


def _sentence(rows: list[Row]) -> str:
    if not rows:
        return "Nothing is orphaned: everything that waits has somebody here to do it."
    things = counted(len(rows), "thing waits,things wait")
    return f"{things} for nobody, or for somebody who is away"


REPORT = Report(
    id="orphans",
    title="Orphans",
    question="What waits for somebody who is gone, or for nobody?",
    definition=Definition(
        definition=(
            "People without a manager who lead nobody, and of open cases: owners, approvers, panel "
            "members, and those asked, who have left; of moves between the tracks: receiving "
            "managers and mentors who have left; and tasks that fall due while their doer is on "
            "leave. It should be empty."
        ),
        formula="each thing once",
        numerator="Things that wait",
        denominator="None",
        population="Everybody who works here today, and cases whose candidate is not told yet",
    ),
    group_bys=("kind",),
    takes_period=False,
    run=run,
    chart=lambda answer: {},
    today_only=True,
    names_people=True,
)
