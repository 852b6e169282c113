"""A personal API token: named, scoped, expiring, shown once, stored as a digest."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class Scope(models.TextChoices):
    """What a token may be used for."""

    READ = "read", "Read what I can read"
    REPORTS_READ = "reports:read", "Read reports"
    PEOPLE_WRITE = "people:write", "Import people"
    CASES_WRITE = "cases:write", "Work on cases"
    LADDERS_WRITE = "ladders:write", "Change ladders"


class ApiToken(models.Model):
    """The digest of a token; the token itself is nowhere."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16, help_text="The first characters, to recognise it by.")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the whole token.")
    scopes = ArrayField(models.CharField(max_length=32, choices=Scope))
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def usable(self, now: datetime.datetime) -> bool:
        """True until the token is revoked or expires."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)
