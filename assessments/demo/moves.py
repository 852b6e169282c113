"""Moves between the tracks of the demo: one on trial, one who came back, one to weigh."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager

from django.utils import timezone

from assessments.actions import facts, pulses, track_moves, track_trials
from assessments.models import PulseAnswer, TrackMove
from assessments.pulses import QUESTIONS
from people.actions import lines
from people.models import Person

People = dict[str, Person]
At = Callable[[float], AbstractContextManager]
NOTE = "I like it most when somebody else grows. I would like to find out whether I am good at it."


def tell(people: People, at: At) -> None:
    """Run the actions on the days on which they would have happened."""
    _try("bea", people, at, began=210, receiving="sam", mentor="igor")
    with at(126):
        move = TrackMove.objects.open().get(person=people["bea"])
        track_trials.end(move, by=people["bea"], reason="I learned a lot, and I miss building.")
    _try("stella", people, at, began=40, receiving="paul", mentor="clara")
    with at(12):
        move = TrackMove.objects.open().for_display().get(person=people["stella"])
        day = move.checkpoints.all()[0].on
        words = "The talks are what I like best. Saying no to work is what I have yet to learn."
        track_trials.check_in(move, by=people["stella"], on=day, text=words)
    _ask_for_a_pulse(people, at)
    with at(2):
        track_moves.explore(by=people["carl"], to_level=_manager(people["carl"]), note=NOTE)


def _try(who: str, people: People, at: At, *, began: int, receiving: str, mentor: str) -> None:
    person = people[who]
    with at(began + 30):
        move = track_moves.explore(by=person, to_level=_manager(person), note=NOTE)
        track_moves.share(move, by=person)
    with at(began + 14):
        track_moves.propose(
            move,
            by=person,
            receiving_manager=people[receiving],
            mentor=people[mentor],
            starts_on=timezone.localdate() + datetime.timedelta(days=14),
        )
        track_moves.receive(move, by=people[receiving])
        track_moves.approve(move, by=people["hana"])
    with at(began):
        track_trials.begin(move)


def _ask_for_a_pulse(people: People, at: At) -> None:
    """Three people report to Stella while she tries it; one of them has answered."""
    with at(39):
        for who in ("kofi", "ben", "ravi"):
            lines.change(people[who], by=None, on=timezone.localdate(), manager=people["stella"])
    with at(3):
        move = TrackMove.objects.open().get(person=people["stella"])
        pulses.ask(move, by=people["paul"])
        answer = PulseAnswer.objects.get(person=people["ben"])
        pulses.answer(answer, by=people["ben"], answers=dict.fromkeys(QUESTIONS, "meets"))


def _manager(person: Person):
    """The manager level that a change of job leads to."""
    here = facts.standing(person)
    ends = track_moves.crossings(here.level) if here else []
    return next(level for level, _ in ends if level.track.kind == "manager")
