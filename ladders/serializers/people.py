"""People as both doors show them: in lists and as a profile."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from ladders import directory
from ladders.models import Placement as Row
from ladders.serializers.placements import present as present_placements
from people.models import Person as Employee
from people.models import Role

Said = dict[str, Any]


class Person(serializers.Serializer):
    """The shape of one person; `placement` is null for those who may not know it."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    page_url = serializers.CharField()
    name = serializers.CharField()
    title = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    team = serializers.DictField(allow_null=True)
    manager = serializers.DictField(allow_null=True)
    placement = serializers.DictField(allow_null=True)
    employee_number = serializers.CharField(allow_null=True)
    hired_on = serializers.DateField(allow_null=True)
    left_on = serializers.DateField(allow_null=True)


class Profile(Person):
    """One person with who reports to them and, for those who may know, where they stood."""

    as_of = serializers.DateField()
    is_you = serializers.BooleanField()
    reports = serializers.ListField(child=serializers.DictField())
    placements = serializers.ListField(child=serializers.DictField(), allow_null=True)
    placements_url = serializers.CharField()
    audience = serializers.DictField()


def present(rows: Iterable[Employee], reader: Employee) -> list[Said]:
    """Rows of `directory.people` as plain data."""
    return [_person(row, reader) for row in rows]


def profile(found: directory.Profile) -> Said:
    """The payload of `GET /people/{id}/`."""
    person, stood = found.person, found.placements
    shown = None if stood is None else present_placements(stood, found.relations)
    return _person(person, found.reader) | {
        "as_of": found.on,
        "is_you": directory.ONESELF in found.relations,
        "reports": [_named(report.pk, report.name, report.title) for report in found.reports],
        "placements": shown,
        "placements_url": reverse("api-ladders:placements", args=[person.pk]),
        "leave_page_url": reverse("people:leave", args=[person.pk])
        if found.relations & {directory.ONESELF, directory.HR}
        else None,
        "audience": audience(person, found.relations),
    }


def audience(person: Employee, relations: frozenset[str]) -> Said:
    """Who can see a profile, and what each of them sees."""
    you = directory.ONESELF in relations
    whose, who = ("your", "You") if you else ("the", person.name)
    full, bare = "Everything on this page.", "Placements without their reasons."
    readers = [(who, "", full)]
    if person.manager_id:
        readers.append((person.manager_name, f"{whose} manager", full))
    readers += [
        ("Skip-level", f"{whose} manager's manager", bare),
        ("Human resources", "", full),
        ("HR partner", f"of {whose} unit, if there is one", bare),
        ("Everybody else here", "", "Name, title, e-mail, team and manager. No level."),
    ]
    return {
        "readers": [dict(zip(("who", "relation", "sees"), row, strict=True)) for row in readers],
        "note": "Administrators keep the system running and do not see placements.",
    }


def _person(row: Employee, reader: Employee) -> Said:
    kept = reader.pk == row.pk or reader.has_role(Role.HR, Role.ADMIN)
    return {
        "id": row.pk,
        "url": reverse("api-ladders:person", args=[row.pk]),
        "page_url": reverse("ladders:person", args=[row.pk]),
        "name": row.name,
        "title": row.title,
        "email": row.email,
        "team": {"id": row.team_id, "name": row.team_name} if row.team_id else None,
        "manager": _named(row.manager_id, row.manager_name) if row.manager_id else None,
        "placement": _placement(row.stands),
        "employee_number": row.employee_number if kept else None,
        "hired_on": row.hired_on if kept else None,
        "left_on": row.left_on if kept else None,
    }


def _named(pk: int, name: str, title: str = "") -> Said:
    return {
        "id": pk,
        "name": name,
        "title": title,
        "url": reverse("api-ladders:person", args=[pk]),
        "page_url": reverse("ladders:person", args=[pk]),
    }


def _placement(said: Said | None) -> Said | None:
    if said is None:
        return None
    page = reverse("ladders:version-level", args=[said["ladder"], said["version"], said["key"]])
    return {
        "level": {
            "key": said["key"],
            "title": said["title"],
            "track": said["track"],
            "grade": said["grade"],
            "ladder": said["ladder"],
            "page_url": page,
        },
        "on_trial": said["kind"] == Row.Kind.TRIAL,
        "since": datetime.date.fromisoformat(said["since"]),
    }
