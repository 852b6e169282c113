"""Which rows of a file may say something new; all others are as they are and cost little."""

from __future__ import annotations

import datetime

from people.imports.findings import Findings
from people.imports.organisation import LINE, ON, Teams
from people.imports.stage import Stage, fill, made, make, rows, run

TEAM = "coalesce(r.team, r.team_name)"
DIFFERS = {
    # What is left empty in the file stays: it is no difference.
    "name": "r.name <> p.name",
    "email": "r.email IS NOT NULL AND r.email IS DISTINCT FROM p.email",
    "title": "coalesce(r.title, '') <> p.title",
    "time_zone": "r.time_zone <> p.time_zone",
    "hired_on": "r.hired_on IS NOT NULL AND r.hired_on IS DISTINCT FROM p.hired_on",
    "manager": "r.manager IS DISTINCT FROM CASE WHEN m.id IS NOT NULL"
    " THEN coalesce(m.employee_number, '#' || m.id) END",
    "team": f"CASE WHEN {TEAM} IS NOT NULL THEN coalesce(named.key, '') END IS DISTINCT FROM t.key",
}
LOOK = f"""
SELECT r.* FROM import_row r
LEFT JOIN people_person p ON p.employee_number = r.employee_number
{LINE.format(day=ON)}
LEFT JOIN import_team named ON named.text = {TEAM}
LEFT JOIN (
    SELECT employee_number FROM import_row GROUP BY employee_number HAVING count(*) > 1
) double ON double.employee_number = r.employee_number
LEFT JOIN (SELECT email FROM import_row GROUP BY email HAVING count(*) > 1) shared
    ON shared.email = r.email
LEFT JOIN (SELECT DISTINCT line FROM import_problem) wrong ON wrong.line = r.line
WHERE r.employee_number IS NOT NULL AND (
    p.id IS NULL OR p.left_on IS NOT NULL OR r.bad IS NOT NULL OR r.effective_on IS NOT NULL
    OR r.left_on IS NOT NULL OR r.status <> 'active' OR double.employee_number IS NOT NULL
    OR shared.email IS NOT NULL OR wrong.line IS NOT NULL OR {{differs}}
)
"""
TEAMS = f"SELECT DISTINCT {TEAM} FROM import_row r WHERE {TEAM} IS NOT NULL"


def look(stage: Stage, teams: Teams, findings: Findings, on: datetime.date) -> tuple[int, int]:
    """Put the rows that may say something new, or that have a problem, into `import_look`: a
    superset, without those that name nobody. Returns how many others there are, and how many of
    these."""
    findings.flush()
    make("import_team", "text text, key text")
    fill("import_team", [(text, teams.key(text)) for (text,) in rows(TEAMS)])
    run("ANALYZE import_team")
    said = {*stage.said, "team"} if "team_name" in stage.said else set(stage.said)
    differs = " OR ".join(f"({DIFFERS[name]})" for name in DIFFERS if name in said) or "FALSE"
    made("import_look", LOOK.format(differs=differs), {"on": on})
    [(everybody, looked_at)] = rows(
        "SELECT (SELECT count(*) FROM import_row WHERE employee_number IS NOT NULL),"
        " (SELECT count(*) FROM import_look)"
    )
    return everybody - looked_at, looked_at
