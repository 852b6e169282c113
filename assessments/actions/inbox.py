"""Everything that can happen to the lines of an inbox: they are read."""

from __future__ import annotations

from django.utils import timezone

from assessments.models import Notification
from people.models import Person
from people.refusals import Denied, enforce


def read(notification: Notification, *, by: Person) -> Notification:
    """Note that its person has read a line; reading it again changes nothing."""
    mine = notification.person_id == by.pk
    enforce(mine or Denied("Only the person it was sent to reads this."))
    unread = Notification.objects.filter(pk=notification.pk).unread()
    unread.update(read_at=timezone.now())
    return Notification.objects.get(pk=notification.pk)


def read_all(*, by: Person) -> int:
    """Note that a person has read everything; returns how many lines were new to them."""
    return Notification.objects.visible_to(by).unread().update(read_at=timezone.now())
