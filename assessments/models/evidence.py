"""Evidence: a dated piece of work that a person collected, with its files."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from people.models import Person


class EvidenceQuerySet(models.QuerySet):
    """Which evidence."""

    def visible_to(self, person: Person) -> Self:
        """One's own. Others read evidence in the cases it is attached to."""
        return self.filter(person=person)

    def kept(self) -> Self:
        """Pieces on the list, without those that were put away."""
        return self.filter(archived_at=None)

    def for_display(self) -> Self:
        """Newest first, in one query: `shows` lists competencies, `attached` tells of a case."""
        from assessments.models.parts import CaseEvidence

        ties = Evidence.competencies.through.objects.filter(evidence=OuterRef("pk"))
        names = ties.order_by("competency__position").values(
            json=JSONObject(key="competency__key", name="competency__name")
        )
        return self.annotate(
            shows=ArraySubquery(names),
            attached=Exists(CaseEvidence.objects.filter(evidence=OuterRef("pk"))),
            held_files=files_of("pk"),
        ).order_by("-happened_on", "-id")

    def tags_in_use(self) -> list[str]:
        """Every tag of these pieces, by name."""
        tags = self.order_by().values_list(Func(F("tags"), function="unnest"), flat=True)
        return sorted(tags.distinct())

    def showing(self, key: str) -> Self:
        """Pieces that show the competency of this key, whatever version they were tied to."""
        ties = Evidence.competencies.through.objects.filter(evidence=OuterRef("pk"))
        return self.filter(Exists(ties.filter(competency__key=key)))


class Evidence(models.Model):
    """What somebody did, and when; only they see it until it is attached to a case."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="evidence")
    what = models.TextField()
    links = ArrayField(models.URLField(max_length=500), default=list, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    happened_on = models.DateField()
    competencies = models.ManyToManyField("ladders.Competency", related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True, help_text="Put away by its owner.")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(name="evidence says what was done", condition=~Q(what=""))
        ]
        indexes = [models.Index(fields=["person", "-happened_on", "-id"], name="evidence_newest")]

    def __str__(self) -> str:
        return f"Evidence {self.pk}"


class EvidenceFileQuerySet(models.QuerySet):
    """Which files, always without their bytes."""

    def visible_to(self, person: Person) -> Self:
        """Files of one's own evidence. Others read them in the cases it is attached to."""
        return self.filter(evidence__person=person).defer("content")

    def standing(self) -> Self:
        """Files that were not taken off their piece."""
        return self.filter(removed_at=None)


class EvidenceFile(models.Model):
    """A file of one piece. Its bytes never change, because frozen packets name their digest."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, help_text="A key of assessments.file_kinds.KINDS.")
    size = models.PositiveIntegerField(help_text="In bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    content = models.BinaryField()
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="files_stay", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="files_never_change", exclude=["removed_at"]),
        ]

    def __str__(self) -> str:
        return self.name


def files_of(piece: str) -> ArraySubquery:
    """What stands on a piece, as plain rows without bytes; `piece` leads to its id."""
    rows = EvidenceFile.objects.standing().filter(evidence=OuterRef(piece)).order_by("pk")
    named = JSONObject(
        id=F("pk"), name=F("name"), kind=F("kind"), size=F("size"), digest=F("digest")
    )
    return ArraySubquery(rows.values(json=named))
