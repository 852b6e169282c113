"""What moves between the tracks ask of a person, for Home. What is private asks for nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from assessments import track_move_states as states
from assessments.models import Checkpoint, TrackMove
from assessments.models.track_move import HOME
from assessments.track_move_states import State
from people.models import Person, Role

AHEAD = datetime.timedelta(days=14)
SOON = datetime.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class MoveDuty:
    """One task on one move, and by when."""

    task: str
    text: str
    button: str
    move_id: int
    name: str
    due_on: datetime.date | None


def owed_by(person: Person, today: datetime.date) -> list[MoveDuty]:
    """What the moves one is part of, and for HR all that are due, ask of `person`. One query."""
    mine = Q(person=person) | Q(receiving_manager=person)
    shown = mine & (Q(state=State.PROPOSED) | Q(state__in=states.ON_TRIAL))
    if person.has_role(Role.HR):
        shown |= Q(state=State.PROPOSED) | Q(state=State.APPROVED, starts_on__lt=today)
        shown |= Q(state__in=states.ON_TRIAL, ends_on__lte=today + AHEAD)
        shown |= Q(
            state=State.CONFIRMED,
            ended_on__lte=today + AHEAD - HOME,
            ended_on__gte=today - HOME,
            direct=False,
        )
    due = Checkpoint.objects.filter(move=OuterRef("pk"), on__lte=today + SOON).order_by("on")
    rows = TrackMove.objects.filter(shown, proposed_at__isnull=False).annotate(
        _own=ArraySubquery(due.filter(own_text="").values("on")),
        _theirs=ArraySubquery(due.filter(manager_text="").values("on")),
    )
    rows = rows.select_related("person").order_by("pk")
    return [duty for move in rows for duty in _of(move, person, today)]


def _of(move: TrackMove, person: Person, today: datetime.date) -> Iterator[MoveDuty]:
    own = move.person_id == person.pk
    receives = move.receiving_manager_id == person.pk
    hr = person.has_role(Role.HR) and not own
    name = move.person.name
    whose = "your" if own else f"{name}’s"

    def duty(task: str, text: str, button: str, due: datetime.date | None) -> MoveDuty:
        return MoveDuty(task, text.format(name=name, whose=whose), button, move.pk, name, due)

    if move.state == State.PROPOSED:
        yield from _proposed(move, duty, own=own, receives=receives, hr=hr)
    elif move.state in states.ON_TRIAL:
        yield from _on_trial(move, duty, own=own, receives=receives, today=today)
    elif hr and move.state == State.APPROVED:
        yield duty("look", "See why {name}’s move has not begun", "Look at it", move.starts_on)
    elif hr:
        words = "Say what becomes of {name}’s seat at home"
        yield duty("home_seat", words, "Look at it", move.home_until)


def _proposed(
    move: TrackMove, duty: Callable[..., MoveDuty], *, own: bool, receives: bool, hr: bool
) -> Iterator[MoveDuty]:
    read, first = "Read the plan", move.starts_on
    if own and move.agreed_at is None:
        yield duty("agree", "Agree to the plan of your move", read, first)
    elif receives and move.received_at is None:
        yield duty("receive", "Welcome {name}’s move", read, first)
    elif hr and move.agreed_at and move.received_at:
        yield duty("approve", "Approve {name}’s move", read, first)


def _on_trial(
    move: Any, duty: Callable[..., MoveDuty], *, own: bool, receives: bool, today: datetime.date
) -> Iterator[MoveDuty]:
    waiting = move._own if own else move._theirs if receives else []
    if waiting:
        yield duty("check_in", "Write how {whose} trial is going", "Write it", waiting[0])
    if move.ends_on <= today + AHEAD and not (move.stays_at and (own or receives)):
        task = "Confirm {whose} move" if move.stays_at else "Decide how {whose} trial ends"
        yield duty("decide_trial", task, "Look at it", move.ends_on)
