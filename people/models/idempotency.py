"""What a POST with an Idempotency-Key was answered, so that the same call answers the same."""

from django.db import models
from django.utils import timezone


class IdempotencyKey(models.Model):
    """One key of one person. `status` stays empty while the first call is still running."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    method_path = models.CharField(max_length=300)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    etag = models.CharField(max_length=40, blank=True)
    body = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "key", name="an idempotency key is used once")
        ]

    def __str__(self) -> str:
        return self.key
