"""An earlier employment of somebody who came back: from when to when. The one of today is the
person's own row."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models.temporal import never_rewritten


class Employment(models.Model):
    """It ended, and then the person was hired again."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="earlier")
    hired_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(help_text="The last day.")
    again_on = models.DateField(help_text="The first day of the next employment.")
    reason = models.TextField(blank=True, help_text="What was said when they came back.")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an employment ends after it began and before the next",
                condition=Q(left_on__lt=F("again_on"))
                & (Q(hired_on__isnull=True) | Q(hired_on__lte=F("left_on"))),
            ),
        ]
        triggers = never_rewritten(except_for=[])

    def __str__(self) -> str:
        return f"{self.person_id} until {self.left_on}"
