"""What is wrong between the rows of a file: doubles, unknown managers, circles."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from people.imports.findings import BAD, Findings
from people.imports.organisation import LINE, ON
from people.imports.report import ERROR, WARNING, Problem
from people.imports.stage import Stage, made, rows, run, stream

NAMED = 8  # other lines that a message names
SAME = f"""
SELECT line, {{by}}, first, lines, often, differ FROM import_look JOIN (
    SELECT {{by}}, min(line) AS first, (array_agg(line ORDER BY line))[:{NAMED + 1}] AS lines,
        count(*) AS often, count(DISTINCT {{what}}) > 1 AS differ
    FROM import_look GROUP BY {{by}} HAVING count(*) > 1
) same USING ({{by}}) ORDER BY line
"""
AGAIN = """
DELETE FROM import_look look USING (
    SELECT employee_number, min(line) AS first FROM import_look GROUP BY employee_number
    HAVING count(*) > 1 AND count(DISTINCT {what}) = 1
) same WHERE look.employee_number = same.employee_number AND line > first
"""
ZEROS = """
SELECT look.line, look.employee_number, p.employee_number, p.name, {same}
FROM import_look look JOIN people_person p
    ON ltrim(p.employee_number, '0') = ltrim(look.employee_number, '0')
WHERE look.employee_number ~ '^[0-9]+$' AND p.employee_number <> look.employee_number
    AND NOT EXISTS (SELECT FROM people_person o WHERE o.employee_number = look.employee_number)
    AND NOT EXISTS (SELECT FROM import_row r WHERE r.employee_number = p.employee_number)
ORDER BY look.line
"""
LINES = """
SELECT employee_number, max(line) AS line FROM import_row
WHERE employee_number IS NOT NULL GROUP BY employee_number
"""
STRANGE = """
manager IS NOT NULL AND manager <> employee_number AND left(manager, 1) <> '#'
    AND NOT EXISTS (SELECT FROM people_person p WHERE p.employee_number = look.manager)
    AND NOT EXISTS (SELECT FROM import_row r WHERE r.employee_number = look.manager)
"""
FALLEN = f"""
WITH RECURSIVE lines AS MATERIALIZED ({LINES}), hangs AS MATERIALIZED (
    SELECT look.line, manager, lines.line AS above FROM import_look look
    JOIN lines ON lines.employee_number = manager
    WHERE NOT EXISTS (SELECT FROM people_person p WHERE p.employee_number = manager)
        AND NOT EXISTS (SELECT FROM ({BAD}) bad WHERE bad.line = look.line)
), fallen (line, manager, above) AS (
    SELECT line, manager, above FROM hangs WHERE above IN ({BAD})
    UNION
    SELECT hangs.line, hangs.manager, hangs.above FROM fallen
    JOIN hangs ON hangs.above = fallen.line WHERE {{deeper}}
)
SELECT line, manager, above FROM fallen ORDER BY line
"""
ABOVE = f"""
WITH good AS (
    SELECT employee_number AS key, manager, line FROM import_look look
    WHERE NOT EXISTS (SELECT FROM ({BAD}) bad WHERE bad.line = look.line)
), standing AS (
    SELECT p.id, coalesce(p.employee_number, '#' || p.id) AS key,
        CASE WHEN m.id IS NOT NULL THEN coalesce(m.employee_number, '#' || m.id) END AS manager
    FROM people_person p {LINE.format(day=ON)}
)
SELECT id, coalesce(good.key, standing.key) AS key, line,
    CASE WHEN good.key IS NULL THEN standing.manager ELSE good.manager END AS manager
