"""An access: somebody opened somebody else's case, once for each door and day."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from people.models import Person
from people.models.temporal import never_emptied


class Door(models.TextChoices):
    """Where a case is read whole."""

    PAGE = "page", "the page of the case"
    PREVIEW = "preview", "the packet"
    PANEL = "panel", "the reading view of the panel"
    EDITOR = "editor", "the editor"
    API = "api", "the API"


class AccessQuerySet(models.QuerySet):
    """Which accesses."""

    def of(self, case: models.Model) -> Self:
        """Who opened one case; with their names."""
        return self.filter(case=case).select_related("person")


class Access(models.Model):
    """Who opened which case through which door; `standing` is how they stood to it then."""

    case = models.ForeignKey(
        "assessments.PromotionCase", on_delete=models.PROTECT, related_name="accesses"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    door = models.CharField(max_length=16, choices=Door)
    standing = ArrayField(models.CharField(max_length=16))
    on = models.DateField(help_text="In UTC.")
    at = models.DateTimeField(default=timezone.now, help_text="The first time on that day.")

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "accesses"
        constraints = [
            models.UniqueConstraint(
                "case", "person", "door", "on", name="an access is noted once a door and day"
            )
        ]
        indexes = [models.Index(fields=["case", "-at", "-id"], name="access_newest")]
        triggers = [
            pgtrigger.Protect(name="accesses_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} opened case {self.case_id}"
