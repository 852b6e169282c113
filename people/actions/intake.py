"""Writing what an import found, set by set, in the caller's transaction."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils import timezone

from people.actions import chains
from people.actions.periods import period
from people.actions.teams import path_of
from people.imports.changes import OWN
from people.imports.compare import Plan
from people.imports.progress import SILENT, Progress
from people.imports.stage import made, rows, run
from people.models import Person, Team

SOME = 5_000  # changes that are written together
MANY = 1_000  # from here on, what is asked next must not be planned as if the table were small
LISTED = 20_000  # from here on all ways up are worked out anew, which is quicker than one by one
HIRE = f"""
INSERT INTO people_person ({", ".join(OWN)}, password, {{others}})
SELECT {", ".join(OWN)}, %(prefix)s || gen_random_uuid() || gen_random_uuid(), {{defaults}}
FROM import_change WHERE is_new AND seq > %(after)s AND seq <= %(upto)s ORDER BY seq
"""
KNOW = """
UPDATE import_change change SET person_id = person.id FROM people_person person
WHERE is_new AND person.employee_number = number
"""
AGAIN = """
INSERT INTO people_employment
    (person_id, hired_on, left_on, again_on, reason, recorded_at, recorded_by_id)
SELECT person_id, was_hired_on, was_left_on, hired_on, '', %(now)s, %(by)s FROM import_change
WHERE NOT is_new AND 'hired_on' = ANY (fields) AND hired_on > was_left_on ORDER BY seq
"""
EDIT = f"""
UPDATE people_person person SET {
    ", ".join(
        f"{name} = CASE WHEN '{name}' = ANY (fields) THEN change.{name} ELSE person.{name} END"
        for name in OWN
    )
}
FROM import_change change WHERE person.id = person_id AND NOT is_new AND fields <> '{{}}'
"""
GIVE_WAY = """
UPDATE people_reportingline line SET superseded_at = %(now)s FROM import_change change
WHERE line.person_id = change.person_id AND NOT is_new AND superseded_at IS NULL
    AND (upper(valid) IS NULL OR upper(valid) > starts)
"""
RESTS = """
INSERT INTO people_reportingline
    (person_id, manager_id, team_id, valid, reason, recorded_at, recorded_by_id)
SELECT line.person_id, manager_id, team_id, daterange(lower(valid), starts), reason, %(now)s, %(by)s
FROM people_reportingline line JOIN import_change change USING (person_id)
WHERE NOT is_new AND superseded_at = %(now)s AND (lower(valid) IS NULL OR lower(valid) < starts)
"""
LEAD = """
INSERT INTO people_reportingline
    (person_id, manager_id, team_id, valid, reason, recorded_at, recorded_by_id)
SELECT person_id, coalesce(manager.id, substr(change.manager, 2)::bigint), team.id,
    daterange(starts, NULL), '', %(now)s, %(by)s
FROM import_change change
LEFT JOIN people_person manager ON manager.employee_number = change.manager
LEFT JOIN people_team team ON team.key = change.team
WHERE moves AND seq > %(after)s AND seq <= %(upto)s ORDER BY seq
"""


def write(plan: Plan, *, by: Person | None, progress: Progress = SILENT) -> None:
    """Do everything that the plan says. The caller holds the lock on the hierarchy."""
    _found(plan)
    _hire(len(plan.changes), progress)
    given = {"now": timezone.now(), "by": by.pk if by else None}
    run(AGAIN, given)  # who is hired after their last day comes back: what was before stays
    run(EDIT)
    _lead(len(plan.changes), given, progress)


def _found(plan: Plan) -> None:
    """New teams, level by level, because a path holds the ids above it."""
    known = {team.key: team for team in Team.objects.all()} if plan.teams else {}
    for team in plan.teams:
        parent = known.get(team.parent or "")
        row = Team.objects.create(key=team.key, name=team.name, parent=parent, path="")
        row.path = path_of(row, parent)
        row.save(update_fields=["path"])
        known[row.key] = row


def _hire(count: int, progress: Progress) -> None:
    """New people. They sign in through single sign-on or a reset link: no password is made up,
    but each has another one that nothing equals, because reset links depend on it."""
    others: dict[str, Any] = {
        str(field.column): field.get_default()
        for field in Person._meta.concrete_fields
        if not field.primary_key and field.column not in {*OWN, "password"}
    }
    statement = HIRE.format(
        others=", ".join(others), defaults=", ".join(f"%({name})s" for name in others)
    )
    given = {**others, "prefix": UNUSABLE_PASSWORD_PREFIX}
    hired = _by_parts(statement, given, "Adding people", count, progress)
    if hired:
        run(KNOW)
    _settle("people_person", hired)


def _lead(count: int, given: dict[str, Any], progress: Progress) -> None:
    """Reporting lines: what stood gives way from the day of the change on."""
    [(starting, moving, since)] = rows(
        "SELECT count(starts), count(*) FILTER (WHERE moves), min(starts) FROM import_change"
    )
    if not starting:
        return
    run(GIVE_WAY, given)
    run(RESTS, given)
    led = _by_parts(LEAD, given, "Writing reporting lines", count, progress) if moving else 0
    _settle("people_reportingline", led)
    progress.stage = "Working out who is above whom"
    if starting > LISTED:
        chains.rebuild()
        return
    made("import_moved", "SELECT person_id FROM import_change WHERE starts IS NOT NULL")
    chains.follow("SELECT person_id FROM import_moved", period(since))


def _by_parts(
    statement: str, given: dict[str, Any], stage: str, count: int, progress: Progress
) -> int:
    """Some changes after the other, so that one can see how far it is; how many rows it wrote."""
    written = 0
    progress.begin(stage, count)
    for after in range(0, count, SOME):
        written += run(statement, {**given, "after": after, "upto": after + SOME})
        progress.done = min(after + SOME, count)
    return written


def _settle(table: str, written: int) -> None:
    if written >= MANY:
        run(f"ANALYZE {table}")
