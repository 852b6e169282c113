"""Founds the demo organisation: teams, people, lines and the way each of them came."""

from __future__ import annotations

import datetime
from pathlib import Path

import time_machine
from django.conf import settings
from django.contrib.auth.hashers import make_password

from assessments.actions import growth
from assessments.demo.people import MEMBERS, TEAMS, Member
from ladders.actions import imports, placements
from ladders.models import Level
from people.actions import delegations, leaves, lines, people, teams
from people.models import Person, Team

STARTER = Path(settings.BASE_DIR) / "ladders" / "starters" / "software-engineering.ladder.yaml"


def found(today: datetime.date, password: str) -> dict[str, Person]:
    """Make everybody, by key. What happened long ago is recorded as of then."""
    with time_machine.travel(_months_before(today, 111), tick=False):
        imports.import_file(STARTER.read_bytes(), STARTER.name, by=None)
        units = _found_teams()
    levels = {
        level.key: level
        for level in Level.objects.for_display().filter(
            version__ladder__slug="software-engineering"
        )
    }
    hired: dict[str, Person] = {}
    secret = make_password(password)
    for member in MEMBERS:
        hired[member.key] = _hire(member, today, units, levels, hired)
        Person.objects.filter(pk=hired[member.key].pk).update(password=secret)
    _give_leave(hired, today)
    _hand_over(hired, today)
    return {key: Person.objects.for_session().get(pk=person.pk) for key, person in hired.items()}


def _found_teams() -> dict[str, Team]:
    units: dict[str, Team] = {}
    for key, (name, parent) in TEAMS.items():
        units[key] = teams.add(by=None, key=key, name=name, parent=units.get(parent or ""))
    return units


def _hire(
    member: Member,
    today: datetime.date,
    units: dict[str, Team],
    levels: dict[str, Level],
    hired: dict[str, Person],
) -> Person:
    began = _months_before(today, member.way[0].months if member.way else 60)
    with time_machine.travel(began, tick=False):
        person = people.add(
            by=None,
            name=member.name,
            email=f"{member.key}@example.com",
            employee_number=f"N{MEMBERS.index(member) + 1001}",
            title=member.title or levels[member.way[-1].level].title,
            time_zone=member.zone,
            hired_on=began,
        )
        manager = hired[member.manager] if member.manager else None
        lines.change(person, by=None, on=began, manager=manager, team=units[member.team])
        if member.roles:
            unit = units["money"] if "hr_partner" in member.roles else None
            people.set_roles(person, by=None, roles=list(member.roles), partner_team=unit)
    for step in member.way:
        day = _months_before(today, step.months)
        with time_machine.travel(day, tick=False):
            placements.place(person, levels[step.level], by=None, on=day, kind=step.kind)
    return person


def _give_leave(hired: dict[str, Person], today: datetime.date) -> None:
    def ago(days: int) -> datetime.date:
        return today - datetime.timedelta(days=days)

    leaves.record(hired["carl"], by=None, kind="parental", since=ago(310), back_on=ago(190))
    leaves.record(hired["hannah"], by=None, kind="sick", since=ago(40))
    growth.note(hired["carl"], by=hired["maya"], held_on=ago(23))


def _hand_over(hired: dict[str, Person], today: datetime.date) -> None:
    with time_machine.travel(today - datetime.timedelta(days=3), tick=False):
        row = delegations.offer(
            hired["igor"],
            hired["rosa"],
            by=hired["igor"],
            kinds=["submit", "communicate"],
            first_on=today - datetime.timedelta(days=2),
            last_on=today + datetime.timedelta(days=18),
            reason="Away for three weeks.",
        )
        delegations.accept(row, by=hired["rosa"])


def _months_before(today: datetime.date, months: int) -> datetime.date:
    """The first day of the month that many months ago."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return datetime.date(year, month + 1, 1)