FROM standing FULL JOIN good USING (key)
"""
CIRCLING = """
WITH RECURSIVE fine (key) AS (
    SELECT a.key FROM import_above a LEFT JOIN import_above up ON up.key = a.manager
    WHERE up.key IS NULL
    UNION ALL
    SELECT a.key FROM fine JOIN import_above a ON a.manager = fine.key
)
SELECT key, manager, line FROM import_above a
WHERE NOT EXISTS (SELECT FROM fine WHERE fine.key = a.key) ORDER BY id, line
"""
MOVES = f"""
SELECT FROM import_look look LEFT JOIN people_person p USING (employee_number)
{LINE.format(day=ON)}
WHERE look.manager IS NOT NULL AND (
    p.id IS NULL OR effective_on IS NOT NULL
    OR look.manager IS DISTINCT FROM coalesce(m.employee_number, '#' || m.id)
) LIMIT 1
"""


def doubles(stage: Stage, findings: Findings) -> None:
    """Rows with one employee number. Lines that say the same twice are read once, with a warning;
    lines that differ are errors, all of them, because none can be trusted over the others."""
    what = f"(bad, {', '.join(stage.said)})"
    again = False
    for line, number, first, lines, often, differ in stream(
        SAME.format(by="employee_number", what=what)
    ):
        if not differ and line == first:
            continue
        others = _lines(line, lines, often)
        words = (
            f"Employee number {number} also stands on {others}, with other content."
            if differ
            else f"Employee number {number} says the same on {others}; it is read once."
        )
        severity = ERROR if differ else WARNING
        findings.append(Problem(line, "Employee number", words, severity, "duplicate", number))
        again |= not differ
    if again:
        run(AGAIN.format(what=what))


def lost_zeros(stage: Stage, findings: Findings) -> None:
    """Who is new as 42 where 00042 is known: a spreadsheet may have dropped the zeros."""
    same = "lower(look.name) = lower(p.name)" if "name" in stage.said else "TRUE"
    for line, number, known, name, one in stream(ZEROS.format(same=same)):
        words = f"{number} is not known here, but {known} is {name}. Write all zeros of the number."
        severity = ERROR if one else WARNING
        findings.append(Problem(line, "Employee number", words, severity, "zeros", number))


def double_emails(stage: Stage, findings: Findings) -> None:
    """An e-mail address signs in one person."""
    if "email" not in stage.said:
        return
    for line, email, _, lines, often, differ in stream(
        SAME.format(by="email", what="employee_number")
    ):
        if differ:
            words = f"This e-mail address also stands on {_lines(line, lines, often)}."
            findings.append(Problem(line, "E-mail", words, code="email", value=email))


def managers(stage: Stage, findings: Findings, on: datetime.date, *, may_be_empty: bool) -> None:
    """Name every self-manager, unknown manager and circle, by line, until nothing more falls."""
    if "manager" not in stage.said:
        return
    if _strangers(findings, may_be_empty=may_be_empty) and may_be_empty:
        run(f"UPDATE import_look look SET manager = NULL WHERE {STRANGE}")
    while _fallen(findings, may_be_empty=may_be_empty) or _circles(findings, on):
        pass


def _strangers(findings: Findings, *, may_be_empty: bool) -> bool:
    """In every row, also in those that have other problems."""
    own = "SELECT line, manager FROM import_look WHERE manager = employee_number ORDER BY line"
    for line, manager in stream(own):
        words = f"{manager} is named as their own manager."
        findings.append(_problem(line, manager, words, "self"))
    found = False
    strange = f"SELECT line, manager FROM import_look look WHERE {STRANGE} ORDER BY line"
    for line, manager in stream(strange):
        who = f"Manager {manager}" if manager.isalnum() else f"“{manager}”"
        words = f"{who} is neither in the file nor in the database."
        findings.append(_missing(line, manager, words, "manager", may_be_empty))
        found = True
    return found


def _fallen(findings: Findings, *, may_be_empty: bool) -> bool:
    """Rows whose manager would be new, but cannot come because of a problem."""
    if not findings.errors:
        return False
    findings.flush()
    made("import_fallen", FALLEN.format(deeper="FALSE" if may_be_empty else "TRUE"))
    for line, manager, above in stream("SELECT * FROM import_fallen ORDER BY line"):
        words = f"Manager {manager} has a problem on line {above}."
        findings.append(_missing(line, manager, words, "fallen", may_be_empty))
    if may_be_empty:
        run("UPDATE import_look SET manager = NULL WHERE line IN (SELECT line FROM import_fallen)")
    return bool(rows("SELECT FROM import_fallen LIMIT 1"))


def _missing(line: int, manager: str, words: str, code: str, may_be_empty: bool) -> Problem:
    if not may_be_empty:
        return _problem(line, manager, words, code)
    words = f"{words} Imported without a manager."
    return Problem(line, "Manager", words, WARNING, code, manager)


def _circles(findings: Findings, on: datetime.date) -> bool:
    if not rows(MOVES, {"on": on}):
        return False
    findings.flush()
    made("import_above", ABOVE, {"on": on})
    above, lines = {}, {}
    for key, manager, line in stream(CIRCLING):
        above[key], lines[key] = manager, line
    found = [problem for circle in _circling(above) for problem in _circle(circle, lines)]
    findings.extend(found)
    return bool(found)


def _circling(above: dict[str, str]) -> Iterator[list[str]]:
    """Of people who come to no end when one goes up from them, those in the circles."""
    done: set[str] = set()
    for start in above:
        way: dict[str, None] = {}
        at = start
        while at not in done and at not in way:
            way[at] = None
            at = above[at]
        if at in way:
            yield list(way)[list(way).index(at) :]
        done |= set(way)


def _circle(circle: list[str], lines: dict[str, int | None]) -> Iterator[Problem]:
    way = " → ".join([*circle[:NAMED], "…"] if len(circle) > NAMED else [*circle, circle[0]])
    above = dict(zip(circle, [*circle[1:], circle[0]], strict=True))
    for number in circle:
        if line := lines[number]:
            yield _problem(line, above[number], f"A circle of managers: {way}.", "circle")


def _problem(line: int, manager: str, words: str, code: str) -> Problem:
    return Problem(line, "Manager", words, ERROR, code, manager)


def _lines(own: int, lines: list[int], often: int) -> str:
    """The other lines of `often` in all, of which `lines` are the first."""
    others = [str(line) for line in lines if line != own][:NAMED]
    if often - 1 > NAMED:
        others.append(f"{often - 1 - NAMED} more")
    return ("line " if len(others) == 1 else "lines ") + ", ".join(others)
