"""Whom a cell means when it names a manager: by number, by e-mail address, or by name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from people.folding import fold
from people.imports import words
from people.imports.columns import KNOWN_AS
from people.imports.findings import Findings
from people.imports.organisation import Teams
from people.imports.report import Problem
from people.imports.stage import FETCHED, Stage, counted, fill, made, make, rows, run, stream

NAMED = 4  # numbers that a message names
COLUMN = "Manager"
ODD = """
SELECT text FROM (SELECT DISTINCT manager AS text FROM import_row WHERE manager IS NOT NULL) named
WHERE NOT EXISTS (SELECT FROM import_row r WHERE r.employee_number = text)
    AND NOT EXISTS (SELECT FROM people_person p WHERE p.employee_number = text)
"""
OF_FILE = "SELECT employee_number, name FROM import_row WHERE name > '' AND employee_number > ''"
LED = "SELECT DISTINCT team FROM import_row WHERE team LIKE '%)'"
EVERY_NUMBER = """
SELECT employee_number AS key FROM import_row WHERE employee_number IS NOT NULL
UNION SELECT coalesce(employee_number, '#' || id) FROM people_person
"""
EVERY_NAME = """
SELECT folded, employee_number AS key FROM import_name
UNION SELECT rtrim(left(search_key, length(search_key) - length(coalesce(email, '')))),
    coalesce(employee_number, '#' || id) FROM people_person
"""
EXACTLY = f"""
WITH every_name AS MATERIALIZED ({EVERY_NAME}), of_file AS (
    SELECT DISTINCT ON (email) email, employee_number FROM import_row
    WHERE email IS NOT NULL AND employee_number IS NOT NULL ORDER BY email, line DESC
)
SELECT text, 1 AS step, employee_number AS key FROM import_odd JOIN of_file USING (email)
UNION ALL
SELECT text, 2, coalesce(p.employee_number, '#' || p.id)
FROM import_odd JOIN people_person p USING (email)
UNION ALL
SELECT text, 3, key FROM import_odd JOIN ({EVERY_NUMBER}) every_number ON key = number
UNION ALL
SELECT text, 4, key FROM import_odd
JOIN ({EVERY_NUMBER}) every_number ON ltrim(key, '0') = figure
UNION ALL
SELECT text, 5, key FROM import_odd JOIN every_name ON folded = name
UNION ALL
SELECT text, 7, key FROM import_odd JOIN every_name ON folded = bare
"""
LEFT_OVER = """
SELECT FROM import_odd odd WHERE name <> '' AND NOT EXISTS (
    SELECT FROM import_could WHERE import_could.text = odd.text AND step < 6
) LIMIT 1
"""
LOOSELY = """
INSERT INTO import_could
SELECT text, 6, key FROM import_odd JOIN import_loose ON loose = loose_name
UNION ALL
SELECT text, 8, key FROM import_odd JOIN import_loose ON loose = loose_bare
"""
CLOSEST = f"""
SELECT text, keys[1] AS key, cardinality(keys) AS found, keys[:{NAMED}] AS keys FROM (
    SELECT text, step, array_agg(DISTINCT key COLLATE "C") AS keys,
        min(step) OVER (PARTITION BY text) AS best
    FROM import_could GROUP BY text, step
) could WHERE step = best
"""
BY_KEY = """
UPDATE import_row r SET manager = named.employee_number FROM (
    SELECT known_as, max(employee_number) AS employee_number FROM import_row
    WHERE known_as IS NOT NULL AND employee_number IS NOT NULL GROUP BY known_as
) named
WHERE r.manager = named.known_as AND (%(figures)s OR r.manager !~ '^[0-9]+$')
    AND NOT EXISTS (SELECT FROM import_row own WHERE own.employee_number = r.manager)
"""
MANY = """
SELECT r.line, r.manager, found, keys FROM import_row r
JOIN import_meant ON text = manager AND found > 1 ORDER BY line
"""
DOUBTFUL = """
UPDATE import_row r SET manager = NULL, bad = coalesce(bad, ',') || 'manager,'
FROM import_meant WHERE text = manager AND found > 1
"""
CHOSEN = "UPDATE import_row r SET manager = key FROM import_meant WHERE text = manager"
LEADERLESS = """
UPDATE import_row r SET team = plain FROM import_led led JOIN import_meant USING (text)
WHERE r.team = led.text
"""


def resolve(stage: Stage, teams: Teams, findings: Findings) -> None:
    """Put employee numbers where the file names managers, and plain names where it names teams."""
    if KNOWN_AS in stage.said:
        run(BY_KEY, {"figures": stage.figures})
        stage.said.remove(KNOWN_AS)
    if "manager" in stage.said and _meant(_ways(text) for (text,) in stream(ODD)):
        for line, text, found, keys in stream(MANY):
            named = ", ".join(keys) + (" …" if found > NAMED else "")
            why = f"{found} people are called that: {named}. Write the employee number."
            findings.append(Problem(line, COLUMN, why, code="names", value=text))
        run(DOUBTFUL)
        run(CHOSEN)
    if "team" in stage.said:
        _without_leaders(teams)


def _ways(text: str) -> tuple[str | None, ...]:
    """All that a text could be: an address, a number, a figure without zeros, a name."""
    if "@" in text:
        return text, text.lower(), *[None] * 6
    name, number = words.numbered(text)
    if text.isdecimal():
        return text, None, number or None, text.lstrip("0"), *[None] * 4
    return text, None, number or None, None, *_named(text), *_named(name)


def _named(text: str) -> tuple[str, str]:
    return fold(words.name(text)), words.loosely(text)


def _meant(ways: Iterator[tuple[str | None, ...]]) -> bool:
    """Find who each text means, into `import_meant`; False when there is none to look for."""
    columns = ("text", "email", "number", "figure", "name", "loose_name", "bare", "loose_bare")
    make("import_odd", ", ".join(f"{name} text" for name in columns))
    for some in _some(ways):
        fill("import_odd", some)
    if not counted("import_odd"):
        return False
    make("import_name", "employee_number text, folded text")
    for some in _some(stream(OF_FILE)):
        fill("import_name", [(number, fold(name)) for number, name in some])
    made("import_could", EXACTLY)
    if rows(LEFT_OVER):
        make("import_loose", "key text, loose text")
        for some in _some(stream(f"SELECT DISTINCT key, folded FROM ({EVERY_NAME}) every_name")):
            fill("import_loose", [(key, words.loosely(name)) for key, name in some])
        run(LOOSELY)
    made("import_meant", CLOSEST)
    return True


def _without_leaders(teams: Teams) -> None:
    """“Payments (Vera Top)” is the team Payments, whoever leads it."""
    led = [found for (text,) in stream(LED) if (found := _led(text, teams))]
    if _meant((text, *[None] * 3, *_named(leader), *[None] * 2) for text, _, leader in led):
        make("import_led", "text text, plain text")
        fill("import_led", [(text, plain) for text, plain, _ in led])
        run(LEADERLESS)


def _led(text: str, teams: Teams) -> tuple[str, str, str] | None:
    if teams.key(text) is not None:
        return None
    team, _, leader = text[:-1].partition(" (")
    leader = leader.partition(" (")[0].rstrip(")")
    return (text, team.strip(), leader) if team.strip() and leader else None


def _some(things: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(things, FETCHED)):
        yield some
