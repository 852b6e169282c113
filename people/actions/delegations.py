"""Everything that can happen to a delegation: offered, answered, ended."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone

from people import audit, policies, states
from people.actions.periods import period
from people.models import Delegation, Person, Team
from people.models.delegation import LONGEST
from people.refusals import Conflict, Invalid, enforce

ONE_AT_A_TIME = "one person at a time stands in"
TAKEN = "Somebody already stands in for one of these tasks on some of these days. End that first."
A_DAY = datetime.timedelta(days=1)


def offer(
    delegator: Person,
    delegate: Person,
    *,
    by: Person | None,
    kinds: Iterable[str],
    first_on: datetime.date,
    last_on: datetime.date,
    team: Team | None = None,
    reason: str = "",
) -> Delegation:
    """Ask `delegate` to do tasks of `delegator` from `first_on` to `last_on`, both included.

    Nothing changes until they accept. What somebody holds by delegation is not handed on: a
    delegation covers the tasks that are the delegator's own.
    """
    kinds = sorted(set(kinds))
    with transaction.atomic():
        delegator = Person.objects.select_for_update(no_key=True).get(pk=delegator.pk)
        enforce(policies.delegate(by, delegator, delegate))
        _check(delegator, delegate, kinds, first_on, last_on)
        row = _made(
            delegator=delegator,
            delegate=delegate,
            kinds=kinds,
            days=period(first_on, last_on + A_DAY),
            team=team,
            reason=reason.strip(),
        )
        audit.record("delegation.offer", row, by=by, kinds=kinds)
    return row


def accept(delegation: Delegation, *, by: Person | None) -> Delegation:
    """Stand in, from the first of its days on."""
    with _move("accept", delegation, by) as row:
        if row.last_on < timezone.localdate():
            raise Conflict("The days of this delegation are over.")
        row.answered_at = timezone.now()
    return row


def decline(delegation: Delegation, *, by: Person | None) -> Delegation:
    """Say no; the tasks stay where they are."""
    with _move("decline", delegation, by) as row:
        row.answered_at = timezone.now()
    return row


def end(delegation: Delegation, *, by: Person | None) -> Delegation:
    """End it at once, or take back what was not answered. What was done stays done."""
    with _move("end", delegation, by) as row:
        row.ended_at, row.ended_by = timezone.now(), by
    return row


VERDICTS = {
    "accept": policies.answer_delegation,
    "decline": policies.answer_delegation,
    "end": policies.end_delegation,
}


@contextmanager
def _move(name: str, delegation: Delegation, by: Person | None) -> Iterator[Delegation]:
    with transaction.atomic():
        row = Delegation.objects.select_for_update(no_key=True, of=("self",))
        locked = row.for_display().get(pk=delegation.pk)
        enforce(VERDICTS[name](by, locked))
        states.check_delegation(locked.state, name)
        yield locked
        locked.state = states.DELEGATION_MOVES[name][1]
        locked.save()
        audit.record(f"delegation.{name}", locked, by=by)


def _check(
    delegator: Person,
    delegate: Person,
    kinds: list[str],
    first_on: datetime.date,
    last_on: datetime.date,
) -> None:
    errors: dict[str, list[str]] = {}
    if delegate.pk == delegator.pk:
        errors["delegate"] = ["Name somebody else: nobody stands in for themselves."]
    elif not delegate.is_active:
        errors["delegate"] = [f"{delegate.name} does not work here any more."]
    if not kinds:
        errors["kinds"] = ["Choose at least one kind of task."]
    elif unknown := sorted(set(kinds) - set(Delegation.Kind.values)):
        errors["kinds"] = [f"“{kind}” cannot be handed over." for kind in unknown]
    if wrong := _wrong_days(first_on, last_on):
        errors["last_on"] = [wrong]
    if errors:
        raise Invalid(errors)


def _wrong_days(first_on: datetime.date, last_on: datetime.date) -> str:
    if last_on < first_on:
        return "The last day comes before the first."
    if (last_on - first_on).days >= LONGEST:
        return f"A delegation covers {LONGEST} days at most; choose an earlier day."
    return "This day is over; choose one to come." if last_on < timezone.localdate() else ""


def _made(**words: object) -> Delegation:
    try:
        with transaction.atomic():
            return Delegation.objects.create(**words)
    except IntegrityError as refused:
        if ONE_AT_A_TIME in str(refused):
            raise Conflict(TAKEN) from None
        raise
