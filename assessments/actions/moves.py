"""Lock, authorise, change, record: the four beats that every move of a case goes through."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import structlog
from django.db import models, transaction
from django.utils import timezone

from assessments import policies, states
from assessments.models import PromotionCase
from assessments.states import State
from people import audit
from people.models import Event, Person
from people.refusals import Invalid, enforce

Row = TypeVar("Row", bound=models.Model)
log = structlog.get_logger(__name__)

LONGEST = 20_000  # characters of any text in a case
EARLIEST, LATEST = datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)
QUIET = {"edit", "write_own_section"}  # saved every few seconds: one event a sitting is enough
SITTING = datetime.timedelta(minutes=30)
STAMPS = {
    State.SUBMITTED: "submitted_at",
    State.FROZEN: "frozen_at",
    State.DECIDED: "decided_at",
    State.COMMUNICATED: "communicated_at",
    **dict.fromkeys(states.ENDED, "ended_at"),
}


@contextmanager
def move(name: str, case: PromotionCase, by: Person | None, **data: Any) -> Iterator[PromotionCase]:
    """Open one move: yields the locked, fresh case; on leaving it is saved and recorded.

    `data` goes into the history. Raises Forbidden or Conflict before anything has changed.
    """
    with transaction.atomic():
        locked = lock(case)
        enforce(policies.may(name, by, locked))
        states.check(locked.state, name, locked.procedure.preset)
        if whose := policies.on_behalf_of(name, by, locked):
            locked.acting_for_id = whose["delegator"]
            names = {"id": whose["delegator"], "name": whose["delegator_name"]}
            data["on_behalf_of"] = names
        yield locked
        _arrive(locked, states.MOVES[name].target)
        locked.save()
        if name not in QUIET or not _goes_on(locked, name, by, data):
            audit.record(f"case.{name}", locked, by=by, **data)


def lock(case: PromotionCase) -> PromotionCase:
    """The case as it stands now, held until the transaction ends.

    Held first and read then: a lock that waits inside of a join loses a row whose owner changed.
    """
    PromotionCase.objects.select_for_update(no_key=True).only("pk").get(pk=case.pk)
    return PromotionCase.objects.for_moves().get(pk=case.pk)


def each(rows: Iterable[Row], act: Callable[[Row], object]) -> int:
    """Do one thing to many cases, or moves; returns for how many it was done.

    One that fails is logged, tried again on the next beat, and keeps no other waiting.
    """
    done = 0
    for row in rows:
        try:
            done += bool(act(row))
        except Exception as error:  # whatever is wrong with this one, the next is done
            log.error("row_failed", row=str(row), error=type(error).__name__)
    return done


def required(**texts: str) -> None:
    """Raise Invalid, naming the field, for a text that is empty, too long or not text."""
    errors = {field: problem for field, text in texts.items() if (problem := _problem(text, True))}
    if errors:
        raise Invalid({field: [message] for field, message in errors.items()})


def optional(**texts: str) -> None:
    """Raise Invalid, naming the field, for a text that is too long or not text."""
    errors = {field: problem for field, text in texts.items() if (problem := _problem(text, False))}
    if errors:
        raise Invalid({field: [message] for field, message in errors.items()})


def near(**days: datetime.date) -> None:
    """Raise Invalid, naming the field, for a day that can only be a slip of the keyboard."""
    words = f"Choose a day between {EARLIEST.year} and {LATEST.year}."
    errors = {field: [words] for field, day in days.items() if not EARLIEST <= day <= LATEST}
    if errors:
        raise Invalid(errors)


def _problem(text: str, needed: bool) -> str:
    if needed and not text.strip():
        return "Write something here."
    if len(text) > LONGEST:
        return f"Keep this under {LONGEST:,} characters; it has {len(text):,}."
    if any(ord(letter) < 32 and letter not in "\n\r\t" for letter in text):
        return "This holds characters that cannot be shown; paste it as plain text."
    return ""


def _goes_on(case: PromotionCase, name: str, by: Person | None, data: dict[str, Any]) -> bool:
    """True when the newest event says that the same person just wrote in the same part."""
    newest = Event.objects.about(case).first()
    return (
        newest is not None
        and (newest.verb, newest.actor_id) == (f"case.{name}", by and by.pk)
        and newest.data.get("part") == data.get("part")
        and newest.at > timezone.now() - SITTING
    )


def _arrive(case: PromotionCase, target: State | None) -> None:
    now = timezone.now()
    case.active_at = now
    if target is None:
        return
    case.state = target
    if stamp := STAMPS.get(target):
        setattr(case, stamp, now)
