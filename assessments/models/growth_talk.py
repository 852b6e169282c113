"""A growth talk: a day on which a manager and a report talked about growth. No words of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.models import Person, ReportingLine, Role
from people.models.temporal import never_rewritten


class GrowthTalkQuerySet(models.QuerySet):
    """Which talks."""

    def standing(self) -> Self:
        """Talks that were not taken back."""
        return self.filter(superseded_at=None)

    def visible_to(self, reader: Person) -> Self:
        """One's own, those of one's reports of today, and all for HR."""
        if reader.has_role(Role.HR):
            return self
        reports = ReportingLine.objects.as_of(timezone.localdate()).filter(manager=reader)
        return self.filter(Q(person=reader) | Q(person__in=reports.values("person")))


class GrowthTalk(models.Model):
    """The day, and which manager wrote it down. One that was wrong is taken back, and stays."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="growth_talks")
    held_on = models.DateField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GrowthTalkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person",
                "held_on",
                condition=Q(superseded_at=None),
                name="a growth talk is noted once a day",
            )
        ]
        triggers = never_rewritten(except_for=["superseded_at"])

    def __str__(self) -> str:
        return f"{self.person_id} on {self.held_on}"
