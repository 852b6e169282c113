"""What would happen if a cycle were announced now: population, orphans, chains, reminders."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from assessments import duties, steps
from assessments.models import Cycle, Phase, Reminder
from assessments.population import POPULATION, parameters

SHOWN = 50
TASKS = {
    Phase.Kind.NOMINATIONS: Reminder.Task.SUBMIT,
    Phase.Kind.ENDORSEMENT: Reminder.Task.ENDORSE,
    Phase.Kind.PANEL_REVIEW: Reminder.Task.VOTE,
    Phase.Kind.DECISIONS: Reminder.Task.DECIDE,
    Phase.Kind.COMMUNICATION: Reminder.Task.COMMUNICATE,
}

_UNITS = "SELECT team, count(*), count(level_id) FROM ({population}) p GROUP BY team ORDER BY team"
_UNLED = """
SELECT id, name, count(*) OVER () FROM ({population}) p WHERE NOT led
ORDER BY name, id LIMIT %(shown)s
"""
_CHAINS = """
WITH RECURSIVE led AS (
    SELECT manager_id AS first, count(*) AS people FROM ({population}) p
    WHERE led GROUP BY manager_id
), up AS (
    SELECT led.first, led.people, led.first AS person_id, ARRAY[led.first] AS chain FROM led
    UNION ALL
    SELECT up.first, up.people, line.manager_id, up.chain || line.manager_id
    FROM up JOIN people_reportingline line ON line.person_id = up.person_id
        AND line.superseded_at IS NULL AND line.valid @> %(today)s::date
    JOIN people_person m ON m.id = line.manager_id
        AND (m.left_on IS NULL OR m.left_on > %(today)s)
    WHERE line.manager_id <> ALL(up.chain)
), whole AS (
    SELECT DISTINCT ON (first) first, people, chain FROM up ORDER BY first, cardinality(chain) DESC
)
SELECT people, cardinality(chain), count(*) OVER (),
    ARRAY(SELECT p.name FROM unnest(chain) WITH ORDINALITY c (id, n)
        JOIN people_person p ON p.id = c.id ORDER BY c.n)
FROM whole ORDER BY cardinality(chain), people DESC, first LIMIT %(shown)s
"""
_MESSAGES = "SELECT task, count(*) FROM ({told}) t GROUP BY task"


@dataclass(frozen=True)
class Rehearsal:
    """Plain data: every list is cut at SHOWN, every count is whole."""

    population: int
    placed: int
    units: list[dict[str, Any]]
    without_manager: list[dict[str, Any]]
    without_manager_count: int
    chains: list[dict[str, Any]]
    chain_count: int
    reminders: list[dict[str, Any]]


def rehearse(cycle: Cycle) -> Rehearsal:
    """Look, and change nothing. Five queries, whatever the size of the population."""
    values = {**parameters(cycle), "shown": SHOWN}
    units = _rows(_UNITS, values)
    unled = _rows(_UNLED, values)
    chains = _rows(_CHAINS, values)
    return Rehearsal(
        population=sum(row[1] for row in units),
        placed=sum(row[2] for row in units),
        units=[{"name": row[0], "people": row[1]} for row in units],
        without_manager=[{"id": row[0], "name": row[1]} for row in unled],
        without_manager_count=unled[0][2] if unled else 0,
        chains=[{"people": row[0], "names": row[3]} for row in chains],
        chain_count=chains[0][2] if chains else 0,
        reminders=_reminders(cycle),
    )


def _reminders(cycle: Cycle) -> list[dict[str, Any]]:
    sql = _MESSAGES.replace("{told}", steps.told(duties.IN_CYCLE))
    values = steps.parameters(timezone.now(), cycle=cycle.pk, as_if=cycle.pk)
    messages = dict(_rows(sql, values))
    return [
        {
            "phase": phase.kind,
            "task": TASKS[Phase.Kind(phase.kind)],
            "due_on": phase.due_on,
            "days": [phase.due_on + datetime.timedelta(days=step) for step in steps.STEPS],
            "messages": messages.get(TASKS[Phase.Kind(phase.kind)], 0),
        }
        for phase in cycle.phases.all()
    ]


def _rows(sql: str, values: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("{population}", POPULATION), values)
        return cursor.fetchall()
