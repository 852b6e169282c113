"""The hand-written statements: the fewest rows and columns that could serve an answer."""

from __future__ import annotations

PEOPLE = """
SELECT p.id, p.name, p.title, p.email, p.employee_number, p.hired_on, line.team_id, team.name,
    line.manager_id, boss.name, level.titles[1], placement.kind, lower(placement.valid)
FROM people_person p
LEFT JOIN people_reportingline line ON line.person_id = p.id AND line.superseded_at IS NULL
    AND line.valid @> current_date
LEFT JOIN people_team team ON team.id = line.team_id
LEFT JOIN people_person boss ON boss.id = line.manager_id
LEFT JOIN ladders_placement placement ON placement.person_id = p.id
    AND placement.superseded_at IS NULL AND placement.valid @> current_date
LEFT JOIN ladders_level level ON level.id = placement.level_id
"""
PEOPLE_PAGE = f"{PEOPLE} WHERE p.left_on IS NULL ORDER BY p.name, p.id LIMIT %(size)s"
ONE_PERSON = f"{PEOPLE} WHERE p.id = %(person)s"
REPORTS = f"{PEOPLE} WHERE line.manager_id = %(person)s AND p.left_on IS NULL ORDER BY p.name"
EVERYBODY_BELOW = """
WITH RECURSIVE below (id) AS (
    SELECT %(person)s::bigint UNION SELECT line.person_id FROM below
    JOIN people_reportingline line ON line.manager_id = below.id AND line.superseded_at IS NULL
        AND line.valid @> current_date
)
"""
OF_THEM = "WHERE p.id IN (SELECT id FROM below) AND p.left_on IS NULL ORDER BY p.name LIMIT 51"
BELOW = f"{EVERYBODY_BELOW} {PEOPLE} {OF_THEM}"
MOVED = "UPDATE people_position SET kind = kind WHERE path LIKE %(path)s || '%%'"
CALLED = f"""
{PEOPLE} WHERE p.left_on IS NULL AND (p.search_key LIKE %(key)s || '%%'
    OR p.search_key LIKE '%% ' || %(key)s || '%%') ORDER BY p.name LIMIT 8
"""
CASES = """
SELECT c.id, c.state, c.outcome, c.opened_at, c.active_at, c.submitted_at, c.decided_at,
    candidate.name, owner.name, low.titles[1], high.titles[1], version.number, cycle.name
FROM assessments_promotioncase c
JOIN people_person candidate ON candidate.id = c.candidate_id
JOIN people_person owner ON owner.id = c.owner_id
JOIN ladders_level low ON low.id = c.from_level_id
JOIN ladders_level high ON high.id = c.target_level_id
JOIN ladders_ladderversion version ON version.id = c.pinned_version_id
LEFT JOIN assessments_cycle cycle ON cycle.id = c.cycle_id
"""
CASES_PAGE = f"{CASES} ORDER BY c.active_at DESC, c.id DESC LIMIT %(size)s"
OPEN_CASES_PAGE = f"""
{CASES} WHERE c.state NOT IN ('effective', 'closed', 'withdrawn', 'lapsed', 'cancelled')
ORDER BY c.active_at DESC, c.id DESC LIMIT %(size)s
"""
OWN_CASES = f"{CASES} WHERE c.owner_id = %(person)s ORDER BY c.active_at DESC LIMIT 50"
ONE_CASE = """
SELECT c.*, packet.content,
    (SELECT json_agg(s) FROM assessments_casesection s WHERE s.case_id = c.id),
    (SELECT json_agg(e) FROM assessments_caseevidence a JOIN assessments_evidence e
        ON e.id = a.evidence_id WHERE a.case_id = c.id),
    (SELECT json_agg(f) FROM assessments_feedback f WHERE f.case_id = c.id),
    (SELECT json_agg(e) FROM assessments_endorsement e WHERE e.case_id = c.id),
    (SELECT json_agg(s) FROM assessments_panel n JOIN assessments_seat s ON s.panel_id = n.id
        WHERE n.case_id = c.id),
    (SELECT json_agg(r) FROM assessments_recommendation r WHERE r.case_id = c.id),
    (SELECT json_agg(e) FROM people_event e
        WHERE e.subject_kind = 'promotioncase' AND e.subject_id = c.id),
    (SELECT json_agg(x) FROM ladders_expectation x JOIN ladders_expectation_levels l
        ON l.expectation_id = x.id WHERE l.level_id = c.target_level_id)
FROM assessments_promotioncase c LEFT JOIN assessments_packet packet ON packet.case_id = c.id
WHERE c.id = %(case)s
"""
TRACK = """
SELECT x.summary, (SELECT array_agg(s.text) FROM ladders_statement s WHERE s.expectation_id = x.id),
    (SELECT json_agg(p) FROM ladders_placement p WHERE p.person_id = %(person)s
        AND p.superseded_at IS NULL),
    (SELECT json_agg(e) FROM assessments_evidence e WHERE e.person_id = %(person)s)
FROM ladders_placement stood JOIN ladders_level here ON here.id = stood.level_id
JOIN ladders_level near ON near.version_id = here.version_id
    AND near."order" - here."order" IN (0, 1)
JOIN ladders_expectation_levels l ON l.level_id = near.id
JOIN ladders_expectation x ON x.id = l.expectation_id
WHERE stood.person_id = %(person)s AND stood.superseded_at IS NULL AND stood.valid @> current_date
"""
STANDING = """
SELECT level.id, count(*) FROM ladders_placement p JOIN ladders_level level ON level.id = p.level_id
JOIN people_person person ON person.id = p.person_id AND person.left_on IS NULL
WHERE p.superseded_at IS NULL AND p.valid @> current_date GROUP BY level.id
"""
PROMOTED = """
SELECT level.id, count(DISTINCT p.person_id), sum(upper(days) - lower(days)),
    count(*) FILTER (WHERE p.kind = 'promotion' AND lower(p.valid) > current_date - 365)
FROM ladders_placement p JOIN ladders_level level ON level.id = p.level_id
CROSS JOIN LATERAL (SELECT p.valid * daterange(current_date - 365, current_date) AS days) span
WHERE p.superseded_at IS NULL AND NOT isempty(days) GROUP BY level.id
"""
ALL_CASES = f"COPY ({CASES} ORDER BY c.active_at DESC, c.id DESC) TO STDOUT WITH (FORMAT csv)"
DECIDE = """
WITH moved AS (
    UPDATE assessments_promotioncase SET state = 'decided', outcome = 'approved',
        decided_at = now(), effective_on = current_date WHERE id = %(case)s RETURNING id
), told AS (
    INSERT INTO people_event (verb, actor_id, subject_kind, subject_id, at, data, attempts)
    SELECT 'case.approve', %(person)s, 'promotioncase', id, now(), '{}', 0 FROM moved
)
INSERT INTO assessments_decision
    (case_id, outcome, decided_by_id, decided_at, overturn_reason, effective_on, letter)
SELECT id, 'approved', %(person)s, now(), '', current_date, '' FROM moved
"""
REMEMBER = """
CREATE TEMP TABLE IF NOT EXISTS bench_reminder AS
SELECT person_id, case_id, phase_id, task, step, role, due_on, send_on, send_at, time_zone, state,
    attempts, created_at FROM assessments_reminder
"""
REMIND = """
INSERT INTO assessments_reminder (person_id, case_id, phase_id, task, step, role, due_on, send_on,
    send_at, time_zone, state, attempts, created_at)
SELECT * FROM bench_reminder ON CONFLICT DO NOTHING
"""
ANNOUNCE = """
INSERT INTO assessments_participation
    (cycle_id, person_id, manager_id, team_id, level_id, pinned_version_id)
SELECT %(cycle)s, line.person_id, line.manager_id, line.team_id, placement.level_id,
    level.version_id
FROM people_reportingline line
LEFT JOIN ladders_placement placement ON placement.person_id = line.person_id
    AND placement.superseded_at IS NULL AND placement.valid @> current_date
LEFT JOIN ladders_level level ON level.id = placement.level_id
WHERE line.superseded_at IS NULL AND line.valid @> current_date
"""
STAFF = """
SELECT p.employee_number, p.name, p.email, p.title, boss.employee_number, team.key
FROM people_person p
LEFT JOIN people_reportingline line ON line.person_id = p.id AND line.superseded_at IS NULL
    AND line.valid @> current_date
LEFT JOIN people_person boss ON boss.id = line.manager_id
LEFT JOIN people_team team ON team.id = line.team_id
WHERE p.left_on IS NULL ORDER BY p.id
"""
STAGE = """
CREATE TEMP TABLE IF NOT EXISTS bench_staff
    (number text, name text, email text, title text, manager text, team text)
"""
LOAD = "COPY bench_staff FROM STDIN WITH (FORMAT csv, HEADER)"
COMPARE = """
UPDATE people_person p SET title = s.title FROM bench_staff s
WHERE s.number = p.employee_number AND p.title IS DISTINCT FROM s.title
"""
