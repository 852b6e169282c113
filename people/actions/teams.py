"""Everything that can happen to a team."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from people import audit, policies
from people.models import Person, Team
from people.refusals import Conflict, Invalid, enforce


def add(*, by: Person | None, key: str, name: str, parent: Team | None = None) -> Team:
    """Found a team under `parent`, else as a root. `key` is how the HR system names it."""
    enforce(policies.change_teams(by))
    if not key.strip() or not name.strip():
        raise Invalid({"name": ["A team has a key and a name."]})
    with transaction.atomic():
        if Team.objects.filter(key=key).exists():
            raise Conflict(f"There is already a team “{key}”.")
        team = Team.objects.create(key=key, name=name, parent=parent, path="")
        team.path = path_of(team, parent)
        team.save(update_fields=["path"])
        audit.record("team.add", team, by=by)
    return team


def rename(team: Team, *, by: Person | None, name: str) -> Team:
    """Give a team another name; its key stays."""
    enforce(policies.change_teams(by))
    if not name.strip():
        raise Invalid({"name": ["A team has a name."]})
    with transaction.atomic():
        team = Team.objects.select_for_update(no_key=True).get(pk=team.pk)
        before, team.name = team.name, name
        team.save(update_fields=["name"])
        audit.record("team.rename", team, by=by, before=before, after=name)
    return team


def move(team: Team, *, by: Person | None, parent: Team | None) -> Team:
    """Hang a team, with all that is below it, under another one."""
    enforce(policies.change_teams(by))
    with transaction.atomic():
        teams = Team.objects.select_for_update(no_key=True)
        held = {
            row.pk: row for row in teams.filter(pk__in=[team.pk, *([parent.pk] if parent else [])])
        }
        team, parent = held[team.pk], held[parent.pk] if parent else None
        if parent and parent.path.startswith(team.path):
            raise Conflict(f"{parent.name} is part of {team.name}; a team cannot be below itself.")
        old, team.parent = team.path, parent
        team.save(update_fields=["parent"])
        rest = Substr(F("path"), len(old) + 1)
        Team.objects.filter(path__startswith=old).update(
            path=Concat(Value(path_of(team, parent)), rest)
        )
        team.refresh_from_db()
        audit.record("team.move", team, by=by, parent=parent and parent.pk)
    return team


def path_of(team: Team, parent: Team | None) -> str:
    """Where a team stands: the ids from the root, "/1/7/"."""
    return f"{parent.path if parent else '/'}{team.pk}/"
