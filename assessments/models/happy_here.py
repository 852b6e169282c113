"""Happy here: somebody said that they want no talk of promotion for now."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone


class HappyHereQuerySet(models.QuerySet):
    """Which of these words."""

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(ended_at=None)


class HappyHere(models.Model):
    """One person's word, from the day it was said to the day it was taken back, if it was."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="happy_here")
    since = models.DateField()
    look_again_on = models.DateField(
        null=True, blank=True, help_text="When they want to think about it again."
    )
    said_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = HappyHereQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "happy here"
        constraints = [
            models.UniqueConstraint(
                "person", name="a person is happy here once at a time", condition=Q(ended_at=None)
            )
        ]
        triggers = [
            pgtrigger.Protect(name="words_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="words_stay_as_said", exclude=["ended_at"]),
        ]

    def __str__(self) -> str:
        return f"Happy here, {self.person_id}"


def word_of(person: str) -> ArraySubquery:
    """The word that stands, as a list of none or one; `person` leads to the id."""
    rows = HappyHere.objects.standing().filter(person=OuterRef(person))
    return ArraySubquery(rows.values(json=JSONObject(since="since", look_again_on="look_again_on")))
