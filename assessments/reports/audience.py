"""Who may read reports, and about which part of the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.utils import timezone

from people.models import Person, ReportingLine, Role, Team
from people.refusals import Denied

REFUSAL = (
    "Reports are open to HR, analysts, HR partners for their unit, "
    "and managers of managers for theirs."
)

NAMING = "This report names people: it is open to HR, and to HR partners for their unit."


class Report(Protocol):
    """What is asked of a report here."""

    @property
    def names_people(self) -> bool:
        """True for one that is for HR alone."""


@dataclass(frozen=True)
class Reach:
    """What somebody's reports cover: everybody, or the units below `teams`.

    `guarded`: small cells are hidden in every cut, not only in cuts by unit.
    """

    teams: tuple[Team, ...] = ()
    guarded: bool = True
    reader: int = 0  # what is about themselves is left out where people are named

    @property
    def everywhere(self) -> bool:
        """True when no unit bounds it."""
        return not self.teams

    def covers(self, team: Team) -> bool:
        """True when `team` lies within."""
        return self.everywhere or any(team.path.startswith(unit.path) for unit in self.teams)


def reach(person: Person) -> Reach | Denied:
    """The reach of `person`, or why reports are not open to them."""
    if person.has_role(Role.HR):
        return Reach(guarded=False)
    if person.has_role(Role.ANALYST):
        return Reach()
    units = _units_below(person)
    if person.has_role(Role.HR_PARTNER) and person.partner_team:
        units.append(person.partner_team)
    outermost = _outermost(units)
    return Reach(tuple(outermost)) if outermost else Denied(REFUSAL)


def reach_of(report: Report, person: Person) -> Reach | Denied:
    """The same for one report: where people are named, HR and the partner of the unit."""
    if not report.names_people:
        return reach(person)
    if person.has_role(Role.HR):
        return Reach(guarded=False, reader=person.pk)
    if person.has_role(Role.HR_PARTNER) and person.partner_team:
        return Reach((person.partner_team,), guarded=False, reader=person.pk)
    return Denied(NAMING)


def _units_below(person: Person) -> list[Team]:
    """The teams of those managers who report to `person`."""
    lines = ReportingLine.objects.as_of(timezone.localdate())
    managers = lines.exclude(manager=None).values("manager")
    below = lines.filter(manager=person, person__in=managers).values("team")
    return list(Team.objects.filter(pk__in=below))


def _outermost(teams: list[Team]) -> list[Team]:
    kept: list[Team] = []
    for team in sorted(teams, key=lambda team: (len(team.path), team.name)):
        if not any(team.path.startswith(outer.path) for outer in kept):
            kept.append(team)
    return kept
