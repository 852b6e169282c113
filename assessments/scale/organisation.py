"""Who works at the large organisation: teams, people, reporting lines with their past, leave."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from people.models.person import search_key

FIRST = (
    "Ada Aisha Anya Arjun Åsa Bea Björn Carl Chloé Dana Dmitri Élise Emeka Fatima Fred Grace "
    "Hugo Igor Inês Jia Jonas José Kofi Lena Ling Luca Maya Mei Mina Nadia Noémi Olu Otto Pablo "
    "Priya Rosa Sam Sofia Tomás Victor Yuki Zoë Zuzana"
).split()
LAST = (
    "Adler Åkesson Andersen Bello Brandt Cavalcanti Chen Cole D'Angelo Duarte El-Amin Ferreira "
    "García Haddad Herrera Holm Iyer Karimi Kimani Lambert Lindholm Mensah Moreau Nováková "
    "Nwosu O'Connell Okafor Ortega Petrov Qureshi Raman Reiter Rossi Sato Sokolova Sommer Tanaka "
    "Vance Volkov Weiss Whitfield Yılmaz Zhao Zieliński"
).split()
AREAS = "Payments Checkout Ledger Search Data Mobile Identity Shipping Pricing Support".split()
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Europe/Lisbon", "Pacific/Auckland"]
REPORTS_OF_A_MANAGER = 7
SMALLEST = 100
TWELVE_LAYERS = 1 / 10.5  # managers ** this = managers under each manager

PEOPLE = """
CREATE TEMP TABLE scale_person ON COMMIT DROP AS
WITH counted AS (
    SELECT n, n <= %(managers)s AS leads, n - %(managers)s AS place, CASE
        WHEN n <= %(managers)s THEN %(years)s * 365 - mod(n * 97, %(years)s * 120)
        ELSE 30 + mod(n * 7919, %(years)s * 365 - 30) END AS tenure
    FROM generate_series(1::bigint, %(people)s) n
), cast_ AS (
    SELECT n, leads, tenure, %(today)s::date - tenure::int AS hired_on, CASE
        WHEN n = 1 THEN NULL
        WHEN leads THEN floor((n - 2) / %(span)s)::bigint + 1
        ELSE mod(place - 1, %(managers)s) + 1 END AS boss, CASE
        WHEN leads THEN '{}'::text[]
        WHEN mod(place, 1000) = 1 THEN '{hr}'
        WHEN mod(place, 500) = 2 THEN '{hr_partner}'
        WHEN mod(place, 2000) = 3 THEN '{analyst}'
        WHEN place = 4 THEN '{admin}' ELSE '{}' END AS roles
    FROM counted
)
SELECT n, nextval(pg_get_serial_sequence('people_person', 'id')) AS id, leads, boss, roles,
    hired_on, CASE WHEN NOT leads AND roles = '{}' AND mod(n, 20) = 7
        THEN hired_on + mod(n * 31, tenure)::int END AS left_on,
    1 + mod(n * 31, cardinality(%(first)s::text[])) AS first,
    1 + mod(n * 17 + n / 43, cardinality(%(last)s::text[])) AS last
FROM cast_
"""
TEAMS = """
CREATE TEMP TABLE scale_team ON COMMIT DROP AS
WITH RECURSIVE numbered AS MATERIALIZED (
    SELECT n, boss, nextval(pg_get_serial_sequence('people_team', 'id')) AS id
    FROM scale_person WHERE leads
), tree AS (
    SELECT n, id, NULL::bigint AS parent_id, '/' || id || '/' AS path FROM numbered WHERE n = 1
    UNION ALL
    SELECT below.n, below.id, tree.id, tree.path || below.id || '/'
    FROM tree JOIN numbered below ON below.boss = tree.n
)
SELECT * FROM tree
"""
WRITE_TEAMS = """
INSERT INTO people_team (id, key, name, parent_id, path)
SELECT id, 'T' || n, area.names[1 + mod(n, cardinality(names))] || ' ' || n, parent_id, path
FROM scale_team CROSS JOIN (SELECT %(areas)s::text[] AS names) area ORDER BY n
"""
WRITE_PEOPLE = """
INSERT INTO people_person (id, password, email, employee_number, name, title, time_zone,
    working_days, hired_on, left_on, roles, search_key, is_active, created_at,
    partner_team_id)
