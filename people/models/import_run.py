"""An import: the file, what was understood, and whether it was confirmed."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.states import UNDER_WAY, ImportState

SOME_TIME = datetime.timedelta(seconds=10)


class ImportRunQuerySet(models.QuerySet):
    """Which imports."""

    def of(self, kind: str) -> Self:
        """Imports of one kind of file, without the files."""
        return self.filter(kind=kind).defer("content")


class ImportRun(models.Model):
    """A file that was looked at. Nothing else is written until it is confirmed.

    While it is read or written, `stage`, `rows_done` and `rows_total` say how far it is and
    `heartbeat_at` that somebody is at it; `attempts` counts who took it up, so that one finishes.
    """

    State = ImportState

    class Kind(models.TextChoices):
        """What the file holds."""

        PEOPLE = "people", "People"
        LADDER = "ladder", "Ladder"

    kind = models.CharField(max_length=16, choices=Kind, default=Kind.PEOPLE)
    filename = models.CharField(max_length=255)
    size = models.BigIntegerField(default=0, help_text="Bytes of a file of people, see its pieces.")
    content = models.BinaryField(default=bytes, help_text="A ladder file, which is small.")
    mapping = models.JSONField(
        default=dict, null=True, blank=True, help_text="Null until it is chosen by the headings."
    )
    mapping_name = models.CharField(max_length=100, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.PREVIEWED)
    report = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    skip_problem_rows = models.BooleanField(default=False)
    stage = models.CharField(max_length=40, blank=True)
    rows_done = models.IntegerField(default=0)
    rows_total = models.IntegerField(default=0)
    attempts = models.SmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("id", name="import_under_way", condition=Q(state__in=list(UNDER_WAY)))
        ]

    def __str__(self) -> str:
        return self.filename

    def is_silent(self) -> bool:
        """True when whoever was at it has not been heard of for some time."""
        return self.heartbeat_at is not None and timezone.now() - self.heartbeat_at > SOME_TIME


class ImportPiece(models.Model):
    """A part of an uploaded file, so that nobody ever has to hold all of a large one."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="pieces")
    number = models.IntegerField(help_text="From 1.")
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="a piece of a file stands once")
        ]

    def __str__(self) -> str:
        return f"{self.run_id}, piece {self.number}"


class ImportPage(models.Model):
    """Some entries of one list of a report, packed; lists may be as long as the file."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="pages")
    part = models.CharField(max_length=16)
    number = models.IntegerField(help_text="From 1.")
    entries = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "part", "number"], name="a page of a list stands once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.number}"


class ImportMapping(models.Model):
    """How the files of one system are read, under a name. `headings` is their fingerprint."""

    name = models.CharField(max_length=100, unique=True)
    headings = models.CharField(max_length=64, db_index=True)
    mapping = models.JSONField(default=dict)
    saved_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
