"""Delegations as both doors show them, and what an offer holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from assessments.serializers import links
from people import policies, states
from people.models import Delegation, Person, Team
from people.serializers.strict import Input

LABELS = {"accept": "Accept", "decline": "Decline", "end": "End it"}
NOUNS = {"accept": "acceptance", "decline": "refusal", "end": "end"}
VERDICTS = {
    "accept": policies.answer_delegation,
    "decline": policies.answer_delegation,
    "end": policies.end_delegation,
}


class Shape(serializers.Serializer):
    """One delegation; `present` makes it."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    delegator = serializers.DictField()
    delegate = serializers.DictField()
    kinds = serializers.ListField(child=serializers.DictField())
    first_on = serializers.DateField()
    last_on = serializers.DateField(help_text="Included.")
    team = serializers.DictField(allow_null=True, help_text="Null: wherever they stand so.")
    reason = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    in_force = serializers.BooleanField(help_text="Today.")
    offered_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_by = serializers.DictField(allow_null=True)
    given_by_you = serializers.BooleanField()
    actions = serializers.ListField(child=serializers.DictField())


class Offer(Input):
    """Whom you ask to do which of your tasks, and when."""

    delegate = serializers.PrimaryKeyRelatedField(queryset=Person.objects.all())
    delegator = serializers.PrimaryKeyRelatedField(
        queryset=Person.objects.all(), required=False, help_text="Yourself, unless you are HR."
    )
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=Delegation.Kind.choices))
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    team = serializers.SlugRelatedField(
        slug_field="key", queryset=Team.objects.all(), required=False, allow_null=True
    )
    reason = serializers.CharField(required=False, allow_blank=True, max_length=300)


def present(
    rows: Iterable[Delegation], reader: Person, today: datetime.date
) -> list[dict[str, Any]]:
    """Rows of `for_display()`, with what the reader may do with each."""
    return [_one(row, reader, today) for row in rows]


def _one(row: Delegation, reader: Person, today: datetime.date) -> dict[str, Any]:
    kinds = dict(Delegation.Kind.choices)
    running = row.state == Delegation.State.ACCEPTED and row.first_on <= today <= row.last_on
    over = row.state in states.STANDING and row.last_on < today
    return {
        "id": row.pk,
        "url": reverse("api-assessments:delegation", args=[row.pk]),
        "delegator": links.person(row.delegator),
        "delegate": links.person(row.delegate),
        "kinds": [{"name": kind, "label": kinds[kind]} for kind in row.kinds],
        "first_on": row.first_on,
        "last_on": row.last_on,
        "team": {"key": row.team.key, "name": row.team.name} if row.team else None,
        "reason": row.reason,
        "state": row.state,
        "state_label": "Over" if over else "In force" if running else row.get_state_display(),
        "in_force": running,
        "offered_at": row.offered_at,
        "answered_at": row.answered_at,
        "ended_at": row.ended_at,
        "ended_by": links.person(row.ended_by),
        "given_by_you": row.delegator_id == reader.pk,
        "actions": [] if over else list(_actions(row, reader)),
    }


def _actions(row: Delegation, reader: Person) -> Iterable[dict[str, Any]]:
    for name, (sources, _) in states.DELEGATION_MOVES.items():
        if row.state in sources and VERDICTS[name](reader, row):
            yield {
                "name": name,
                "label": LABELS[name],
                "url": reverse(f"api-assessments:delegation-{NOUNS[name]}", args=[row.pk]),
                "page_url": reverse("assessments:delegation-move", args=[row.pk, NOUNS[name]]),
                "allowed": True,
                "reason": "",
            }
