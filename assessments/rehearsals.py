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

_LOOK = """
WITH RECURSIVE whole AS MATERIALIZED ({population}), units AS (
    SELECT team AS name, count(*) AS people FROM whole GROUP BY team
), unled AS (
    SELECT id, name FROM whole WHERE NOT led
), first AS (
    SELECT manager_id AS id, count(*) AS people FROM whole WHERE led GROUP BY manager_id
), up AS (
    SELECT id AS first, people, id AS person_id, ARRAY[id] AS chain FROM first
    UNION ALL
    SELECT up.first, up.people, line.manager_id, up.chain || line.manager_id
    FROM up JOIN people_reportingline line ON line.person_id = up.person_id
        AND line.superseded_at IS NULL AND line.valid @> %(today)s::date
    JOIN people_person m ON m.id = line.manager_id
        AND (m.left_on IS NULL OR m.left_on > %(today)s)
    WHERE line.manager_id <> ALL(up.chain)
), chains AS (
    SELECT DISTINCT ON (first) first, people, chain FROM up ORDER BY first, cardinality(chain) DESC
), shown AS (
    SELECT * FROM chains ORDER BY cardinality(chain), people DESC, first LIMIT %(shown)s
)
SELECT (SELECT count(*) FROM whole) AS population,
    (SELECT count(level_id) FROM whole) AS placed,
    (SELECT count(*) FROM units) AS unit_count,
    (SELECT count(*) FROM unled) AS without_manager_count,
    (SELECT count(*) FROM chains) AS chain_count,
    (SELECT coalesce(json_agg(u), '[]') FROM (
        SELECT * FROM units ORDER BY people DESC, name LIMIT %(shown)s) u) AS units,
    (SELECT coalesce(json_agg(p), '[]') FROM (
        SELECT * FROM unled ORDER BY name, id LIMIT %(shown)s) p) AS without_manager,
    (SELECT coalesce(json_agg(json_build_object('people', people, 'names', ARRAY(
            SELECT p.name FROM unnest(chain) WITH ORDINALITY c (id, n)
            JOIN people_person p ON p.id = c.id ORDER BY c.n))
        ORDER BY cardinality(chain), people DESC, first), '[]') FROM shown) AS chains
"""
_MESSAGES = "SELECT task, count(*) FROM ({told}) t GROUP BY task"


@dataclass(frozen=True)
class Rehearsal:
    """Plain data: every list is cut at SHOWN, every count is whole."""

    population: int
    placed: int
    unit_count: int
    without_manager_count: int
    chain_count: int
    units: list[dict[str, Any]]
    without_manager: list[dict[str, Any]]
    chains: list[dict[str, Any]]
    reminders: list[dict[str, Any]]


def rehearse(cycle: Cycle) -> Rehearsal:
    """Look, and change nothing. Two queries, whatever the size of the population."""
    with connection.cursor() as cursor:
        values = {**parameters(cycle), "shown": SHOWN}
        cursor.execute(_LOOK.replace("{population}", POPULATION), values)
        names = [column.name for column in cursor.description]
        found = dict(zip(names, cursor.fetchone(), strict=True))
    return Rehearsal(**found, reminders=_reminders(cycle))


def _reminders(cycle: Cycle) -> list[dict[str, Any]]:
    messages = _messages(cycle)
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


def _messages(cycle: Cycle) -> dict[str, int]:
    sql = _MESSAGES.replace("{told}", steps.told(duties.IN_CYCLE))
    with connection.cursor() as cursor:
        cursor.execute(sql, steps.parameters(timezone.now(), cycle=cycle.pk, as_if=cycle.pk))
        return dict(cursor.fetchall())
