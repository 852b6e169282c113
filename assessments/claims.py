"""One digest at a time: claimed with a lease, marked when sent, set aside when nothing helps."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from assessments.models import Notification, Reminder
from assessments.steps import HOUR
from people.models import Person

log = structlog.get_logger(__name__)

State = Reminder.State
LEASE = datetime.timedelta(minutes=5)
TRIES = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """The reminders of one digest, leased to one sender. `id` stays the same when retried."""

    id: uuid.UUID
    person: Person
    reminders: list[Reminder]


# The person's row is locked for the moment of the claim, so that two senders never share a digest.
# Nobody gets a second digest on one local day, and none before 09:00 where they are.
_NEXT = """
SELECT p.id FROM assessments_reminder r JOIN people_person p ON p.id = r.person_id
WHERE r.state IN ('waiting', 'claimed') AND r.send_at <= %(now)s
    AND (r.state = 'waiting' OR r.claimed_until < %(now)s AND r.attempts < %(tries)s)
    AND (%(now)s AT TIME ZONE r.time_zone)::time >= %(hour)s
    AND NOT EXISTS (SELECT FROM assessments_reminder s
        WHERE s.person_id = r.person_id AND s.state = 'sent'
            AND (s.sent_at AT TIME ZONE r.time_zone)::date
                = (%(now)s AT TIME ZONE r.time_zone)::date)
    AND NOT EXISTS (SELECT FROM assessments_reminder o
        WHERE r.state = 'waiting' AND o.person_id = r.person_id AND o.state = 'claimed'
            AND NOT (o.claimed_until < %(now)s AND o.attempts >= %(tries)s))
ORDER BY r.send_at, r.id LIMIT 1
FOR NO KEY UPDATE OF p SKIP LOCKED
"""


def claim(now: datetime.datetime) -> Claim | None:
    """Lease everything that is due to one person; None when nobody is owed anything.

    A lease that ran out is taken over as it was: the retry is the same message. Whoever lost the
    race for a person gets a claim without reminders.
    """
    with transaction.atomic():
        person = _next(now)
        if person is None:
            return None
        due = Reminder.objects.filter(_ready(now), person=person)
        old = due.filter(state=State.CLAIMED).order_by("send_at", "id").first()
        key = old.claim if old and old.claim else uuid.uuid4()
        taken = due.filter(claim=key) if old else due.filter(state=State.WAITING)
        ids = list(taken.values_list("pk", flat=True))
        Reminder.objects.filter(pk__in=ids).update(
            state=State.CLAIMED, claim=key, claimed_until=now + LEASE, attempts=F("attempts") + 1
        )
        return Claim(key, person, list(Reminder.objects.filter(pk__in=ids).order_by("id")))


def mark(
    claimed: Claim, sent: Collection[int], shown: Iterable[Notification], now: datetime.datetime
) -> None:
    """Write down which reminders went out and show them in the inbox; the others are dropped."""
    with transaction.atomic():
        ids = set(_held(claimed).select_for_update().values_list("pk", flat=True))
        Reminder.objects.filter(pk__in=ids & set(sent)).update(state=State.SENT, sent_at=now)
        Reminder.objects.filter(pk__in=ids - set(sent)).update(state=State.DROPPED)
        mine = [notice for notice in shown if notice.reminder_id in ids]
        Notification.objects.bulk_create(mine, ignore_conflicts=True)


def put_back(claimed: Claim, error: Exception, now: datetime.datetime) -> None:
    """After a failure: the lease runs out later with every try, and the next one takes over."""
    tries = max((row.attempts for row in claimed.reminders), default=0)
    _held(claimed).update(claimed_until=now + datetime.timedelta(minutes=tries**2))
    log.warning("reminder_failed", claim=str(claimed.id), tries=tries, error=type(error).__name__)


def set_aside(now: datetime.datetime) -> int:
    """Give up on digests that took too many tries, and say so: somebody has to look."""
    worn = Reminder.objects.filter(state=State.CLAIMED, claimed_until__lt=now, attempts__gte=TRIES)
    if count := worn.update(state=State.SET_ASIDE):
        log.error("reminders_set_aside", count=count)
    return count


def retry() -> int:
    """Give what was set aside another five tries; returns how many reminders wait again."""
    worn = Reminder.objects.filter(state=State.SET_ASIDE)
    return worn.update(state=State.WAITING, attempts=0, claim=None, claimed_until=None)


def _held(claimed: Claim) -> QuerySet[Reminder]:
    ids = [row.pk for row in claimed.reminders]
    return Reminder.objects.filter(pk__in=ids, claim=claimed.id, state=State.CLAIMED)


def _next(now: datetime.datetime) -> Person | None:
    values: dict[str, Any] = {"now": now, "tries": TRIES, "hour": HOUR}
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, values)
        found = cursor.fetchone()
    return Person.objects.for_session().get(pk=found[0]) if found else None


def _ready(now: datetime.datetime) -> Q:
    over = Q(state=State.CLAIMED, claimed_until__lt=now, attempts__lt=TRIES)
    return Q(send_at__lte=now) & (Q(state=State.WAITING) | over)
