"""Reminders: planned as rows by one statement, then claimed, checked, sent and marked."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

import structlog
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from assessments import claims, digests, duties, errands, steps
from assessments.claims import Claim
from assessments.digests import Line
from assessments.models import PromotionCase, Reminder, TrackMove
from people import clocks
from people.models import Delegation, Leave, Person

log = structlog.get_logger(__name__)

PLANNING = 0x7265_6D69  # advisory lock: two beats at once would only do the same work twice

_PLAN = """
INSERT INTO assessments_reminder (person_id, {about}, phase_id, task, step, role, due_on,
    send_on, send_at, time_zone, state, attempts, created_at)
SELECT person_id, {about}, phase_id, task, step, role, due_on,
    send_on, send_at, time_zone, 'waiting', 0, %(now)s
FROM ({dated}) dated WHERE send_at <= %(until)s
ON CONFLICT (person_id, {about}, task, step, due_on) DO NOTHING
"""
_SEEN: dict[str, Any] = {"case": PromotionCase, "move": TrackMove, "delegation": Delegation}


def plan(now: datetime.datetime | None = None) -> int:
    """Write the reminders that fall due until the horizon; returns how many are new.

    Running it again, or twice at once, writes nothing more.
    """
    now = now or timezone.now()
    sql = _PLAN.replace("{dated}", steps.dated(duties.EVERYWHERE, errands.EVERYWHERE))
    sql = sql.replace("{about}", steps.ABOUT)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [PLANNING])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SET LOCAL jit = off")  # compiling this takes longer than running it
        cursor.execute(sql, steps.parameters(now, until=now + steps.HORIZON))
        return cursor.rowcount


def send_due(now: datetime.datetime | None = None, limit: int = 1000) -> int:
    """Send every digest that is due; returns how many people were told.

    Stops while the mail server is away, before a claim is made: an outage uses up nobody's tries.
    """
    claims.set_aside(now or timezone.now())
    told = 0
    server = mail.get_connection()
    try:
        for _ in range(limit):
            server.open()
            claimed = claims.claim(now or timezone.now())
            if claimed is None:
                break
            told += _send(claimed, server, now or timezone.now())
    except OSError as error:
        log.error("mail_server_away", error=type(error).__name__)
    finally:
        server.close()
    return told


def _send(claimed: Claim, server: BaseEmailBackend, now: datetime.datetime) -> bool:
    """Check, send and mark one digest; a failure waits for its next try and blocks nobody."""
    person = claimed.person
    try:
        owed = _still_owed(claimed, now)
        if owed and person.email and person.is_active:
            digests.message(claimed, owed, now, server).send()
        shown = [digests.notification(line, now) for line in digests.latest(owed)]
        claims.mark(claimed, [line.reminder.pk for line in owed], shown, now)
    except Exception as error:  # whatever is wrong with this one, the next person is told
        claims.put_back(claimed, error, now)
        server.close()
        return False
    return bool(owed)


def _still_owed(claimed: Claim, now: datetime.datetime) -> list[Line]:
    """What is still owed, of what this person may see now; nothing to whoever is away."""
    person, rows = claimed.person, claimed.reminders
    if not rows:
        return []
    today = clocks.today(rows[0].time_zone, now)
    if person.left_on and person.left_on <= today:
        return []
    if Leave.objects.as_of(today).filter(person=person, pauses_reminders=True).exists():
        return []
    seen = _seen(person, rows)
    return [
        line
        for line in digests.lines(person, rows, now)
        if line.reminder.about in seen
        or (line.reminder.task in digests.UNSEEN and person.pk in line.doer_ids)
    ]


def _seen(person: Person, rows: Collection[Reminder]) -> set[tuple[str, int]]:
    """What the person may see of all that the reminders are about; a query for each kind."""
    found: set[tuple[str, int]] = set()
    for kind, ids in digests.subjects(rows).items():
        if ids and (model := _SEEN.get(kind)):
            visible = model.objects.visible_to(person).filter(pk__in=ids)
            found |= {(kind, pk) for pk in visible.values_list("pk", flat=True)}
    return found
