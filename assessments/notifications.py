"""The outbox: what was done becomes a line in the inbox of everybody it concerns."""

from __future__ import annotations

import structlog
from django.db import transaction
from django.utils import timezone

from assessments import announcements, delegation_news, ladder_news, move_news, pulse_news, telling
from people.models import Event

log = structlog.get_logger(__name__)

TRIES = 5
VERBS = (
    telling.VERBS
    | announcements.VERBS
    | ladder_news.VERBS
    | move_news.VERBS
    | delegation_news.VERBS
    | pulse_news.VERBS
)


def deliver(limit: int = 1000) -> int:
    """Turn waiting events into notifications, oldest first; returns how many were handled.

    Each event has its own transaction: one that keeps failing is set aside and blocks nobody.
    """
    _pass_over()
    waiting = Event.objects.unhandled().filter(verb__in=VERBS).values_list("pk", flat=True)
    return sum(_handle(pk) for pk in list(waiting[:limit]))


def retry() -> int:
    """Give events that were set aside another five tries; returns how many wait again."""
    return Event.objects.filter(set_aside_at__isnull=False).update(set_aside_at=None, attempts=0)


def _pass_over() -> None:
    """Events that nobody is told about are handled in one statement."""
    Event.objects.unhandled().order_by().exclude(verb__in=VERBS).update(handled_at=timezone.now())


def _handle(pk: int) -> bool:
    """Handle one event unless somebody else is at it."""
    with transaction.atomic():
        rows = Event.objects.unhandled().select_for_update(skip_locked=True, no_key=True)
        event = rows.filter(pk=pk).first()
        if event is None:
            return False
        try:
            with transaction.atomic():
                VERBS[event.verb](event)
        except Exception as error:  # whatever is wrong with this one, the next is told
            _failed(event, error)
            return False
        event.handled_at = timezone.now()
        event.save(update_fields=["handled_at"])
    return True


def _failed(event: Event, error: Exception) -> None:
    event.attempts += 1
    worn_out = event.attempts >= TRIES
    if worn_out:
        event.set_aside_at = timezone.now()
    event.save(update_fields=["attempts", "set_aside_at"])
    say = log.error if worn_out else log.warning
    name = "event_set_aside" if worn_out else "event_failed"
    say(name, row=event.pk, verb=event.verb, tries=event.attempts, error=type(error).__name__)
