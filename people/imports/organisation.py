"""Who and what the database knows already, loaded at once, as plain values to compare with."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db import connection

from people.models import ReportingLine, Team

EVERYBODY = """
SELECT p.id, p.employee_number, p.name, p.email, p.title, p.time_zone, p.hired_on, p.left_on,
    CASE WHEN m.id IS NOT NULL THEN coalesce(m.employee_number, '#' || m.id) END, t.key
FROM people_person p
LEFT JOIN people_reportingline l ON l.person_id = p.id AND l.superseded_at IS NULL
    AND l.valid @> greatest(%(on)s::date, coalesce(p.hired_on, %(on)s::date))
LEFT JOIN people_person m ON m.id = l.manager_id
LEFT JOIN people_team t ON t.id = l.team_id
ORDER BY p.id
"""


class Standing(NamedTuple):
    """A person as the database has them on the day of the import."""

    pk: int
    employee_number: str | None
    name: str
    email: str | None
    title: str
    time_zone: str
    hired_on: datetime.date | None
    left_on: datetime.date | None
    manager: str | None = None
    team: str | None = None

    @property
    def key(self) -> str:
        """How a line names this person: by employee number, else by row."""
        return self.employee_number or f"#{self.pk}"


@dataclass
class Organisation:
    """People by key and e-mail, teams by key and name."""

    people: dict[str, Standing] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_email(self) -> dict[str, Standing]:
        """Everybody who has an address."""
        return {person.email: person for person in self.people.values() if person.email}

    @cached_property
    def teams_by_name(self) -> dict[str, list[str]]:
        """The keys of the teams that share a name."""
        keys: dict[str, list[str]] = defaultdict(list)
        for key, name in self.teams.items():
            keys[name.casefold()].append(key)
        return keys

    def team_key(self, text: str) -> str | None:
        """The key of the team that a cell names, by key or else by its name."""
        if text in self.teams:
            return text
        named = self.teams_by_name.get(text.casefold(), [])
        return named[0] if len(named) == 1 else None

    def on_their_days(self, days: dict[str, datetime.date]) -> None:
        """See some people, by key, as their reporting line is on a day of their own."""
        wanted = {self.people[key].pk: key for key in days if key in self.people}
        if not wanted:
            return
        keys = {person.pk: key for key, person in self.people.items()}
        teams = dict(Team.objects.values_list("pk", "key"))
        for key in wanted.values():
            self.people[key] = self.people[key]._replace(manager=None, team=None)
        rows = ReportingLine.objects.known_at().filter(person__in=wanted)
        for pk, valid, manager, team in rows.values_list(
            "person_id", "valid", "manager_id", "team_id"
        ):
            person = self.people[wanted[pk]]
            day = max(days[wanted[pk]], person.hired_on or datetime.date.min)
            if valid.lower <= day and (valid.upper is None or day < valid.upper):
                self.people[wanted[pk]] = person._replace(
                    manager=keys[manager] if manager else None, team=teams[team] if team else None
                )


def load(on: datetime.date) -> Organisation:
    """Everybody, with manager and team as of `on` (or their first day, when it comes later)."""
    known = Organisation(teams=dict(Team.objects.values_list("key", "name")))
    for person in _everybody(on):
        known.people[person.key] = person
    return known


def _everybody(on: datetime.date) -> Iterable[Standing]:
    with connection.cursor() as cursor:
        cursor.execute(EVERYBODY, {"on": on})
        while rows := cursor.fetchmany(5_000):
            yield from map(Standing._make, rows)
