"""How a move between the tracks is weighed, shared, planned and approved."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments import states as case_states
from assessments import track_move_policies as policies
from assessments import track_move_states as states
from assessments.actions.moves import near, optional, required
from assessments.models import Checkpoint, PromotionCase, TrackMove
from assessments.models.track_move import LONGEST, USUAL
from ladders import standing, ways
from ladders.models import Level, LevelLink, Placement
from ladders.states import VersionState
from people import audit
from people.models import Person
from people.refusals import Conflict, Invalid, enforce

ONE_OPEN = "You have an open move already; it ends or is stopped before another begins."
NO_LINK = "No link of the ladder leads from the level held to this one as a change of job."
FEWEST = 2  # checkpoints


@contextmanager
def step(name: str, move: TrackMove, by: Person | None, **data: Any) -> Iterator[TrackMove]:
    """Lock, authorise, change, record. What is private to the person leaves no trace anywhere."""
    with transaction.atomic():
        locked = lock(move)
        enforce(policies.may(name, by, locked))
        states.check(locked.state, name)
        yield locked
        locked.active_at = timezone.now()
        locked.state = states.MOVES[name].target or locked.state
        if locked.state in states.ENDED and locked.ended_on is None:
            locked.ended_on = timezone.localdate()
        locked.save()
        if locked.shared_at is not None:
            audit.record(f"track_move.{name}", locked, by=by, **data)


def lock(move: TrackMove) -> TrackMove:
    """The move as it stands now, held until the transaction ends."""
    rows = TrackMove.objects.select_for_update(no_key=True, of=("self",))
    return rows.for_display().get(pk=move.pk)


def explore(*, by: Person, to_level: Level, note: str = "") -> TrackMove:
    """Begin to think about a move. Nobody else can know of it, so nothing is recorded."""
    optional(note=note)
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
        target = Level.objects.for_display().get(pk=to_level.pk)
        if TrackMove.objects.open().filter(person=person).exists():
            raise Conflict(ONE_OPEN)
        held = held_on(person, timezone.localdate())
        how = dict(crossings(held.level)).get(target) if held else None
        if held is None or how is None:
            raise Invalid({"to_level": [NO_LINK]})
        return TrackMove.objects.create(
            person=person, from_level=held.level, to_level=target, how=how, note=note
        )


def edit(move: TrackMove, *, by: Person, note: str) -> TrackMove:
    """Change one's own note while nobody else can see it."""
    optional(note=note)
    with step("edit", move, by) as move:
        move.note = note
    return move


def share(move: TrackMove, *, by: Person) -> TrackMove:
    """Show it to one's manager, with the note."""
    with step("share", move, by) as move:
        move.shared_at = timezone.now()
    return move


def propose(
    move: TrackMove,
    *,
    by: Person,
    receiving_manager: Person,
    starts_on: datetime.date,
    mentor: Person | None = None,
    ends_on: datetime.date | None = None,
    checkpoints: Sequence[datetime.date] = (),
    direct: bool = False,
) -> TrackMove:
    """Write the plan. Without an end it is 13 weeks, without dates two checkpoints within it."""
    near(starts_on=starts_on, **({"ends_on": ends_on} if ends_on else {}))
    end = None if direct else ends_on or starts_on + USUAL
    dates = [] if end is None else sorted(set(checkpoints)) or _thirds(starts_on, end)
    with step("propose", move, by, starts_on=str(starts_on), ends_on=str(end or "")) as move:
        _guard_plan(move, receiving_manager, mentor, starts_on, end, dates)
        _guard_case(move.person, states_in_the_way=case_states.OPEN - {case_states.State.DRAFT})
        now = timezone.now()
        move.receiving_manager, move.starts_on, move.ends_on = receiving_manager, starts_on, end
        move.mentor, move.direct = (None if direct else mentor), direct
        move.proposed_at = move.proposed_at or now
        move.agreed_at = now if by.pk == move.person_id else None
        move.received_at = now if by.pk == receiving_manager.pk else None
        Checkpoint.objects.filter(move=move).delete()
        Checkpoint.objects.bulk_create(Checkpoint(move=move, on=day) for day in dates)
    return move


def agree(move: TrackMove, *, by: Person) -> TrackMove:
    """The person's yes to a plan that their manager wrote."""
    with step("agree", move, by) as move:
        move.agreed_at = move.agreed_at or timezone.now()
    return move


def receive(move: TrackMove, *, by: Person) -> TrackMove:
    """The receiving manager's yes."""
    with step("receive", move, by) as move:
        move.received_at = move.received_at or timezone.now()
    return move


