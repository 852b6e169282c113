"""Who and what the database knows already, loaded at once, as plain values to compare with."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Value
from django.db.models.functions import Coalesce, Greatest

from people.models import Person, ReportingLine, Team


@dataclass(frozen=True)
class Standing:
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
    by_email: dict[str, Standing] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)

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


def load(on: datetime.date) -> Organisation:
    """Everybody, with manager and team as of `on` (or their first day, when it comes later)."""
    teams = dict(Team.objects.values_list("pk", "key"))
    keys = {
        pk: number or f"#{pk}" for pk, number in Person.objects.values_list("pk", "employee_number")
    }
    first_day = Greatest(Value(on), Coalesce("person__hired_on", Value(on)))
    standing = ReportingLine.objects.known_at().filter(valid__contains=first_day)
    lines = {
        person: (keys.get(manager), teams.get(team))
        for person, manager, team in standing.values_list("person_id", "manager_id", "team_id")
    }
    fields = ("pk", "employee_number", "name", "email", "title", "time_zone", "hired_on", "left_on")
    known = Organisation(teams=dict(Team.objects.values_list("key", "name")))
    for values in Person.objects.values(*fields).order_by("pk").iterator(chunk_size=5_000):
        manager, team = lines.get(values["pk"], (None, None))
        person = Standing(**values, manager=manager, team=team)
        known.people[person.key] = person
        if person.email:
            known.by_email[person.email] = person
    return known
