"""A panel, its seats, and the sealed ballots of those who sit on it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Panel(models.Model):
    """The people who review one case. A second panel dissolves the first; its rows stay."""

    class Result(models.TextChoices):
        PROMOTE = "promote", "Ready for the level"
        NOT_YET = "not_yet", "Not yet"
        SPLIT = "split", "Split"

    case = models.ForeignKey(
        "assessments.PromotionCase", on_delete=models.PROTECT, related_name="panels"
    )
    preread_until = models.DateField()
    round = models.PositiveSmallIntegerField(default=1)
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=16, choices=Result, blank=True)
    composition_note = models.TextField(blank=True, help_text="Why the usual rules gave way.")
    named_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)
    dissolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case",
                name="a case has one standing panel",
                condition=Q(dissolved_at=None),
            ),
            models.CheckConstraint(
                name="a panel votes once or twice",
                condition=Q(round__gte=1, round__lte=2),
            ),
        ]

    def __str__(self) -> str:
        return f"Panel of case {self.case_id}"


class Seat(models.Model):
    """One person on one panel: a voter or an alternate, perhaps recused."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="seats")
    chair = models.BooleanField(default=False)
    alternate = models.BooleanField(default=False)
    conflict = models.TextField(blank=True, help_text="Declared, until the chair has ruled.")
    conflict_declared_at = models.DateTimeField(null=True, blank=True)
    ruled_at = models.DateTimeField(null=True, blank=True)
    recused_at = models.DateTimeField(null=True, blank=True)
    recused_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("panel", "person", name="a person sits once on a panel"),
            models.UniqueConstraint("panel", name="a panel has one chair", condition=Q(chair=True)),
        ]

    def __str__(self) -> str:
        return f"Seat of {self.person_id}"


class Ballot(models.Model):
    """One vote of one seat in one round. Sealed until the ballot closes."""

    class Vote(models.TextChoices):
        YES = "yes", "Yes"
        NOT_YET = "not_yet", "Not yet"
        ABSTAIN = "abstain", "Abstain"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField()
    vote = models.CharField(max_length=16, choices=Vote)
    reason = models.TextField(blank=True)
    cast_at = models.DateTimeField(default=timezone.now)
    void_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("seat", "round", name="a seat votes once in a round"),
            models.CheckConstraint(
                name="who abstains says why",
                condition=~Q(vote="abstain") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Ballot {self.pk}"
