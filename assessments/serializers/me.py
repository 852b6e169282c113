"""Who asks, what needs them, and what they wait for: the payload of Home."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from assessments import duties, errands, states
from assessments.models import Notification, PromotionCase
from assessments.serializers.duty import Task, Waiting, errands_need_me, needs_me, waited_for
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
    """The payload for `person` today. Four queries."""
    today = timezone.localdate()
    fields = ("id", "name", "email", "title", "time_zone", "roles")
    me = {name: getattr(person, name) for name in fields}
    return Me({**me, **_around(person, today)}).data


def _around(person: Person, today: datetime.date) -> dict[str, Any]:
    owed = duties.owed_by(person, today)
    tasks = needs_me(owed[:SHOWN], today)
    unread, case = _beside(person)
    others = errands_need_me(errands.owed_by(person, today), today)
    tasks = sorted([*tasks, *others], key=lambda task: task["due_on"] or datetime.date.max)
    return {
        "url": reverse("api-assessments:me"),
        "today": today,
        "unread": unread,
        "tasks": tasks[:SHOWN],
        "task_count": len(owed) + len(others),
        "waiting": waited_for(duties.awaited_by(person, today), today)[:SHOWN],
        "own_case": _own_case(case),
    }


def _beside(person: Person) -> tuple[int, dict[str, Any] | None]:
    """How many lines of the inbox are unread, and the open case of the person. One query."""
    unread = Notification.objects.visible_to(person).unread().order_by().values("person")
    case = PromotionCase.objects.filter(candidate=OuterRef("pk"), state__in=states.OPEN)
    shape = JSONObject(pk="pk", state="state", owner="owner__name")
    rows = Person.objects.filter(pk=person.pk).values_list(
        Coalesce(Subquery(unread.annotate(count=Count("pk")).values("count")), 0),
        Subquery(case.values(json=shape)[:1]),
    )
    return rows.get()


def _own_case(row: dict[str, Any] | None) -> dict[str, str] | None:
    if row is None:
        return None
    writing = f"{row['owner']} is writing your case; you add your own section and evidence."
    text = writing if row["state"] == State.DRAFT else STAGES.get(row["state"], REVIEWED)
    return {
        "text": text,
        "url": reverse("api-assessments:case", args=[row["pk"]]),
        "page_url": reverse("assessments:case", args=[row["pk"]]),
    }
