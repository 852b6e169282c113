"""An import: the file, what was understood, and whether it was confirmed."""

from typing import Self

from django.db import models
from django.utils import timezone

from people.states import ImportState


class ImportRunQuerySet(models.QuerySet):
    """Which imports."""

    def of(self, kind: str) -> Self:
        """Imports of one kind of file, without the files."""
        return self.filter(kind=kind).defer("content")


class ImportRun(models.Model):
    """A file that was looked at. Nothing else is written until it is confirmed."""

    State = ImportState

    class Kind(models.TextChoices):
        """What the file holds."""

        PEOPLE = "people", "People"
        LADDER = "ladder", "Ladder"

    kind = models.CharField(max_length=16, choices=Kind, default=Kind.PEOPLE)
    filename = models.CharField(max_length=255)
    content = models.BinaryField()
    mapping = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.PREVIEWED)
    report = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    def __str__(self) -> str:
        return self.filename
