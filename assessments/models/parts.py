"""What a case is made of: a text for each competency, and the evidence attached to it."""

from django.db import models
from django.utils import timezone

from assessments.models.case import PromotionCase


class CaseSection(models.Model):
    """What the manager has seen the candidate do, for one competency of the pinned version."""

    case = models.ForeignKey(PromotionCase, on_delete=models.PROTECT, related_name="sections")
    competency = models.ForeignKey("ladders.Competency", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", "competency", name="a case speaks once about a competency"
            )
        ]

    def __str__(self) -> str:
        return f"Case {self.case_id}, {self.competency_id}"


class CaseEvidence(models.Model):
    """A piece of evidence attached to a case, under one competency or in general."""

    case = models.ForeignKey(PromotionCase, on_delete=models.PROTECT, related_name="attachments")
    evidence = models.ForeignKey(
        "assessments.Evidence", on_delete=models.PROTECT, related_name="attachments"
    )
    competency = models.ForeignKey(
        "ladders.Competency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    attached_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case",
                "evidence",
                "competency",
                name="a piece is attached once to a part",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} on case {self.case_id}"
