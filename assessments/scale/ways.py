"""Where the people of the large organisation stood: placements, from their hire until today."""

from __future__ import annotations

LADDER = "software-engineering"

STEPS = """
CREATE TEMP TABLE scale_step ON COMMIT DROP AS
WITH way AS (
    SELECT n, id, hired_on, left_on, %(today)s::date - hired_on AS days, CASE
        WHEN leads THEN ARRAY['engineer', 'senior-engineer', 'engineering-manager',
            'senior-engineering-manager', 'director-of-engineering']
        WHEN mod(n, 97) = 5 THEN ARRAY['senior-engineer', 'engineering-manager',
            'senior-engineer']
        ELSE ARRAY['associate-engineer', 'engineer', 'senior-engineer', 'staff-engineer',
            'senior-staff-engineer', 'principal-engineer'] END AS keys, CASE
        WHEN leads THEN CASE WHEN n <= %(span)s + 1 THEN 5 WHEN n <= %(managers)s / 5 THEN 4
            ELSE 3 END
        WHEN mod(n, 97) = 5 THEN 3 END AS top, CASE
        WHEN leads OR mod(n, 97) = 5 THEN 700 ELSE 600 + mod(n * 13, 500) END AS pace,
        (ARRAY[1, 1, 1, 2, 2, 2, 3])[1 + mod(n, 7)] AS bottom
    FROM scale_person WHERE roles = '{}'
), counted AS (
    SELECT *, CASE WHEN top IS NULL THEN least(1 + days / pace, 7 - bottom)
        ELSE least(1 + days / pace, top) END AS count
    FROM way
)
SELECT n, id AS person_id, k, keys[start + k] AS key,
    lag(keys[start + k]) OVER (PARTITION BY n ORDER BY k) AS before,
    hired_on + (days * k / count)::int AS begins,
    CASE WHEN k < count - 1 THEN hired_on + (days * (k + 1) / count)::int END AS ends
FROM counted
CROSS JOIN LATERAL (SELECT coalesce(top - count + 1, bottom) AS start) from_
CROSS JOIN LATERAL generate_series(0, count - 1) k
WHERE hired_on + (days * k / count)::int <= coalesce(left_on, %(today)s)
"""
TRIALS = """
INSERT INTO scale_step (n, person_id, k, key, before, begins, ends)
SELECT n, person_id, k + 1, 'engineering-manager', 'on trial', %(today)s::date - 60, NULL
FROM scale_step
WHERE ends IS NULL AND key = 'senior-engineer' AND mod(n, 11) = 4
    AND begins < %(today)s::date - 90
"""
ROOM_FOR_TRIALS = """
UPDATE scale_step held SET ends = trial.begins FROM scale_step trial
WHERE trial.before = 'on trial' AND held.n = trial.n AND held.k = trial.k - 1
"""
NUMBERED = """
CREATE TEMP TABLE scale_placement ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('ladders_placement', 'id')) AS id, s.n, s.person_id, s.k,
    s.key, s.before, s.begins, s.ends, level.id AS level_id, CASE
        WHEN s.k = 0 THEN 'hire'
        WHEN s.before = 'on trial' THEN 'trial'
        WHEN s.before = 'engineering-manager' AND s.key = 'senior-engineer' THEN 'return'
        WHEN s.before = 'senior-engineer' AND s.key = 'engineering-manager' THEN 'track_move'
        ELSE 'promotion' END AS kind
FROM scale_step s
JOIN ladders_level level ON level.key = s.key
JOIN ladders_ladderversion version ON version.id = level.version_id
    AND version.state = 'published'
JOIN ladders_ladder ladder ON ladder.id = version.ladder_id AND ladder.slug = %(ladder)s
ORDER BY s.n, s.k
"""
WRITE = """
INSERT INTO ladders_placement
    (id, person_id, level_id, archetype, kind, valid, recorded_at, superseded_at, reason)
SELECT id, person_id, level_id, '', kind, daterange(begins, ends), coalesce(ends, begins),
    NULL::timestamptz, ''
FROM scale_placement
UNION ALL
SELECT nextval(pg_get_serial_sequence('ladders_placement', 'id')), person_id, level_id, '',
    kind, daterange(begins, NULL), begins, ends, ''
FROM scale_placement WHERE ends IS NOT NULL
"""
STATEMENTS = {
    "placements": (STEPS, TRIALS, ROOM_FOR_TRIALS, NUMBERED, "ANALYZE scale_placement", WRITE)
}
