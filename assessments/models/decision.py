"""What a panel recommends and what the approver decides, each with its reasons."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from assessments.models.panel import Panel
from assessments.states import Outcome


class Recommendation(models.Model):
    """The chair's word for the panel; after a split, the synthesis."""

    case = models.ForeignKey(
        "assessments.PromotionCase", on_delete=models.PROTECT, related_name="recommendations"
    )
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=16, choices=Panel.Result)
    text = models.TextField()
    given_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    void_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case",
                name="a case has one standing recommendation",
                condition=Q(void_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"Recommendation on case {self.case_id}"


class RecommendationReason(models.Model):
    """An expectation that decided a recommendation, and why."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="reasons"
    )
    expectation = models.ForeignKey(
        "ladders.Expectation", on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class Decision(models.Model):
    """The outcome of a case, by its approver, and the letter that tells it."""

    case = models.OneToOneField(
        "assessments.PromotionCase", on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(max_length=24, choices=Outcome)
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="On whose behalf.",
    )
    decided_at = models.DateTimeField(default=timezone.now)
    overturn_reason = models.TextField(blank=True, help_text="Why the panel is not followed.")
    effective_on = models.DateField(null=True, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    letter = models.TextField(blank=True)
    told_by = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    told_for = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="On whose behalf.",
    )
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an approval has an effective date",
                condition=~Q(outcome=Outcome.APPROVED) | Q(effective_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a no has a date to look again",
                condition=Q(outcome__in=[Outcome.APPROVED, Outcome.APPROVED_NO_SEAT])
                | Q(look_again_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Decision on case {self.case_id}"


class DecisionReason(models.Model):
    """An expectation that is not met yet, and what evidence is wanted."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reasons")
    expectation = models.ForeignKey(
        "ladders.Expectation", on_delete=models.PROTECT, related_name="+"
    )
    evidence_wanted = models.TextField()

    def __str__(self) -> str:
        return self.evidence_wanted[:80]
