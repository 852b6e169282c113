"""How a move of Carl comes to each stage: always by running the actions."""

from __future__ import annotations

import copy
import datetime

from django.db import connection
from django.utils import timezone

from assessments import duties, errands, reminders, steps
from assessments.actions import pulses, track_moves, track_trials
from assessments.models import Pulse, Reminder, TrackMove
from people.actions import lines
from people.models import Person
from tests.cast import Cast

DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(weeks=1)


def today() -> datetime.date:
    return timezone.localdate()


def of(cast: Cast, person: Person) -> Cast:
    """The same story, told of somebody else."""
    other = copy.copy(cast)
    other.carl = person
    return other


def exploring(cast: Cast, **options) -> TrackMove:
    """Carl thinks about leading a team; nobody knows."""
    to = options.pop("to_level", cast.levels["engineering-manager"])
    return fresh(track_moves.explore(by=cast.carl, to_level=to, note="quokka-note", **options))


def discussed(cast: Cast) -> TrackMove:
    """He has shown it to Maya."""
    return fresh(track_moves.share(exploring(cast), by=cast.carl))


def proposed(cast: Cast, *, by=None, **plan) -> TrackMove:
    """They have a plan: Sam receives him, Petra is his mentor."""
    plan = {
        "receiving_manager": cast.sam,
        "mentor": cast.petra,
        "starts_on": today(),
        **plan,
    }
    return fresh(track_moves.propose(discussed(cast), by=by or cast.carl, **plan))


def approved(cast: Cast, **plan) -> TrackMove:
    """Sam and HR have said yes."""
    move = proposed(cast, **plan)
    if move.received_at is None:
        track_moves.receive(move, by=cast.sam)
    return fresh(track_moves.approve(move, by=cast.hana))


def in_trial(cast: Cast, **plan) -> TrackMove:
    """The clock has begun it."""
    return fresh(track_trials.begin(approved(cast, **plan)))


def extended(cast: Cast) -> TrackMove:
    """It has more time."""
    move = in_trial(cast)
    later = move.ends_on + 4 * WEEK
    return fresh(track_trials.extend(move, by=cast.sam, ends_on=later, reason="A big launch."))


def confirmed(cast: Cast) -> TrackMove:
    """Carl wants to stay, and HR confirms."""
    move = in_trial(cast, starts_on=today() - 8 * WEEK)
    track_trials.stay(move, by=cast.carl)
    return fresh(track_trials.confirm(move, by=cast.hana))


def returned(cast: Cast) -> TrackMove:
    """Carl goes back."""
    move = in_trial(cast, starts_on=today() - 8 * WEEK)
    return fresh(track_trials.end(move, by=cast.carl, reason="quokka-why-back"))


def stopped(cast: Cast) -> TrackMove:
    """It ended before it began."""
    return fresh(track_moves.stop(proposed(cast), by=cast.maya, reason="Not this year."))


def fresh(move: TrackMove) -> TrackMove:
    """The move as it stands now, loaded the way policies and pages need it."""
    return TrackMove.objects.for_display().get(pk=move.pk)


def led(cast: Cast) -> None:
    """Ulla, Ulf and Ute report to Carl from today."""
    for person in (cast.ulla, cast.ulf, cast.ute):
        lines.change(person, by=None, on=today(), manager=cast.carl, team=cast.teams["search"])


def asked(cast: Cast) -> Pulse:
    """Carl is on trial, and has asked those three for a pulse."""
    move = in_trial(cast)
    led(cast)
    pulses.ask(move, by=cast.carl)
    return move.pulses.get()


def told(*columns: str) -> list[tuple]:
    """What everybody is to hear at any step, whatever the day."""
    sql = steps.told(duties.EVERYWHERE, errands.EVERYWHERE)
    with connection.cursor() as cursor:
        words = f"SELECT {', '.join(columns)} FROM ({sql}) t ORDER BY t.step, t.person_id"
        cursor.execute(words, steps.parameters(timezone.now()))
        return cursor.fetchall()


def reminded() -> set[tuple[str, str]]:
    """Send all of that now: who was sent something, and the task."""
    now, zone = timezone.now(), f"Etc/GMT{timezone.now().hour - 12:+d}"  # noon where they are
    columns = ("person_id", *steps.ABOUT.split(", "), "phase_id", "task", "step", "role", "due_on")
    when = {"send_on": now.date(), "send_at": now - DAY, "time_zone": zone}
    rows = [dict(zip(columns, row, strict=True)) for row in told(*columns)]
    Reminder.objects.bulk_create(Reminder(**row, **when) for row in rows)
    reminders.send_due(now)
    sent = Reminder.objects.filter(state=Reminder.State.SENT)
    return set(sent.values_list("person__name", "task"))


STAGES = {
    "exploring": exploring,
    "discussed": discussed,
    "proposed": proposed,
    "approved": approved,
    "in_trial": in_trial,
    "extended": extended,
    "confirmed": confirmed,
    "returned": returned,
    "stopped": stopped,
}
