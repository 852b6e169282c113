"""Evidence: a dated piece of work that a person collected, tied to competencies."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from people.models import Person


class EvidenceQuerySet(models.QuerySet):
    """Which evidence."""

    def visible_to(self, person: Person) -> Self:
        """One's own. Others read evidence in the cases it is attached to."""
        return self.filter(person=person)

    def for_display(self) -> Self:
        """Newest first, in one query: `shows` lists competencies, `attached` tells of a case."""
        from assessments.models.case import CaseEvidence

        ties = Evidence.competencies.through.objects.filter(evidence=OuterRef("pk"))
        names = ties.order_by("competency__position").values(
            json=JSONObject(key="competency__key", name="competency__name")
        )
        return self.annotate(
            shows=ArraySubquery(names),
            attached=Exists(CaseEvidence.objects.filter(evidence=OuterRef("pk"))),
        ).order_by("-happened_on", "-id")

    def showing(self, key: str) -> Self:
        """Pieces that show the competency of this key, whatever version they were tied to."""
        ties = Evidence.competencies.through.objects.filter(evidence=OuterRef("pk"))
        return self.filter(Exists(ties.filter(competency__key=key)))


class Evidence(models.Model):
    """What somebody did, and when; only they see it until it is attached to a case."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="evidence")
    what = models.TextField()
    link = models.URLField(blank=True, max_length=500)
    happened_on = models.DateField()
    competencies = models.ManyToManyField("ladders.Competency", related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(name="evidence says what was done", condition=~Q(what=""))
        ]
        indexes = [models.Index(fields=["person", "-happened_on", "-id"], name="evidence_newest")]

    def __str__(self) -> str:
        return f"Evidence {self.pk}"
