"""How a version stands on its way to being published, as both doors show it."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from assessments import publication_policies
from assessments.actions import publications
from assessments.publishing import Standing
from assessments.serializers import links
from ladders.diff import Class
from ladders.serializers.shapes import AsItIs, Head
from ladders.serializers.version_moves import Action, moves, publishing_page
from ladders.states import VersionState
from people.wording import long_day

Said = dict[str, Any]
TOP = 5  # changes that are said in full
WAY = (("draft", "Draft"), ("review", "Sent for review"), ("approve", "Approved"))
WHY = {
    Class.MAJOR: "it asks for something new or more than before",
    Class.MINOR: "it explains, or asks for less than before, and raises nothing",
    Class.PATCH: "only spelling or numbering changed",
    Class.NONE: "nothing changed",
}


class Step(AsItIs):
    """One step on the way, with who made it."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    current = serializers.BooleanField()
    by = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField(allow_null=True)


class Change(AsItIs):
    """What the version changes, and the class and number that follow."""

    against = serializers.CharField(allow_null=True, help_text="Null for a first version.")
    number = serializers.CharField(help_text="The one it has or would have.")
    computed = serializers.CharField(allow_null=True)
    chosen = serializers.CharField(help_text="Blank where the computed class stands.")
    reason = serializers.CharField(help_text="Why it is lower than computed.")
    why = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField())
    first = serializers.ListField(child=serializers.CharField(), help_text="The weightiest.")
    more = serializers.IntegerField()
    page_url = serializers.CharField()


Change._declared_fields["class"] = serializers.CharField(allow_null=True)


class Freeze(AsItIs):
    """Whether running cycles keep it back on the day it would take effect."""

    stands = serializers.BooleanField()
    stands_today = serializers.BooleanField(help_text="Where it would be published at once.")
    on = serializers.DateField()
    reason = serializers.CharField()
    free_on = serializers.DateField(help_text="The first day without a freeze.")
    may_override = serializers.BooleanField()


class Publishing(AsItIs):
    """How a version stands on its way; made by `present`."""

    ladder = Head()
    number = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    page_url = serializers.CharField()
    version_page_url = serializers.CharField()
    impact_url = serializers.CharField()
    steps = Step(many=True)
    history = serializers.ListField(child=serializers.DictField(), help_text="Newest first.")
    missing = serializers.CharField(help_text="What keeps a draft from review; else blank.")
    hints = serializers.IntegerField()
    change = Change()
    scheduled_for = serializers.DateField(allow_null=True)
    scheduled_by = serializers.DictField(allow_null=True)
    freeze = Freeze()
    actions = Action(many=True)


def present(standing: Standing) -> Said:
    """The payload for the reader of the standing."""
    version = standing.version
    slug, number = version.ladder.slug, version.number
    found = standing.readiness
    url = reverse("api-ladders:version", args=[slug, number])
    return {
        "ladder": _ladder(standing),
        "number": number,
        "state": version.state,
        "state_label": VersionState(version.state).label,
        "title": version.title,
        "url": f"{url}publication/",
        "page_url": publishing_page(version),
        "version_page_url": reverse("ladders:version", args=[slug, number]),
        "impact_url": f"{url}impact/",
        "steps": _steps(standing),
        "history": _history(standing),
        "missing": found.first() if found else "",
        "hints": len(found.hints) if found else 0,
        "change": _change(standing),
        "scheduled_for": version.effective_from if version.scheduled_by_id else None,
        "scheduled_by": links.person(version.scheduled_by),
        "freeze": _freeze(standing),
        "actions": moves(
            version, standing.person, first=standing.before is None, obstacles=_obstacles(standing)
        ),
    }


def _ladder(standing: Standing) -> Said:
    ladder = standing.version.ladder
    return {
        "slug": ladder.slug,
        "title": ladder.title,
        "url": reverse("api-ladders:ladder", args=[ladder.slug]),
        "page_url": reverse("ladders:ladder", args=[ladder.slug]),
    }


def _steps(standing: Standing) -> list[Said]:
    """The way; a step carries who made it while it still holds."""
    version = standing.version
    last = VersionState(version.state).label if _is_over(version.state) else "Published"
    made = {
        "draft": ", ".join(sorted(person.name for person in version.authors.all())) or None,
        "review": version.sent_by and version.sent_by.name,
        "approve": version.approved_by and version.approved_by.name,
        "publish": _actor(standing, "publish"),
    }
    here = _here(standing)
    return [
        {
            "name": name,
            "label": label,
            "current": name == here,
            "by": made[name],
            "at": _at(standing, name) if made[name] else None,
        }
        for name, label in (*WAY, ("publish", last))
    ]


