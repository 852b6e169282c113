"""A handover: one manager gave a case to the next, with every word that stood at that time."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Person


class HandoverQuerySet(models.QuerySet):
    """Which handovers."""

    def visible_to(self, person: Person) -> Self:
        """One's own, as the former manager; readers of a case read handovers through the case."""
        return self.filter(former=person)

    def of(self, case: int, person: Person) -> Self:
        """The handover of one case that `person` may see: one that asks, else the latest."""
        rows = self.visible_to(person).filter(case=case).for_display()
        waits = models.When(asked_at__isnull=False, written_at=None, then=0)
        return rows.order_by(models.Case(waits, default=1), "-handed_at", "-pk")

    def open(self) -> Self:
        """Statements that were asked for and are not written yet."""
        return self.filter(asked_at__isnull=False, written_at=None)

    def for_display(self) -> Self:
        """Handovers with the people of them and what the case aims at."""
        return self.select_related("former", "successor", "asked_by")


class Handover(models.Model):
    """From whom to whom, and when. `words` is what the former manager had written by then.

    The statement is asked for by the successor, and written once.
    """

    case = models.ForeignKey(
        "assessments.PromotionCase", on_delete=models.PROTECT, related_name="handovers"
    )
    former = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField(default=timezone.now)
    words = models.JSONField(default=dict)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.TextField(blank=True, help_text="What the successor would like to know.")
    due_on = models.DateField(null=True, blank=True)
    statement = models.TextField(blank=True, help_text="The former manager's, once asked.")
    written_at = models.DateTimeField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody hands a case to themselves", condition=~Q(former=F("successor"))
            ),
            models.CheckConstraint(
                name="a handover statement has its date",
                condition=Q(statement="", written_at=None)
                | ~Q(statement="") & Q(written_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a handover statement is asked for first",
                condition=Q(written_at=None) | Q(asked_at__isnull=False),
            ),
        ]
        indexes = [models.Index("former", "case", name="handover_former")]
        triggers = [
            pgtrigger.Protect(name="handovers_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="what_is_written_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__written_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="handed_words_stay",
                fields=["case", "former", "successor", "handed_at", "words"],
            ),
        ]

    def __str__(self) -> str:
        return f"Handover {self.pk} of case {self.case_id}"
