"""An event: what was done, by whom and why. The past is a row, and the row is the outbox."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.models.temporal import never_emptied


class EventQuerySet(models.QuerySet):
    """Which events."""

    def about(self, subject: models.Model) -> Self:
        """The history of one row, newest first."""
        kind = subject._meta.model_name
        return self.filter(subject_kind=kind, subject_id=subject.pk).order_by("-at", "-id")

    def unhandled(self) -> Self:
        """Events that still owe somebody a message, oldest first."""
        return self.filter(handled_at__isnull=True, set_aside_at__isnull=True).order_by("id")


class Event(models.Model):
    """Who did what to which row. `handled_at` and the two below belong to the outbox alone."""

    verb = models.CharField(max_length=64)
    actor = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    subject_kind = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    data = models.JSONField(default=dict, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("subject_kind", "subject_id", "at", name="event_subject"),
            models.Index(
                "id",
                name="event_outbox",
                condition=Q(handled_at__isnull=True, set_aside_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="events_stay", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="events_never_change",
                exclude=["handled_at", "attempts", "set_aside_at"],
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}"
