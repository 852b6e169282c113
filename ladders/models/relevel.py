"""A relevel: many people come to stand on other levels at once, because the ladder changed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from people.models.temporal import never_rewritten


class Relevel(models.Model):
    """One batch. Its placements point to it; who was left out, and why, is kept with it."""

    effective_on = models.DateField()
    reason = models.TextField()
    asked = models.JSONField(help_text="Levels to levels, or people to levels, as HR said it.")
    left_out = models.JSONField(default=list, help_text="[{person, name, why}]")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        triggers = never_rewritten(except_for=[])

    def __str__(self) -> str:
        return f"Relevel {self.pk} on {self.effective_on}"
