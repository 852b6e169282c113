"""A task that somebody owes, as Home and the API show it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from assessments import wording
from assessments.duties import PLACES, Duty
from assessments.errands import Errand, page_of

UNSAID = frozenset({"rule_on_conflict"})
"""Tasks that give away what stays between the chair and HR."""


class Task(serializers.Serializer):
    """Something that needs you: what, by when, and where to do it."""

    task = serializers.CharField()
    text = serializers.CharField()
    button = serializers.CharField(help_text="What the one button says.")
    candidate = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    late = serializers.BooleanField()
    url = serializers.CharField()
    page_url = serializers.CharField()


class Waiting(serializers.Serializer):
    """Something you wait for, and on whom."""

    task = serializers.CharField()
    text = serializers.CharField(help_text="On whom, and for what.")
    candidate = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    late = serializers.BooleanField()
    url = serializers.CharField()
    page_url = serializers.CharField()


def needs_me(owed: Iterable[Duty], today: datetime.date) -> list[dict[str, Any]]:
    """The payload of the tasks of one person, in the order given."""
    rows = [
        {
            "task": duty.task,
            "text": wording.task(
                duty.task, duty.candidate_name, as_hr=duty.role == "hr", whose=duty.for_name
            ),
            "button": wording.BUTTONS[duty.task],
            **_about(duty, today),
            **links(duty),
        }
        for duty in owed
    ]
    return Task(rows, many=True).data


def errands_need_me(owed: Iterable[Errand], today: datetime.date) -> list[dict[str, Any]]:
    """The same for the tasks of moves between the tracks, pulses and delegations."""
    rows = [
        {
            "task": one.task,
            "text": wording.task(one.task, one.name, own=one.own, as_hr=one.as_hr),
            "button": wording.BUTTONS[one.task],
            "candidate": one.name,
            "due_on": one.due_on,
            "late": one.due_on is not None and one.due_on < today,
            **_place(one),
        }
        for one in owed
    ]
    return Task(rows, many=True).data


def waited_for(owed: Iterable[Duty], today: datetime.date) -> list[dict[str, Any]]:
    """The payload of what others owe; the panel and those asked stay unnamed, and are counted."""
    groups: dict[tuple[int, str], list[Duty]] = {}
    for duty in owed:
        if duty.task in UNSAID:
            continue
        groups.setdefault((duty.case_id, duty.task), []).append(duty)
    rows = [
        {"task": task, "text": _whom(group), **_about(group[0], today), **case_links(case)}
        for (case, task), group in groups.items()
    ]
    return Waiting(rows, many=True).data


def _whom(group: list[Duty]) -> str:
    duty = group[0]
    if duty.role == "hr":
        return f"HR {wording.WAITING_FOR[duty.task]}"
    who = {"vote": "panel member", "give_feedback": "colleague"}.get(duty.task)
    if who:
        count = f"{len(group)} {who}{'s' if len(group) > 1 else ''}"
        return f"{count} {wording.WAITING_FOR[duty.task]}"
    if duty.task in wording.OF_THE_PANEL:
        return f"The panel’s chair {wording.WAITING_FOR[duty.task]}"
    return f"{duty.person_name} {wording.WAITING_FOR[duty.task]}"


def _about(duty: Duty, today: datetime.date) -> dict[str, Any]:
    return {
        "candidate": duty.candidate_name,
        "due_on": duty.due_on,
        "late": duty.due_on is not None and duty.due_on < today,
    }


def links(duty: Duty) -> dict[str, str]:
    """Where its doer does it: mostly on the case, but not where its doer does not see that."""
    if place := PLACES.get(duty.task):
        return {
            "url": reverse(f"api-assessments:{place}", args=[duty.case_id]),
            "page_url": reverse(f"assessments:{place}", args=[duty.case_id]),
        }
    if duty.feedback_id is None:
        return case_links(duty.case_id)
    return {
        "url": reverse("api-assessments:feedback", args=[duty.feedback_id]),
        "page_url": reverse("assessments:feedback", args=[duty.feedback_id]),
    }


def _place(errand: Errand) -> dict[str, str]:
    kind, pk = errand.about
    name, ids = page_of(kind, pk)
    return {
        "url": reverse(f"api-assessments:{kind}", args=[pk]),
        "page_url": reverse(f"assessments:{name}", args=ids),
    }


def case_links(case: int) -> dict[str, str]:
    """Where a case is."""
    return {
        "url": reverse("api-assessments:case", args=[case]),
        "page_url": reverse("assessments:case", args=[case]),
    }
