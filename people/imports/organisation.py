"""Who and what the database knows already, as plain values to compare with."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from people.models import Team


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
class Teams:
    """The teams there are: their names by key."""

    names: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """The keys of the teams that share a name."""
        keys: dict[str, list[str]] = defaultdict(list)
        for key, name in self.names.items():
            keys[name.casefold()].append(key)
        return keys

    def key(self, text: str) -> str | None:
        """The key of the team that a cell names, by key or else by its name."""
        if text in self.names:
            return text
        named = self.by_name.get(text.casefold(), [])
        return named[0] if len(named) == 1 else None


def teams() -> Teams:
    """All of them."""
    return Teams(dict(Team.objects.values_list("key", "name")))


STANDING = """
    p.id, p.employee_number, p.name, p.email, p.title, p.time_zone, p.hired_on, p.left_on,
    CASE WHEN m.id IS NOT NULL THEN coalesce(m.employee_number, '#' || m.id) END, t.key
"""
"""What a Standing is made of, where `p` is the person and LINE is joined."""
LINE = """
LEFT JOIN people_reportingline l ON l.person_id = p.id AND l.superseded_at IS NULL
    AND l.valid @> greatest({day}, coalesce(p.hired_on, {day}))
LEFT JOIN people_person m ON m.id = l.manager_id
LEFT JOIN people_team t ON t.id = l.team_id
"""
"""The line of `p` as of {day} (or their first day, when it comes later)."""
ON = "%(on)s::date"
