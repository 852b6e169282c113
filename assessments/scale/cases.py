"""Cycles of every year and cases in every state: promotions that happened, failed, or are open."""

from __future__ import annotations

CYCLES = """
CREATE TEMP TABLE scale_cycle ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('assessments_cycle', 'id')) AS id, ago,
    %(today)s::date - 60 - 365 * ago AS opens, %(today)s::date - 60 - 365 * (ago - 1) AS next
FROM generate_series(0, %(years)s) ago
"""
WRITE_CYCLES = """
INSERT INTO assessments_cycle (id, name, period, state, created_at, announced_at, closed_at)
SELECT id, 'Cycle of ' || opens, daterange(opens - 365, opens),
    CASE WHEN ago = 0 THEN 'announced' ELSE 'closed' END, opens, opens,
    CASE WHEN ago > 0 THEN opens + 120 END
FROM scale_cycle ORDER BY ago DESC
"""
PHASES = """
INSERT INTO assessments_phase (cycle_id, kind, opens_on, due_on, grace_until)
SELECT id, kind, opens, opens + due, opens + due + 10
FROM scale_cycle CROSS JOIN (VALUES ('nominations', 40), ('endorsement', 55),
    ('panel_review', 65), ('decisions', 75), ('communication', 85)) phase (kind, due)
"""
PARTICIPATIONS = """
INSERT INTO assessments_participation
    (cycle_id, person_id, manager_id, team_id, level_id, pinned_version_id)
SELECT cycle.id, line.person_id, line.manager_id, line.team_id, stood.level_id, level.version_id
FROM scale_cycle cycle
JOIN scale_line line ON daterange(line.begins, line.ends) @> cycle.opens
LEFT JOIN scale_placement stood ON stood.n = line.n
    AND daterange(stood.begins, stood.ends) @> cycle.opens
LEFT JOIN ladders_level level ON level.id = stood.level_id
"""
REACH = """
CREATE TEMP TABLE scale_reach (place int, state text, reach int, lightweight boolean, outcome text)
ON COMMIT DROP
"""
STATES = """
INSERT INTO scale_reach VALUES
    (0, 'draft', 0, TRUE, ''), (1, 'submitted', 1, TRUE, ''), (2, 'gathering', 2, FALSE, ''),
    (3, 'frozen', 3, FALSE, ''), (4, 'in_review', 4, FALSE, ''),
    (5, 'recommended', 5, FALSE, ''), (6, 'decided', 6, TRUE, 'approved'),
    (7, 'communicated', 7, TRUE, 'deferred'), (8, 'scheduled', 8, TRUE, 'approved'),
    (9, 'effective', 9, TRUE, 'approved'), (10, 'closed', 7, TRUE, 'approved_no_seat'),
    (11, 'withdrawn', 1, TRUE, ''), (12, 'lapsed', 0, TRUE, ''), (13, 'cancelled', 1, TRUE, ''),
    (14, 'closed', 7, TRUE, 'declined')
"""
PROMOTED = """
CREATE TEMP TABLE scale_wish ON COMMIT DROP AS
SELECT stood.n, stood.id AS placement_id, stood.level_id AS target_id, stood.begins - 100 AS opened,
    earlier.level_id AS from_id, 9 AS place, stood.begins AS effective_on
FROM scale_placement stood
JOIN scale_placement earlier ON earlier.n = stood.n AND earlier.k = stood.k - 1
WHERE stood.kind IN ('promotion', 'track_move')
"""
ONWARD = """
CREATE TEMP TABLE scale_onward ON COMMIT DROP AS
SELECT stood.n, stood.level_id AS from_id, target.id AS target_id, stood.begins,
    track.kind = 'shared' AS lightweight,
    row_number() OVER (PARTITION BY track.kind = 'shared' ORDER BY mod(stood.n * 7919, 10007),
        stood.n) AS turn
FROM scale_placement stood
JOIN scale_line line ON line.n = stood.n AND line.ends IS NULL AND line.manager_id IS NOT NULL
JOIN ladders_level here ON here.id = stood.level_id
JOIN (VALUES ('associate-engineer', 'engineer'), ('engineer', 'senior-engineer'),
    ('senior-engineer', 'staff-engineer'), ('staff-engineer', 'senior-staff-engineer'),
    ('senior-staff-engineer', 'principal-engineer'),
    ('engineering-manager', 'senior-engineering-manager'),
    ('senior-engineering-manager', 'director-of-engineering')) way (low, high)
    ON way.low = stood.key
JOIN ladders_level target ON target.key = way.high AND target.version_id = here.version_id
JOIN ladders_track track ON track.id = target.track_id
WHERE stood.ends IS NULL AND stood.kind <> 'trial'
"""
HOPED = """
INSERT INTO scale_wish (n, from_id, target_id, opened, place)
SELECT n, from_id, target_id, begins + 90, 10 + mod(turn / 8, 5)
FROM scale_onward WHERE mod(turn, 8) = 5 AND begins < %(today)s::date - 250
"""
OPEN = """
INSERT INTO scale_wish (n, from_id, target_id, opened, place)
SELECT n, from_id, target_id, %(today)s::date - 5 - mod(n * 31, 50)::int, open.place
FROM (SELECT *, row_number() OVER (PARTITION BY lightweight ORDER BY turn) AS nth
    FROM scale_onward WHERE mod(turn, 20) = 3) candidate
JOIN (SELECT place, lightweight,
        row_number() OVER (PARTITION BY lightweight ORDER BY place) - 1 AS nth,
        count(*) OVER (PARTITION BY lightweight) AS many
    FROM (SELECT place, TRUE AS lightweight FROM scale_reach WHERE lightweight AND place < 9
        UNION ALL SELECT place, FALSE FROM scale_reach WHERE place < 9) usable) open
    ON open.lightweight = candidate.lightweight AND open.nth = mod(candidate.nth, open.many)
"""
CASES = """
CREATE TEMP TABLE scale_case ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('assessments_promotioncase', 'id')) AS id, wish.*,
    line.person_id AS candidate_id, lead.id AS owner_id, above.id AS skip_id,
    CASE WHEN top.id NOT IN (lead.id, line.person_id) THEN top.id END AS approver_id,
    target.version_id, procedure.id AS procedure_id, procedure.preset = 'committee' AS committee,
    reach.state, reach.reach, reach.outcome, cycle.id AS cycle_id,
    wish.opened + interval '9 hours' AS opened_at, interval '1 minute' * mod(wish.n, 60)
        + CASE WHEN reach.place >= 9 THEN interval '10 days'
            ELSE (%(today)s::date - wish.opened) * interval '1 day' / 10 END AS step,
    (SELECT min(id) FROM people_person WHERE 'hr' = ANY(roles)) AS hr_id
FROM scale_wish wish
JOIN scale_reach reach ON reach.place = wish.place
JOIN scale_line line ON line.n = wish.n AND daterange(line.begins, line.ends) @> wish.opened
JOIN scale_person lead ON lead.id = line.manager_id
LEFT JOIN scale_person above ON above.n = lead.boss
LEFT JOIN scale_person top ON top.n = coalesce(above.boss, above.n)
JOIN ladders_level target ON target.id = wish.target_id
JOIN ladders_track track ON track.id = target.track_id
JOIN assessments_procedure procedure ON procedure.ladder_id IS NULL
    AND procedure.preset = CASE WHEN track.kind = 'shared' THEN 'lightweight' ELSE 'committee' END
LEFT JOIN scale_cycle cycle ON wish.opened >= cycle.opens AND wish.opened < cycle.next
    AND mod(wish.n, 5) > 0
ORDER BY wish.opened, wish.n
"""
WRITE = """
INSERT INTO assessments_promotioncase (id, candidate_id, owner_id, nominator_id, approver_id,
    from_level_id, target_level_id, pinned_version_id, procedure_id, cycle_id, state, outcome,
    self_nominated, statement, own_section, level_reason, off_cycle_reason, waiver_reason,
    freeze_note, effective_on, placement_id, revision, own_revision, opened_at, submitted_at,
    frozen_at, decided_at, communicated_at, ended_at, active_at)
SELECT id, candidate_id, owner_id, owner_id, approver_id, from_id, target_id, version_id,
    procedure_id, cycle_id, state, outcome, FALSE, repeat(%(words)s, 6), repeat(%(words)s, 3), '',
    CASE WHEN cycle_id IS NULL THEN 'The work does not wait for the cycle.' ELSE '' END, '', '',
    CASE WHEN state = 'scheduled' THEN %(today)s::date + 30 WHEN reach = 9 THEN effective_on
        WHEN outcome = 'approved' THEN opened + 90 END,
    placement_id, 3, 1, opened_at, CASE WHEN reach >= 1 THEN opened_at + step END,
    CASE WHEN reach >= CASE WHEN committee THEN 3 ELSE 6 END THEN opened_at + step * 3 END,
    CASE WHEN outcome <> '' THEN opened_at + step * 6 END,
    CASE WHEN reach >= 7 THEN opened_at + step * 7 END,
    CASE WHEN place >= 9 THEN opened_at + step * 9 END, opened_at + step * reach
FROM scale_case ORDER BY id
"""
STATEMENTS = {
    "cycles": (CYCLES, WRITE_CYCLES, PHASES, PARTICIPATIONS),
    "cases": (
        *(REACH, STATES, PROMOTED, ONWARD, HOPED, OPEN, CASES, "ANALYZE scale_case"),
        *(WRITE, "ANALYZE assessments_promotioncase"),
    ),
}