def approve(move: TrackMove, *, by: Person) -> TrackMove:
    """HR's yes, once the person and the receiving manager have given theirs."""
    with step("approve", move, by) as move:
        if refusal := missing(move):
            raise Conflict(refusal)
        _guard_case(move.person, states_in_the_way=case_states.OPEN - {case_states.State.DRAFT})
    return move


def send_back(move: TrackMove, *, by: Person, reason: str) -> TrackMove:
    """Talk it over again: the plan is open, and both yeses with it."""
    required(reason=reason)
    with step("send_back", move, by, reason=reason) as move:
        move.agreed_at = move.received_at = None
    return move


def stop(move: TrackMove, *, by: Person, reason: str = "") -> TrackMove:
    """End a move that has not begun. It counts nowhere."""
    optional(reason=reason)
    with step("stop", move, by, reason=reason) as move:
        pass
    return move


def missing(move: TrackMove) -> str:
    """Which yes HR still waits for; nothing when both are there."""
    if move.agreed_at is None:
        return "The person has not agreed to the plan yet."
    if move.received_at is None:
        return "The receiving manager has not welcomed the move yet."
    return ""


def in_the_way(person: Person, among: Iterable[str] = case_states.OPEN) -> bool:
    """True while the person has a promotion case open."""
    return PromotionCase.objects.filter(candidate=person, state__in=list(among)).exists()


def held_on(person: Person, day: datetime.date) -> Placement | None:
    """The placement whose level somebody holds on `day`."""
    rows = Placement.objects.known_at().for_display().filter(person=person).order_by("valid")
    placements = list(rows)
    stood = standing.on([row.stand for row in placements], day)
    return placements[stood.held] if stood else None


def crossings(level: Level) -> list[tuple[Level, str]]:
    """Levels of the published version that a change of job leads to from `level`, and how."""
    published = Level.objects.for_display().filter(
        version__ladder=level.version.ladder_id, version__state=VersionState.PUBLISHED
    )
    levels = {row.key: row for row in published}
    if level.key not in levels:
        return []
    links = LevelLink.objects.filter(from_level__in=levels.values()).order_by("position")
    ends = links.values_list("from_level__key", "type", "to_level__key")
    return crossings_among(levels[level.key], list(levels.values()), list(ends))


def crossings_among(
    level: Level, levels: Sequence[Level], links: Sequence[ways.Link]
) -> list[tuple[Level, str]]:
    """The same from rows that are there."""
    by_key = {row.key: row for row in levels}
    here = level.grade.rank if level.grade else None
    found = ways.crossings(level.rung, [row.rung for row in levels], links)
    ends = [(by_key[key], how) for key, how in found]
    return [
        (end, how)
        for end, how in ends
        if ways.keeps_grade(here, end.grade.rank if end.grade else None, how)
    ]


def _guard_case(person: Person, *, states_in_the_way: Iterable[str]) -> None:
    if in_the_way(person, states_in_the_way):
        raise Conflict(
            "A promotion case is open. A move and a case do not run at once: the case ends first."
        )


def _guard_plan(
    move: TrackMove,
    receiving: Person,
    mentor: Person | None,
    start: datetime.date,
    end: datetime.date | None,
    dates: Sequence[datetime.date],
) -> None:
    errors: dict[str, list[str]] = {}
    if receiving.pk == move.person_id:
        errors["receiving_manager"] = ["Somebody else leads the person in the new job."]
    if end is None:
        if move.how == ways.BRANCH:
            errors["direct"] = ["A branch into management begins with a trial."]
    else:
        errors |= _trial_errors(move, receiving, mentor, start, end, dates)
    if errors:
        raise Invalid(errors)


def _trial_errors(
    move: TrackMove,
    receiving: Person,
    mentor: Person | None,
    start: datetime.date,
    end: datetime.date,
    dates: Sequence[datetime.date],
) -> dict[str, list[str]]:
    errors = {}
    managers = {receiving.pk, getattr(move, "_manager_id", None)}
    if mentor is None or mentor.pk == move.person_id or mentor.pk in managers:
        errors["mentor"] = ["Name a mentor who is neither the person nor a manager of theirs."]
    if not start < end <= start + LONGEST:
        errors["ends_on"] = ["A trial lasts a day at least and 26 weeks at most."]
    elif end <= timezone.localdate():
        errors["ends_on"] = ["A trial ends on a day to come."]
    if len(dates) < FEWEST or not all(start <= day < end for day in dates):
        errors["checkpoints"] = ["Name two dates at least, all within the trial."]
    return errors


def _thirds(start: datetime.date, end: datetime.date) -> list[datetime.date]:
    """Two dates that cut the trial in three, for whoever names none."""
    length = end - start
    return sorted({start + length / 3, start + length * 2 / 3})


def open_for(person: Person) -> TrackMove | None:
    """The open move of a person."""
    return TrackMove.objects.open().for_display().filter(person=person).first()