SELECT p.id, %(password)s, 'p' || p.n || '@example.com', 'E' || lpad(p.n::text, 7, '0'),
    (%(first)s::text[])[first] || ' ' || (%(last)s::text[])[last],
    CASE WHEN roles <> '{}' THEN 'People team' WHEN leads THEN 'Manager' ELSE 'Engineer' END,
    (%(zones)s::text[])[1 + mod(p.n / 7, 5)], '{0,1,2,3,4}', hired_on, left_on,
    roles, (%(first_key)s::text[])[first] || ' ' || (%(last_key)s::text[])[last] || ' p' || p.n
        || '@example.com',
    left_on IS NULL, hired_on, CASE WHEN roles = '{hr_partner}' THEN unit.id END
FROM scale_person p
LEFT JOIN scale_team unit ON unit.n = 2 + mod(p.n, floor(%(span)s)::bigint)
ORDER BY p.n
"""
LINES = """
CREATE TEMP TABLE scale_line ON COMMIT DROP AS
SELECT p.n, p.id AS person_id, boss.id AS manager_id, team.id AS team_id,
    p.hired_on + (span.days * k / span.count)::int AS begins, CASE
        WHEN k < span.count - 1 THEN p.hired_on + (span.days * (k + 1) / span.count)::int
        ELSE p.left_on + 1 END AS ends
FROM scale_person p
CROSS JOIN LATERAL (SELECT coalesce(p.left_on, %(today)s::date) - p.hired_on AS days) lasted
CROSS JOIN LATERAL (SELECT days, 1 + days / 1000 AS count) span
CROSS JOIN LATERAL generate_series(0, span.count - 1) k
CROSS JOIN LATERAL (
    SELECT CASE WHEN k = span.count - 1 OR p.n = 1 THEN p.boss
        WHEN p.leads THEN 1 + mod(p.n * 7919 + k * 31, p.n - 1)
        ELSE 1 + mod(p.n * 31 + k * 7919, %(managers)s) END AS n
) lead
LEFT JOIN scale_person boss ON boss.n = lead.n
LEFT JOIN scale_team team ON team.n = CASE WHEN p.leads THEN p.n ELSE lead.n END
"""
WRITE_LINES = """
INSERT INTO people_reportingline
    (person_id, manager_id, team_id, valid, recorded_at, superseded_at, reason)
SELECT person_id, manager_id, team_id, daterange(begins, ends), coalesce(ends, begins), NULL, ''
FROM scale_line
UNION ALL
SELECT person_id, manager_id, team_id, daterange(begins, NULL), begins, ends, ''
FROM scale_line WHERE ends IS NOT NULL
"""
LEAVE = """
INSERT INTO people_leave
    (person_id, kind, valid, stops_clock, pauses_reminders, recorded_at, reason)
SELECT id, (ARRAY['parental', 'sick', 'care', 'sabbatical'])[1 + mod(n / 25, 4)],
    daterange(%(today)s::date - mod(n * 7, 400)::int,
        %(today)s::date - mod(n * 7, 400)::int + 60), TRUE, TRUE,
    %(today)s::date - mod(n * 7, 400)::int, ''
FROM scale_person WHERE mod(n, 25) = 3
"""
STATEMENTS = {
    "people": (
        *(PEOPLE, "CREATE UNIQUE INDEX ON scale_person (n)", "ANALYZE scale_person"),
        *(TEAMS, "ANALYZE scale_team", WRITE_TEAMS, WRITE_PEOPLE, "ANALYZE people_person"),
    ),
    "reporting lines": (LINES, "ANALYZE scale_line", WRITE_LINES, LEAVE),
}


def parameters(people: int, years: int, today: datetime.date, password: str) -> dict[str, Any]:
    """What the statements of this folder are given."""
    managers = max(people // (REPORTS_OF_A_MANAGER + 1), 12)
    return {
        "today": today,
        "people": people,
        "years": years,
        "managers": managers,
        "span": max(2.0, round(managers**TWELVE_LAYERS, 2)),
        "password": make_password(password),
        "first": FIRST,
        "last": LAST,
        "first_key": [search_key(name) for name in FIRST],
        "last_key": [search_key(name) for name in LAST],
        "areas": AREAS,
        "zones": ZONES,
    }
