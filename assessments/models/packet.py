"""A packet: what the panel reads, frozen word for word with its digest."""

import pgtrigger
from django.db import models
from django.utils import timezone


class Packet(models.Model):
    """The snapshot of one case. `content` is plain JSON; `digest` its SHA-256."""

    case = models.OneToOneField(
        "assessments.PromotionCase", on_delete=models.PROTECT, related_name="packet"
    )
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="packets_never_change",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"Packet of case {self.case_id}"
