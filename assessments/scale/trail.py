"""What is left of the moves: events that were told long ago, and lines in inboxes."""

from __future__ import annotations

MOVES = """
INSERT INTO people_event (verb, actor_id, subject_kind, subject_id, at, data, handled_at, attempts)
SELECT 'case.' || step.verb, CASE step.actor WHEN 'owner' THEN owner_id WHEN 'hr' THEN hr_id
        WHEN 'skip' THEN skip_id WHEN 'approver' THEN coalesce(approver_id, hr_id) END,
    'promotioncase', c.id, opened_at + c.step * step.nth, '{}'::jsonb,
    opened_at + c.step * step.nth, 1
FROM scale_case c JOIN (VALUES
    (0, 0.0, 'open', 'owner', FALSE), (0, 0.1, 'edit', 'owner', FALSE),
    (0, 0.4, 'edit', 'owner', FALSE), (0, 0.7, 'edit', 'owner', FALSE),
    (1, 1.0, 'submit', 'owner', FALSE), (2, 2.0, 'gather', 'hr', TRUE),
    (3, 2.5, 'endorse', 'skip', TRUE), (3, 3.0, 'freeze', 'hr', TRUE),
    (4, 4.0, 'assign_panel', 'hr', TRUE), (5, 4.3, 'vote', 'skip', TRUE),
    (5, 4.4, 'vote', 'skip', TRUE), (5, 4.5, 'vote', 'skip', TRUE),
    (5, 4.8, 'close_ballot', 'skip', TRUE), (5, 5.0, 'recommend', 'skip', TRUE),
    (7, 7.0, 'communicate', 'owner', FALSE), (8, 8.0, 'schedule', 'clock', FALSE),
    (9, 9.0, 'make_effective', 'clock', FALSE)) step (reach, nth, verb, actor, committee)
    ON c.reach >= step.reach AND (c.committee OR NOT step.committee)
UNION ALL
SELECT 'case.' || CASE WHEN outcome = '' THEN CASE state WHEN 'withdrawn' THEN 'retract'
        WHEN 'lapsed' THEN 'lapse' ELSE 'cancel' END
    WHEN outcome = 'approved' THEN 'approve' WHEN outcome = 'declined' THEN 'decline'
    WHEN outcome = 'deferred' THEN 'defer' ELSE outcome END,
    CASE WHEN outcome <> '' THEN coalesce(approver_id, hr_id)
        WHEN state = 'withdrawn' THEN owner_id WHEN state = 'cancelled' THEN hr_id END,
    'promotioncase', id, opened_at + step * 6, '{}'::jsonb, opened_at + step * 6, 1
FROM scale_case WHERE outcome <> '' OR state IN ('withdrawn', 'lapsed', 'cancelled')
"""
PLACEMENTS = """
INSERT INTO people_event (verb, subject_kind, subject_id, at, data, handled_at, attempts)
SELECT 'placement.place', 'placement', id, begins, jsonb_build_object('kind', kind), begins, 1
FROM scale_placement ORDER BY begins
"""
NOTIFICATIONS = """
INSERT INTO assessments_notification (person_id, case_id, text, path, created_at, read_at)
SELECT heard.id, c.id, 'A case you are part of has moved on.', '/cases/' || c.id || '/',
    opened_at + step * nth, CASE WHEN place >= 9 THEN opened_at + step * 9 END
FROM scale_case c CROSS JOIN LATERAL (VALUES
    (owner_id, 1.1), (owner_id, 4.2), (candidate_id, 0.1), (skip_id, 2.1)) heard (id, nth)
WHERE heard.id IS NOT NULL
UNION ALL
SELECT id, NULL, 'A cycle was announced.', '/cycles/', %(today)s::date - 60 * nth,
    CASE WHEN nth > 1 THEN %(today)s::date - 50 END
FROM scale_person CROSS JOIN generate_series(1, 5) nth WHERE left_on IS NULL
"""
STATEMENTS = {"events": (MOVES, PLACEMENTS), "notifications": (NOTIFICATIONS,)}
