"""The moves that a person may make on a ladder version now, and why others are not open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from ladders import policies, states
from ladders.models import LadderVersion
from ladders.models.ladder import WORK_ON_LADDERS
from ladders.serializers.version_moves import moves
from people.models import Person
from people.refusals import Denied, Verdict


def actions(version: LadderVersion, person: Person | None) -> list[dict[str, Any]]:
    """What concerns those who work on ladders; nothing for readers."""
    if person is None or not person.is_authenticated or not person.has_role(*WORK_ON_LADDERS):
        return []
    found = ((name, verdict(person, version)) for name, verdict in VERDICTS.items())
    first = not any(row["state"] == states.PUBLISHED for row in version.versions_said)
    return [
        *(_action(name, version, said) for name, said in found if said is not None),
        *moves(version, person, first=first),
    ]


def _edit(person: Person, version: LadderVersion) -> Verdict | None:
    begun = version.state in states.MOVES["edit"].sources
    return policies.may("edit", person, version) if begun else None


def _copy(person: Person, version: LadderVersion) -> Verdict | None:
    if version.state in states.UNPUBLISHED:
        return None
    if version.draft_said:
        number = version.draft_said["number"]
        return Denied(f"This ladder has a text in the making ({number}). Finish or abandon it.")
    return policies.start_draft(person)


VERDICTS: dict[str, Callable[[Person, LadderVersion], Verdict | None]] = {
    "edit": _edit,
    "copy": _copy,
}
"""Yes, no with the reason, or None where it is not the moment and says nothing."""
DOORS = {
    "edit": ("Edit", "PUT", "api-ladders:cell", "ladders:editor"),
    "copy": ("Start a draft", "POST", "api-ladders:copy", "ladders:copy"),
}


def _action(name: str, version: LadderVersion, verdict: Verdict) -> dict[str, Any]:
    label, method, endpoint, page = DOORS[name]
    where = [version.ladder.slug, version.number]
    return {
        "name": name,
        "label": label,
        "method": method,
        "url": reverse(endpoint, args=where),
        "page_url": reverse(page, args=where),
        "allowed": bool(verdict),
        "reason": verdict.reason if isinstance(verdict, Denied) else "",
    }
