"""Which moves of a version a person may make now: the verdicts that also refuse the write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from ladders import policies, states
from ladders.models import LadderVersion
from ladders.models.ladder import WORK_ON_LADDERS
from ladders.serializers.shapes import AsItIs
from people.models import Person
from people.refusals import Denied, Verdict

NOUNS = {
    "review": "review",
    "approve": "approval",
    "publish": "publication",
    "schedule": "schedule",
    "unschedule": "schedule",
    "choose_class": "class",
    "return": "return",
    "retire": "retirement",
    "abandon": "abandonment",
}
"""Move → the noun that both doors have for it below the version; those that lead onward first."""
PAGES = {"unschedule": "unscheduling"}
UNAPPROVED = "Somebody who did not write this text approves it first."


class Action(AsItIs):
    """One move; `reason` says why it is not allowed."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    method = serializers.CharField()
    url = serializers.CharField()
    page_url = serializers.CharField()
    allowed = serializers.BooleanField()
    reason = serializers.CharField()


def moves(
    version: LadderVersion,
    person: Person,
    *,
    first: bool = False,
    obstacles: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """The moves whose moment it is, for those who work on ladders; nothing for readers.

    `version` knows its authors; `first` is true where its ladder has no published text;
    `obstacles` is what else stands against a move that policy and state allow.
    """
    if not person.has_role(*WORK_ON_LADDERS):
        return []
    return [
        _action(name, version, verdict)
        for name in NOUNS
        if version.state in states.MOVES[name].sources and _matters(name, version, first)
        if (verdict := _verdict(name, version, person, obstacles or {})) is not None
    ]


def publishing_page(version: LadderVersion) -> str:
    """Where people see how a version stands on its way."""
    return reverse("ladders:version", args=[version.ladder.slug, version.number]) + "publishing/"


def _matters(name: str, version: LadderVersion, first: bool) -> bool:
    if name == "unschedule":
        return version.scheduled_by_id is not None
    if name == "approve":
        return version.approved_by_id is None
    return not (name == "choose_class" and first)


def _verdict(
    name: str, version: LadderVersion, person: Person, obstacles: Mapping[str, str]
) -> Verdict | None:
    verdict = policies.may(name, person, version)
    if not verdict:
        return verdict
    if name in ("publish", "schedule") and version.approved_by_id is None:
        return Denied(UNAPPROVED)
    return Denied(obstacles[name]) if obstacles.get(name) else True


def _action(name: str, version: LadderVersion, verdict: Verdict) -> dict[str, Any]:
    noun = NOUNS[name]
    where = [version.ladder.slug, version.number]
    return {
        "name": name,
        "label": states.LABELS[name],
        "method": "DELETE" if name == "unschedule" else "POST",
        "url": reverse("api-ladders:version", args=where) + f"{noun}/",
        "page_url": f"{publishing_page(version)}{PAGES.get(name, noun)}/",
        "allowed": bool(verdict),
        "reason": verdict.reason if isinstance(verdict, Denied) else "",
    }
