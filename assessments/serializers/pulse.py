"""A pulse as both doors show it: to who is asked, and, once closed, as counts by question."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from assessments import pulses
from assessments.models import Pulse, PulseAnswer, TrackMove
from assessments.serializers import links
from assessments.serializers.levels import level_of
from people.serializers.strict import Input

READERS = (
    "The person on trial, the receiving manager and HR see counts by question, once it is closed.",
    "They see them only when three or more have answered.",
    "Nobody sees who answered, or what you answered, and never the administrators of this system.",
)


class Asked(serializers.Serializer):
    """What one is asked, and one's own answers."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    page_url = serializers.CharField()
    person = serializers.DictField()
    level = serializers.DictField()
    closes_on = serializers.DateField(help_text="The first day on which nobody can answer.")
    open = serializers.BooleanField()
    answered = serializers.BooleanField(help_text="By you.")
    questions = serializers.ListField(child=serializers.DictField())
    scale = serializers.ListField(child=serializers.DictField())
    readers = serializers.ListField(child=serializers.CharField())


class Answers(Input):
    """One value of the scale for each question."""

    direction = serializers.ChoiceField(choices=list(pulses.SCALE.items()))
    support = serializers.ChoiceField(choices=list(pulses.SCALE.items()))
    fairness = serializers.ChoiceField(choices=list(pulses.SCALE.items()))


def asked(row: PulseAnswer) -> dict[str, Any]:
    """One row from `for_display()` for the person who was asked."""
    pulse, move = row.pulse, row.pulse.move
    return Asked(
        {
            "id": pulse.pk,
            "url": links.api("pulse", pulse.pk),
            "page_url": links.page("pulse", pulse.pk),
            "person": links.person(move.person),
            "level": level_of(move.to_level),
            "closes_on": pulse.closes_on,
            "open": pulse.closes_on > timezone.localdate(),
            "answered": row.answered_at is not None,
            "questions": [
                {
                    "name": name,
                    "text": text,
                    "answer": (value := getattr(row, name)) or None,
                    "answer_label": pulses.SCALE.get(value, ""),
                }
                for name, text in pulses.QUESTIONS.items()
            ],
            "scale": [{"value": value, "label": label} for value, label in pulses.SCALE.items()],
            "readers": READERS,
        }
    ).data


def own(rows: Iterable[PulseAnswer]) -> list[dict[str, Any]]:
    """What somebody answered, for the file of what is kept about them."""
    return [
        {
            "about": row.pulse.move.person.name,
            "answered_at": row.answered_at,
            **{name: getattr(row, name) for name in pulses.QUESTIONS},
        }
        for row in rows
    ]


def results(move: TrackMove, today: datetime.date) -> list[dict[str, Any]]:
    """The pulses of a trial, newest first, for those who read them. One query.

    Nothing is counted while a pulse is open, so that no change of a number gives anybody away.
    """
    return [_result(pulse, today) for pulse in move.pulses.counted().order_by("-pk")]


def _result(pulse: Pulse, today: datetime.date) -> dict[str, Any]:
    closed = pulse.closes_on <= today
    found = vars(pulse)
    counts = pulses.counts(found, found["answered"]) if closed else None
    return {
        "asked_on": pulse.days.lower,
        "closes_on": pulse.closes_on,
        "open": not closed,
        "answered": found["answered"] if counts else None,
        "questions": counts,
        "note": pulses.TOO_FEW if closed and not counts else "",
    }
