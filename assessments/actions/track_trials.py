"""How a trial begins, how it is going, and how it ends: what a move does to placements."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from assessments import track_move_states as states
from assessments.actions.moves import each, near, optional, required
from assessments.actions.track_moves import held_on, in_the_way, lock, step
from assessments.models import Checkpoint, TrackMove
from assessments.models.track_move import LONGEST
from assessments.track_move_states import State
from ladders.actions import placements
from ladders.models import Placement
from people.models import Person
from people.refusals import Conflict, Invalid

Kind = Placement.Kind
MOVED = "A change of job that was agreed, not a promotion."
UNSAID = "The person has not said yet that they want to stay."


def begin(move: TrackMove) -> TrackMove:
    """Place the person on trial, or in the new job where there is none; twice changes nothing."""
    with transaction.atomic():
        move = lock(move)
        if move.state != State.APPROVED:
            return move
        Person.objects.select_for_update(no_key=True).get(pk=move.person_id)  # no case opens now
        if refusal := waits_for(move, timezone.localdate()):
            raise Conflict(refusal)
        name = "make_direct" if move.direct else "begin"
        with step(name, move, None) as move:
            _place_at_start(move)
    return move


def waits_for(move: TrackMove, today: datetime.date) -> str:
    """Why an approved move does not begin today; nothing when it does."""
    if move.starts_on is None or move.starts_on > today:
        return "The day it begins has not come yet."
    if in_the_way(move.person):
        return "A promotion case is open; the move begins once the case has ended."
    if not _stands_as_planned(move, today):
        return "The person was placed anew since; talk the plan over again."
    return ""


def _stands_as_planned(move: TrackMove, today: datetime.date) -> bool:
    held = held_on(move.person, today)
    rung = move.from_level.key, move.from_level.version.ladder_id
    return (
        held is not None
        and move.starts_on is not None
        and (held.level.key, held.level.version.ladder_id) == rung
        and held.since <= move.starts_on
    )


def _place_at_start(move: TrackMove) -> None:
    day, kind = move.starts_on, Kind.TRACK_MOVE if move.direct else Kind.TRIAL
    if day is None:
        raise Conflict("The plan has no day on which it begins.")
    move.placement = placements.place(
        move.person,
        move.to_level,
        by=None,
        on=day,
        until=move.ends_on,
        kind=kind,
        reason=MOVED if move.direct else "",
    )


def check_in(move: TrackMove, *, by: Person, on: datetime.date, text: str) -> TrackMove:
    """Say at one checkpoint how it is going: the person and the receiving manager, each for
    themselves. Either may change their own words until the trial is over."""
    required(text=text)
    with step("check_in", move, by, on=str(on)) as move:
        row = Checkpoint.objects.select_for_update(no_key=True).filter(move=move, on=on).first()
        if row is None:
            raise Invalid({"on": ["Choose one of the checkpoints of this move."]})
        if by.pk == move.person_id:
            row.own_text = text
        else:
            row.manager_text = text
        row.save()
    return move


def extend(move: TrackMove, *, by: Person, ends_on: datetime.date, reason: str) -> TrackMove:
    """Give the trial more time, once; the way back moves with it."""
    required(reason=reason)
    near(ends_on=ends_on)
    with step("extend", move, by, reason=reason, ends_on=str(ends_on)) as move:
        start, end = _days(move)
        if not end < ends_on <= start + LONGEST:
            raise Invalid(
                {"ends_on": ["Choose a later day, at most 26 weeks after the trial began."]}
            )
        move.ends_on = ends_on
        move.placement = placements.place(
            move.person,
            move.to_level,
            by=None,
            on=start,
            until=ends_on,
            kind=Kind.TRIAL,
        )
    return move


def stay(move: TrackMove, *, by: Person) -> TrackMove:
    """The person's yes to staying in the new job."""
    with step("stay", move, by) as move:
        move.stays_at = move.stays_at or timezone.now()
    return move


def confirm(move: TrackMove, *, by: Person) -> TrackMove:
    """From today the person stands on the new level, once they have said that they want to."""
    with step("confirm", move, by) as move:
        if move.stays_at is None:
            raise Conflict(UNSAID)
        move.ended_on = timezone.localdate()
        move.placement = placements.place(
            move.person,
            move.to_level,
            by=None,
            on=move.ended_on,
            until=_after(move),
            kind=Kind.TRACK_MOVE,
            reason=MOVED,
        )
    return move


def end(move: TrackMove, *, by: Person, reason: str = "") -> TrackMove:
    """End the trial today: the person is back on the level they held all along."""
    optional(reason=reason)
    with step("end", move, by, reason=reason) as move:
        _, last = _days(move)
        move.ended_on = min(last, timezone.localdate())
        if move.ended_on == last:
            return move  # the way back began by itself
        home = held_on(move.person, move.ended_on)
        placements.place(
            move.person,
            home.level if home else move.from_level,
            by=None,
            on=move.ended_on,
            until=_after(move),
            kind=Kind.RETURN,
        )
    return move


def _days(move: TrackMove) -> tuple[datetime.date, datetime.date]:
    if move.starts_on is None or move.ends_on is None:
        raise Conflict("This move has no trial.")
    return move.starts_on, move.ends_on


def _after(move: TrackMove) -> datetime.date | None:
    """Until when holds what follows the trial: the way back that was written as it began."""
    back = Placement.objects.known_at().filter(
        person=move.person_id, kind=Kind.RETURN, valid__startswith=move.ends_on
    )
    row = back.first()
    return row.until if row else move.ends_on


def run_out(move: TrackMove) -> TrackMove:
    """The last day passed and nobody decided: the way back holds by itself."""
    with transaction.atomic():
        move = lock(move)
        if move.state not in states.ON_TRIAL:
            return move
        _, last = _days(move)
        if last > timezone.localdate():
            raise Conflict("The trial has not come to its end yet.")
        with step("run_out", move, None) as move:
            move.ended_on = last
    return move


def leave(move: TrackMove) -> TrackMove:
    """The person left; whatever was open is stopped."""
    with transaction.atomic():
        move = lock(move)
        if move.state in states.ENDED:
            return move
        if move.person.left_on is None or move.person.left_on > timezone.localdate():
            raise Conflict("The person has not left.")
        with step("leave", move, None) as move:
            move.ended_on = move.person.left_on
    return move


def keep_time(today: datetime.date) -> int:
    """What the clock does: stop who left, begin what is due, let run out what is over."""
    rows = TrackMove.objects.open().select_related("person")
    gone = rows.filter(person__left_on__lte=today)
    done = each(gone, leave)
    due = rows.filter(state=State.APPROVED, starts_on__lte=today).order_by("starts_on", "pk")
    ready = [move for move in due.for_display() if not waits_for(move, today)]
    done += each(ready, begin)
    over = rows.filter(state__in=states.ON_TRIAL, ends_on__lte=today)
    return done + each(over, run_out)
