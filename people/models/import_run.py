"""An import of people: the file, what was understood, and whether it was confirmed."""

from django.db import models
from django.utils import timezone

from people.states import ImportState


class ImportRun(models.Model):
    """A file that was looked at. Nothing is written to people until it is confirmed."""

    State = ImportState

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

    def __str__(self) -> str:
        return self.filename
