"""Files that say more of a person than how they are: rows of the past and of the future."""

from __future__ import annotations

import datetime

from people.imports.findings import Findings
from people.imports.interest import DIFFERS, TEAM
from people.imports.organisation import LINE, ON
from people.imports.report import WARNING, Problem
from people.imports.stage import Stage, made, run, stream

COLUMN = "Effective from"
OTHERS = """
WITH several AS (
    SELECT employee_number FROM import_row WHERE employee_number IS NOT NULL
    GROUP BY employee_number HAVING count(*) > 1
        AND count(effective_on) = count(*) AND count(DISTINCT effective_on) = count(*)
), holds AS (
    SELECT DISTINCT ON (employee_number) employee_number, line
    FROM import_row JOIN several USING (employee_number)
    ORDER BY employee_number, effective_on > %(on)s, abs(effective_on - %(on)s)
)
SELECT r.line, r.effective_on, employee_number, holds.line AS holding
FROM import_row r JOIN holds USING (employee_number) WHERE r.line <> holds.line
"""
LONG_AGO = f"""
UPDATE import_look SET effective_on = NULL WHERE line IN (
    SELECT r.line FROM import_look r JOIN people_person p USING (employee_number)
    {LINE.format(day=ON)}
    LEFT JOIN import_team named ON named.text = {TEAM}
    WHERE effective_on < %(since)s AND NOT ({{differs}})
)
"""


def one_row_each(stage: Stage, findings: Findings, on: datetime.date) -> None:
    """Of rows of one person from different days the one that holds on `on` stays, or the first to
    come."""
    if "effective_on" not in stage.said:
        return
    made("import_other", OTHERS, {"on": on})
    found = "SELECT line, effective_on, employee_number, holding FROM import_other ORDER BY line"
    for line, day, number, holding in stream(found):
        words = f"Employee {number} was like this from {day} on; line {holding} is read."
        if day > on:
            words = f"Employee {number} will be like this from {day} on; import again then."
        findings.append(Problem(line, COLUMN, words, WARNING, "history", str(day)))
    run("DELETE FROM import_row r USING import_other other WHERE other.line = r.line")


def forget_long_ago(stage: Stage, on: datetime.date, since: datetime.date) -> None:
    """A line that began before `since` and is as the file says needs no day of its own."""
    if "effective_on" in stage.said:
        differs = [DIFFERS[name] for name in ("manager", "team") if name in stage.said]
        run(LONG_AGO.format(differs=" OR ".join(differs) or "FALSE"), {"since": since, "on": on})
