"""News of a move between the tracks: who is told of which step, once they may see the move."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from assessments import track_move_policies as policies
from assessments.models import Notification, TrackMove
from assessments.track_move_policies import HR, MANAGER, MENTOR, ONESELF, RECEIVING
from people.models import Event, Person, Role

_ENDED = "{name}’s trial has ended, as agreed."
_STOPPED = "{name}’s move is stopped."
NEWS: dict[str, dict[str, str]] = {
    "share": {MANAGER: "{name} shared a move between the tracks with you."},
    "propose": {
        ONESELF: "There is a plan for your move; read it and say whether you agree.",
        RECEIVING: "{name}’s move waits for your yes.",
        MANAGER: "There is a plan for {name}’s move.",
    },
    "agree": {HR: "{name} agreed to the plan of a move."},
    "receive": {ONESELF: "Your move is welcome.", HR: "{name}’s move is welcome."},
    "approve": {
        ONESELF: "Your move is approved.",
        RECEIVING: "{name}’s move to you is approved.",
        MANAGER: "{name}’s move is approved.",
        MENTOR: "{name} is about to try another job, and you are the mentor.",
    },
    "send_back": {
        ONESELF: "Your move is to be talked over again, with a reason.",
        MANAGER: "{name}’s move is to be talked over again, with a reason.",
    },
    "begin": {ONESELF: "Your trial has begun.", RECEIVING: "{name}’s trial has begun."},
    "make_direct": {ONESELF: "Your job has changed.", RECEIVING: "{name}’s job has changed."},
    "stay": {RECEIVING: "{name} wants to stay.", HR: "{name} wants to stay after the trial."},
    "extend": {ONESELF: "Your trial is extended.", MENTOR: "{name}’s trial is extended."},
    "confirm": {ONESELF: "Your move is confirmed.", RECEIVING: "{name}’s move is confirmed."},
    "end": dict.fromkeys((MANAGER, RECEIVING, HR), _ENDED)
    | {ONESELF: "Your trial has ended; you are back on the level you held all along."},
    "run_out": dict.fromkeys((MANAGER, RECEIVING, HR), _ENDED)
    | {ONESELF: "Your trial came to its end; you are back on the level you held all along."},
    "stop": dict.fromkeys((MANAGER, RECEIVING), _STOPPED) | {ONESELF: "Your move is stopped."},
}
"""Step → relation → what is told. Who took the step is not told of it."""


def _tell(event: Event) -> None:
    move = TrackMove.objects.for_display().get(pk=event.subject_id)
    words = NEWS[event.verb.removeprefix("track_move.")]
    Notification.objects.bulk_create(
        (
            Notification(
                person=person,
                event=event,
                text=text.format(name=move.person.name),
                path=reverse("assessments:move", args=[move.pk]),
                created_at=event.at,
            )
            for person in _around(move, hr=HR in words)
            if person.pk != event.actor_id and (text := _words(person, move, words))
        ),
        ignore_conflicts=True,
    )


def _words(person: Person, move: TrackMove, words: dict[str, str]) -> str:
    """What this person is told; nothing when the move is out of their sight by now."""
    standing = policies.relations(person, move)
    text = next((text for relation, text in words.items() if relation in standing), "")
    seen = text and TrackMove.objects.visible_to(person).filter(pk=move.pk).exists()
    return text if seen else ""


def _around(move: TrackMove, *, hr: bool) -> list[Person]:
    near = [move.person_id, move.mentor_id]
    near += [getattr(move, name, None) for name in ("_receives_id", "_manager_id")]
    people = Person.objects.for_session().employed().filter(is_active=True)
    found = list(people.filter(pk__in=[pk for pk in near if pk]))
    known = [person.pk for person in found]
    return found + (list(people.holding(Role.HR).exclude(pk__in=known)) if hr else [])


VERBS: dict[str, Callable[[Event], None]] = {f"track_move.{name}": _tell for name in NEWS}
