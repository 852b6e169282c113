"""What lies around the cases: evidence, sections, feedback, panels, ballots, decisions."""

from __future__ import annotations

EXPECTED = """
CREATE TEMP TABLE scale_expected ON COMMIT DROP AS
SELECT there.level_id, expectation.id AS expectation_id, expectation.competency_id,
    row_number() OVER (PARTITION BY there.level_id
        ORDER BY competency.position, expectation.position) AS nth,
    dense_rank() OVER (PARTITION BY there.level_id ORDER BY competency.position) AS part
FROM ladders_expectation_levels there
JOIN ladders_expectation expectation ON expectation.id = there.expectation_id
    AND expectation.state <> 'not_applicable'
JOIN ladders_competency competency ON competency.id = expectation.competency_id
"""
PIECES = """
CREATE TEMP TABLE scale_piece ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('assessments_evidence', 'id')) AS id, stood.n, i AS nth,
    stood.person_id, part.competency_id,
    %(today)s::date - i * 40 - mod(stood.n, 30)::int AS happened_on
FROM scale_placement stood
CROSS JOIN LATERAL generate_series(1, 3 + mod(stood.n, 5)::int) i
JOIN (SELECT DISTINCT level_id, part, competency_id FROM scale_expected) part
    ON part.level_id = stood.level_id AND part.part = 1 + mod(i, 6)
WHERE stood.ends IS NULL
"""
EVIDENCE = """
INSERT INTO assessments_evidence
    (id, person_id, what, links, tags, happened_on, created_at, changed_at)
SELECT id, person_id, 'Piece ' || nth || ': ' || %(words)s, ARRAY['https://example.com/' || id],
    ARRAY[]::varchar[], happened_on, happened_on, happened_on
FROM scale_piece ORDER BY id
"""
COMPETENCIES = """
INSERT INTO assessments_evidence_competencies (evidence_id, competency_id)
SELECT id, competency_id FROM scale_piece ORDER BY id
"""
SECTIONS = """
INSERT INTO assessments_casesection
    (case_id, competency_id, text, revision, saved_at, saved_by_id)
SELECT c.id, part.competency_id, repeat(%(words)s, 3), 1, opened_at, owner_id
FROM scale_case c
JOIN (SELECT DISTINCT level_id, competency_id FROM scale_expected) part
    ON part.level_id = c.target_id
ORDER BY c.id
"""
ATTACHMENTS = """
INSERT INTO assessments_caseevidence
    (case_id, evidence_id, competency_id, attached_by_id, attached_at)
SELECT c.id, piece.id, part.competency_id, c.candidate_id, opened_at
FROM scale_case c JOIN scale_piece piece ON piece.n = c.n AND piece.nth <= 3
JOIN (SELECT DISTINCT level_id, part, competency_id FROM scale_expected) part
    ON part.level_id = c.target_id AND part.part = piece.nth
"""
FEEDBACK = """
INSERT INTO assessments_feedback (case_id, author_id, requested_by_id, requested_at, visibility,
    outside_team, state, text, answered_at)
SELECT c.id, author.id, hr_id, opened_at + step, (ARRAY['subject_named', 'subject_unnamed',
        'panel_only'])[nth], nth > 1,
    CASE WHEN given THEN 'submitted' ELSE 'requested' END,
    CASE WHEN given THEN repeat(%(words)s, 4) ELSE '' END,
    CASE WHEN given THEN opened_at + step * 1.5 END
FROM scale_case c CROSS JOIN generate_series(1, 3) nth
CROSS JOIN LATERAL (SELECT reach > 2 OR nth = 1 AS given) answer
JOIN scale_person author
    ON author.n = %(managers)s + 1 + mod(c.n * 7 + nth * 3, %(people)s - %(managers)s)
WHERE committee AND reach >= 2 AND author.id NOT IN (c.candidate_id, c.owner_id)
"""
ENDORSEMENTS = """
INSERT INTO assessments_endorsement (case_id, person_id, kind, endorses, text, given_at)
SELECT id, skip_id, 'skip_level', TRUE, repeat(%(words)s, 2), opened_at + step * 2
FROM scale_case WHERE committee AND skip_id IS NOT NULL
    AND (reach >= 3 OR reach = 2 AND mod(id, 2) = 0)
"""
POOL = """
CREATE TEMP TABLE scale_pool ON COMMIT DROP AS
SELECT person_id, row_number() OVER (ORDER BY mod(n * 7919, 10007), n) - 1 AS nth
FROM scale_placement WHERE ends IS NULL AND n > 1 AND key IN ('staff-engineer',
    'senior-staff-engineer', 'principal-engineer', 'engineering-manager',
    'senior-engineering-manager')
"""
PANELS = """
INSERT INTO assessments_panel (case_id, preread_until, round, closed_at, result,
    composition_note, named_by_id, named_at)
SELECT id, (opened_at + step * 4)::date + 3, 1, CASE WHEN reach >= 5 THEN opened_at + step * 5 END,
    CASE WHEN reach < 5 THEN '' WHEN outcome IN ('deferred', 'declined') THEN 'not_yet'
        ELSE 'promote' END, '', hr_id, opened_at + step * 4
FROM scale_case WHERE committee AND reach >= 4 ORDER BY id
"""
SEATS = """
INSERT INTO assessments_seat (panel_id, person_id, chair, alternate, conflict, recused_because)
SELECT panel.id, member.person_id, member.nth = 1, FALSE, '', ''
FROM scale_case c JOIN assessments_panel panel ON panel.case_id = c.id
CROSS JOIN (SELECT count(*) AS many FROM scale_pool) pooled
CROSS JOIN LATERAL (
    SELECT person_id, row_number() OVER (ORDER BY i) AS nth
    FROM generate_series(0, 8) i JOIN scale_pool pool ON pool.nth = mod(c.id * 11 + i, many)
    WHERE person_id NOT IN (c.candidate_id, c.owner_id)
        AND person_id IS DISTINCT FROM c.approver_id AND person_id IS DISTINCT FROM c.skip_id
    ORDER BY i LIMIT 3
) member
ORDER BY panel.id, member.nth
"""
BALLOTS = """
INSERT INTO assessments_ballot (seat_id, round, vote, reason, cast_at)
SELECT seat.id, 1, CASE WHEN outcome IN ('deferred', 'declined') THEN 'not_yet' ELSE 'yes' END,
    %(words)s, opened_at + step * 4.5
FROM scale_case c JOIN assessments_panel panel ON panel.case_id = c.id
JOIN assessments_seat seat ON seat.panel_id = panel.id WHERE reach >= 5 OR NOT seat.chair
"""
RECOMMENDATIONS = """
INSERT INTO assessments_recommendation (case_id, panel_id, result, text, given_by_id, given_at)
SELECT c.id, panel.id, panel.result, repeat(%(words)s, 2), seat.person_id, opened_at + step * 5
FROM scale_case c JOIN assessments_panel panel ON panel.case_id = c.id
JOIN assessments_seat seat ON seat.panel_id = panel.id AND seat.chair WHERE reach >= 5
"""
WHY_RECOMMENDED = """
INSERT INTO assessments_recommendationreason (recommendation_id, expectation_id, text)
SELECT given.id, expected.expectation_id, %(words)s
FROM scale_case c JOIN assessments_recommendation given ON given.case_id = c.id
JOIN scale_expected expected ON expected.level_id = c.target_id AND expected.nth <= 2
"""
DECISIONS = """
INSERT INTO assessments_decision (case_id, outcome, decided_by_id, decided_at, overturn_reason,
    effective_on, look_again_on, letter, told_by_id, told_at)
SELECT c.id, c.outcome, coalesce(c.approver_id, hr_id), row.decided_at, '',
    CASE WHEN c.outcome = 'approved' THEN row.effective_on END,
    CASE WHEN c.outcome IN ('deferred', 'declined') THEN opened + 240 END,
    CASE WHEN reach >= 7 THEN repeat(%(words)s, 3) ELSE '' END,
    CASE WHEN reach >= 7 THEN c.owner_id END, row.communicated_at
FROM scale_case c JOIN assessments_promotioncase row ON row.id = c.id WHERE c.outcome <> ''
"""
WHY_NOT = """
INSERT INTO assessments_decisionreason (decision_id, expectation_id, evidence_wanted)
SELECT decided.id, expected.expectation_id, %(words)s
FROM scale_case c JOIN assessments_decision decided ON decided.case_id = c.id
JOIN scale_expected expected ON expected.level_id = c.target_id AND expected.nth <= 2
WHERE c.outcome IN ('deferred', 'declined')
"""
STATEMENTS = {
    "evidence": (EXPECTED, PIECES, "ANALYZE scale_piece", EVIDENCE, COMPETENCIES),
    "what cases say": (
        *(SECTIONS, ATTACHMENTS, "ANALYZE assessments_caseevidence"),
        *(FEEDBACK, "ANALYZE assessments_feedback", ENDORSEMENTS),
        "ANALYZE assessments_endorsement",
    ),
    "panels and decisions": (
        *(POOL, "CREATE INDEX ON scale_pool (nth)", "ANALYZE scale_pool"),
        *(PANELS, "ANALYZE assessments_panel", SEATS, "ANALYZE assessments_seat", BALLOTS),
        *(RECOMMENDATIONS, WHY_RECOMMENDED, DECISIONS, WHY_NOT),
    ),
}
