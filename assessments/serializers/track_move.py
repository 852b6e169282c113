"""A move between the tracks as both doors show it, to whoever may see it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from assessments import track_move_policies as policies
from assessments import track_move_states as states
from assessments.actions import pulses, track_moves, track_trials
from assessments.models import Checkpoint, TrackMove
from assessments.serializers import links, pulse
from assessments.serializers.levels import level_of
from assessments.serializers.track_move_words import WORDS, audience
from assessments.track_move_policies import HR, MENTOR, ONESELF, RECEIVING
from assessments.track_move_states import State
from people.models import Event, Person
from people.refusals import Denied, Verdict

NOUNS = {
    "edit": "note",
    "share": "sharing",
    "propose": "proposal",
    "agree": "agreement",
    "receive": "welcome",
    "approve": "approval",
    "send_back": "return",
    "check_in": "checkpoints",
    "ask_pulse": "pulse",
    "stay": "staying",
    "confirm": "confirmation",
    "extend": "extension",
    "end": "ending",
    "stop": "stopping",
}
"""Step → the noun that both doors have for it; the note is saved by PATCH of the move itself."""
WAITED_FOR = frozenset({"receive", "approve", "confirm"})
"""Shown to everybody who sees that it is their moment, with whose they are."""
READS_CHECKPOINTS = frozenset({ONESELF, RECEIVING, MENTOR, HR})
READS_PULSES = frozenset({ONESELF, RECEIVING, HR})


class Row(serializers.Serializer):
    """A move as lists show it."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    page_url = serializers.CharField()
    person = serializers.DictField()
    from_level = serializers.DictField()
    to_level = serializers.DictField()
    state = serializers.DictField()
    private = serializers.BooleanField(help_text="Nobody but you can see it.")
    direct = serializers.BooleanField(help_text="Without a trial.")
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True, help_text="The first day after the trial.")
    ended_on = serializers.DateField(allow_null=True)


class Move(Row):
    """All that the reader sees of a move."""

    note = serializers.CharField()
    receiving_manager = serializers.DictField(allow_null=True)
    mentor = serializers.DictField(allow_null=True)
    home_until = serializers.DateField(allow_null=True, help_text="The seat at home is kept.")
    agreed = serializers.BooleanField()
    received = serializers.BooleanField()
    stays = serializers.BooleanField()
    waits = serializers.CharField(help_text="Why an approved move does not begin today.")
    relations = serializers.ListField(child=serializers.CharField())
    checkpoints = serializers.ListField(child=serializers.DictField())
    pulses = serializers.ListField(
        child=serializers.DictField(), allow_null=True, help_text="Null where you read none."
    )
    history = serializers.ListField(child=serializers.DictField())
    audience = serializers.ListField(child=serializers.DictField())
    actions = serializers.ListField(child=serializers.DictField())


def rows(moves: Iterable[TrackMove]) -> list[dict[str, Any]]:
    """Moves from `for_display()` as lists show them."""
    return Row([_row(move) for move in moves], many=True).data


def present(move: TrackMove, reader: Person) -> dict[str, Any]:
    """One move from `for_display()` for `reader`, who may see it."""
    today = timezone.localdate()
    relations = policies.relations(reader, move)
    return Move(
        {
            **_row(move),
            "note": move.note,
            "receiving_manager": links.person(move.receiving_manager),
            "mentor": links.person(move.mentor),
            "home_until": move.home_until,
            "agreed": move.agreed_at is not None,
            "received": move.received_at is not None,
            "stays": move.stays_at is not None,
            "waits": _waits(move, today),
            "relations": sorted(relations),
            "checkpoints": _checkpoints(move, relations, today),
            "pulses": pulse.results(move, today) if relations & READS_PULSES else None,
            "history": _history(move),
            "audience": audience(move, mine=ONESELF in relations),
            "actions": _actions(move, reader),
        }
    ).data


def _row(move: TrackMove) -> dict[str, Any]:
    return {
        "id": move.pk,
        "url": links.api("move", move.pk),
        "page_url": links.page("move", move.pk),
        "person": links.person(move.person),
        "from_level": level_of(move.from_level),
        "to_level": level_of(move.to_level),
        "state": {"value": move.state, "label": State(move.state).label},
        "private": move.shared_at is None,
        "direct": move.direct,
        "starts_on": move.starts_on,
        "ends_on": move.ends_on,
        "ended_on": move.ended_on,
    }


def _waits(move: TrackMove, today: datetime.date) -> str:
    if move.state != State.APPROVED or move.starts_on is None or move.starts_on > today:
        return ""
    return track_trials.waits_for(move, today)


def _checkpoints(
    move: TrackMove, relations: frozenset[str], today: datetime.date
) -> list[dict[str, Any]]:
    """Dates for all who see the move, words for those who go through it together."""
    reads = bool(relations & READS_CHECKPOINTS)
    return [
        {
            "on": row.on,
            "state": _state(row, move, today),
            "own_text": row.own_text if reads else None,
            "manager_text": row.manager_text if reads else None,
        }
        for row in move.checkpoints.all()
    ]


def _state(row: Checkpoint, move: TrackMove, today: datetime.date) -> str:
    if row.own_text and row.manager_text:
        return "done"
    if move.state not in states.OPEN:
        return "passed" if row.on < today else "not_needed"
    if row.on >= today:
        return "to_come"
    return "overdue" if move.state in states.ON_TRIAL else "passed"


def _history(move: TrackMove) -> list[dict[str, Any]]:
    """What was done since it was shared, newest first. One query."""
    events = Event.objects.about(move).select_related("actor")
    return [
        {
            "at": event.at,
            "what": WORDS[event.verb.removeprefix("track_move.")],
            "who": event.actor.name if event.actor else "",
            "why": event.data.get("reason", ""),
        }
        for event in events
    ]


def _actions(move: TrackMove, reader: Person) -> list[dict[str, Any]]:
    """What the state allows: the reader's to do, or who does it instead."""
    return [
        {
            "name": name,
            "label": states.MOVES[name].label,
            "method": "PATCH" if name == "edit" else "POST",
            "url": links.api("move" if name == "edit" else f"move-{noun}", move.pk),
            "page_url": f"{links.page('move', move.pk)}{noun}/",
            "allowed": bool(verdict),
            "reason": verdict.reason if isinstance(verdict, Denied) else "",
        }
        for name, noun in NOUNS.items()
        if move.state in states.MOVES[name].sources
        if (verdict := _verdict(name, move, reader)) is not None
    ]


def _verdict(name: str, move: TrackMove, reader: Person) -> Verdict | None:
    """Yes, no with the reason, or None where the step is no business of the reader's."""
    done = {"agree": move.agreed_at, "receive": move.received_at, "stay": move.stays_at}
    if done.get(name):
        return None
    verdict = policies.may(name, reader, move)
    if not verdict:
        early = name == "confirm" and move.stays_at is None
        return verdict if name in WAITED_FOR and not early else None
    if name == "approve" and (missing := track_moves.missing(move)):
        return Denied(missing)
    if name == "ask_pulse" and (early := pulses.too_early(move)):
        return Denied(early)
    if name == "confirm" and move.stays_at is None:
        return Denied(track_trials.UNSAID)
    return True
