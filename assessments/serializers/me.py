"""Who asks, what needs them, and what they wait for: the payload of Home."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from assessments import duties, move_duties, states
from assessments.models import Notification, PromotionCase
from assessments.serializers.duty import Task, Waiting, moves_need_me, needs_me, waited_for
from assessments.states import State
from people.models import Person

SHOWN = 100
PREPARED = "Your case was submitted, and others are being heard."
REVIEWED = "Your case is being reviewed."
TOLD = "What was decided on your case is here to read."
STAGES = {
    State.SUBMITTED: PREPARED,
    State.GATHERING: PREPARED,
    State.COMMUNICATED: TOLD,
    State.SCHEDULED: TOLD,
}


class OwnCase(serializers.Serializer):
    """How far one's own case is, in words that give nothing away."""

    text = serializers.CharField()
    url = serializers.CharField()
    page_url = serializers.CharField()


class Me(serializers.Serializer):
    """The person who asks."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    time_zone = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    url = serializers.CharField()
    today = serializers.DateField(help_text="The date where you are.")
    unread = serializers.IntegerField(help_text="Lines in the inbox that you have not read.")
    tasks = Task(many=True, help_text=f"What needs you, earliest date first; {SHOWN} at most.")
    task_count = serializers.IntegerField(help_text="All of them.")
    waiting = Waiting(many=True, help_text=f"What you wait for, and on whom; {SHOWN} at most.")
    own_case = OwnCase(allow_null=True)


def present(person: Person) -> dict[str, Any]:
    """The payload for `person` today. Five queries."""
    today = timezone.localdate()
    fields = ("id", "name", "email", "title", "time_zone", "roles")
    me = {name: getattr(person, name) for name in fields}
    return Me({**me, **_around(person, today)}).data


def _around(person: Person, today: datetime.date) -> dict[str, Any]:
    owed = duties.owed_by(person, today)
    tasks = needs_me(owed[:SHOWN], today)
    moves = moves_need_me(move_duties.owed_by(person, today), today)
    tasks = sorted([*tasks, *moves], key=lambda task: task["due_on"] or datetime.date.max)
    return {
        "url": reverse("api-assessments:me"),
        "today": today,
        "unread": Notification.objects.visible_to(person).unread().count(),
        "tasks": tasks[:SHOWN],
        "task_count": len(owed) + len(moves),
        "waiting": waited_for(duties.awaited_by(person, today), today)[:SHOWN],
        "own_case": _own_case(person),
    }


def _own_case(person: Person) -> dict[str, str] | None:
    open_now = PromotionCase.objects.filter(candidate=person, state__in=states.OPEN)
    row = open_now.values("pk", "state", "owner__name").first()
    if row is None:
        return None
    writing = f"{row['owner__name']} is writing your case; you add your own section and evidence."
    text = writing if row["state"] == State.DRAFT else STAGES.get(row["state"], REVIEWED)
    return {
        "text": text,
        "url": reverse("api-assessments:case", args=[row["pk"]]),
        "page_url": reverse("assessments:case", args=[row["pk"]]),
    }