def _is_over(state: str) -> bool:
    return state in (VersionState.SUPERSEDED, VersionState.RETIRED, VersionState.ABANDONED)


def _here(standing: Standing) -> str:
    version = standing.version
    if version.state == VersionState.DRAFT:
        return "draft"
    if version.state == VersionState.IN_REVIEW:
        return "approve" if version.approved_by_id else "review"
    return "publish"


def _newest(standing: Standing, name: str) -> Any:
    return next((row for row in standing.events if row.verb == f"version.{name}"), None)


def _actor(standing: Standing, name: str) -> str | None:
    event = _newest(standing, name)
    if event is None:
        return None
    return event.actor.name if event.actor else "the clock"


def _at(standing: Standing, name: str) -> datetime.datetime | None:
    if name == "draft":
        return standing.version.created_at
    event = _newest(standing, name)
    return event.at if event else None


DONE = {
    "review": "Sent for review",
    "approve": "Approved",
    "publish": "Published",
    "return": "Taken back to draft",
    "override": "Freeze window overridden",
    "hold": "Kept back by the clock",
}


def _history(standing: Standing) -> list[Said]:
    return [
        {
            "at": event.at,
            "what": DONE[event.verb.removeprefix("version.")],
            "who": event.actor.name if event.actor else "the clock",
            "why": _said(event),
        }
        for event in standing.events
    ]


def _said(event: Any) -> str:
    """The reason, or the cycles; an override says why once, so the publication does not."""
    if event.verb == "version.publish":
        return ""
    return event.data.get("reason", "") or ", ".join(event.data.get("cycle_names", []))


def _change(standing: Standing) -> Said:
    version, difference = standing.version, standing.difference
    ordered = sorted(difference.changes, key=lambda change: -change.klass)
    return {
        "against": standing.before.number if standing.before else None,
        "number": standing.number,
        "class": standing.change_class or None,
        "computed": difference.klass.label if standing.before else None,
        "chosen": version.change_class,
        "reason": version.class_reason,
        "why": _why(standing),
        "counts": {
            klass.label: sum(change.klass is klass for change in difference.changes)
            for klass in (Class.MAJOR, Class.MINOR, Class.PATCH)
        },
        "first": [change.words for change in ordered[:TOP]],
        "more": max(0, len(ordered) - TOP),
        "page_url": changes_page(version.ladder.slug, version.number),
    }


def changes_page(slug: str, number: str) -> str:
    """Where a version is held against the one before it."""
    return reverse("ladders:version", args=[slug, number]) + "changes/"


def _why(standing: Standing) -> str:
    """The class and the number, and why."""
    if standing.before is None:
        return f"This is the first version of the ladder: {standing.number}."
    difference, version = standing.difference, standing.version
    computed = f"The change is {difference.klass.label}, because {WHY[difference.klass]}."
    if difference.klass is Class.NONE:
        return "Nothing differs from the published version."
    if version.change_class and version.change_class != difference.klass.label:
        computed += f" It is published as {version.change_class}."
    return f"{computed} {standing.before.number} becomes {standing.number}."


def _freeze(standing: Standing) -> Said:
    held, day = standing.held, standing.day
    free = publications.free_day(standing.cycles, day) if held else day
    return {
        "stands": bool(held),
        "stands_today": bool(standing.held_on(timezone.localdate())),
        "on": day,
        "reason": publications.refusal(held, free) if held else "",
        "free_on": free,
        "may_override": bool(publication_policies.override(standing.person)),
    }


def _obstacles(standing: Standing) -> dict[str, str]:
    """What else stands against moves that policy and state allow."""
    found = standing.readiness
    said = {"retire": standing.needed, "review": found.first() if found else ""}
    if standing.before and found and not said["review"] and not standing.difference.changes:
        said["review"] = "Nothing in this draft differs from the published version."
    held = standing.held_on(timezone.localdate())
    if held and not publication_policies.override(standing.person):
        names = " and ".join(f"{cycle.name} until {long_day(days.last)}" for cycle, days in held)
        said["publish"] = f"A running cycle keeps ladders as they are: {names}."
    return said
