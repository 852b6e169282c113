"""What others say about a candidate: feedback that was asked for, and endorsements."""

from __future__ import annotations

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.models import Person


class FeedbackQuerySet(models.QuerySet):
    """Which feedback."""

    def visible_to(self, person: Person) -> Self:
        """One's own requests and answers; readers of a case read feedback through the case."""
        return self.filter(author=person)

    def for_display(self) -> Self:
        """Requests with the candidate, what the case aims at, and who asked."""
        return self.select_related(
            "case__candidate",
            "case__target_level__track",
            "case__target_level__grade",
            "case__target_level__version__ladder",
            "requested_by",
        )

    def given(self) -> Self:
        """Answers that were submitted."""
        return self.filter(state=Feedback.State.SUBMITTED)


class Feedback(models.Model):
    """One author asked about one candidate for one case. Who will read it is fixed when asked."""

    class State(models.TextChoices):
        REQUESTED = "requested", "Asked"
        SUBMITTED = "submitted", "Given"
        DECLINED = "declined", "Declined"

    class Visibility(models.TextChoices):
        SUBJECT_NAMED = (
            "subject_named",
            "The candidate reads it with your name, once told",
        )
        SUBJECT_UNNAMED = (
            "subject_unnamed",
            "The candidate reads it without your name, once told and if three or more wrote",
        )
        PANEL_ONLY = "panel_only", "Only the panel, the approver and HR read it"

    case = models.ForeignKey(
        "assessments.PromotionCase", on_delete=models.PROTECT, related_name="feedback"
    )
    author = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="feedback")
    requested_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    visibility = models.CharField(max_length=24, choices=Visibility)
    outside_team = models.BooleanField()
    state = models.CharField(max_length=16, choices=State, default=State.REQUESTED)
    text = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [
            models.UniqueConstraint("case", "author", name="an author is asked once for a case"),
            models.CheckConstraint(
                name="given feedback has text",
                condition=~Q(state="submitted") | ~Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Feedback {self.pk}"


class Endorsement(models.Model):
    """The skip-level's word, or a sponsor's."""

    class Kind(models.TextChoices):
        SKIP_LEVEL = "skip_level", "Skip-level"
        SPONSOR = "sponsor", "Sponsor"

    case = models.ForeignKey(
        "assessments.PromotionCase",
        on_delete=models.PROTECT,
        related_name="endorsements",
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    given_for = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="On whose behalf.",
    )
    kind = models.CharField(max_length=16, choices=Kind)
    endorses = models.BooleanField()
    text = models.TextField()
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "person", name="a person endorses a case once"),
            models.UniqueConstraint(
                "case",
                name="one skip-level speaks on a case",
                condition=Q(kind="skip_level"),
            ),
        ]

    def __str__(self) -> str:
        return f"Endorsement {self.pk}"

    @property
    def said_by(self) -> str:
        """Who spoke, and for whom; both names are loaded with it."""
        behalf = f" on behalf of {self.given_for.name}" if self.given_for else ""
        return f"{self.person.name}{behalf}"

    def is_older_than(self, submitted_at: datetime.datetime | None) -> bool:
        """True when the case came back and was submitted anew after this was said."""
        return submitted_at is not None and self.given_at < submitted_at
