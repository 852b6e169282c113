"""A review cycle, its dated phases, and who takes part."""

from __future__ import annotations

import datetime
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Count, F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from assessments import freezes
from people.models import Event, Person, Role


class CycleQuerySet(models.QuerySet):
    """Which cycles."""

    def running(self) -> Self:
        """Announced and not closed."""
        return self.filter(state=Cycle.State.ANNOUNCED)

    def visible_to(self, person: Person) -> Self:
        """Everybody may know of a cycle once it is announced; drafts are HR's."""
        if person.has_role(Role.HR):
            return self
        return self.exclude(state=Cycle.State.DRAFT)

    def for_display(self) -> Self:
        """Cycles with team and phases, in two queries."""
        return self.select_related("team").prefetch_related("phases")

    def with_progress(self) -> Self:
        """Annotate `population`, and `extensions`: later dates that phases got, newest first."""
        told = Event.objects.filter(
            verb="cycle.extend", subject_kind="cycle", subject_id=OuterRef("pk")
        )
        words = {name: F(f"data__{name}") for name in ("phase", "due_on", "reason")}
        shown = JSONObject(at="at", by="actor__name", **words)
        return self.annotate(
            population=Count("participations"),
            extensions=ArraySubquery(told.order_by("-at", "-id").values(shown=shown)),
        )


class Cycle(models.Model):
    """A round of cases that are decided together."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ANNOUNCED = "announced", "Running"
        CLOSED = "closed", "Closed"

    name = models.CharField(max_length=100, unique=True)
    period = DateRangeField(help_text="The time under review.")
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    team = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    announced_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a cycle reviews at least a day",
                condition=Q(period__isempty=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def freeze(self) -> freezes.Window | None:
        """The days on which no major version of a ladder takes effect; its phases are loaded."""
        return freezes.window(
            freezes.Phase(phase.kind, phase.opens_on, phase.grace_until)
            for phase in self.phases.all()
        )


class Phase(models.Model):
    """One dated step of a cycle: it opens, it is due, and grace ends."""

    class Kind(models.TextChoices):
        NOMINATIONS = "nominations", "Nominations"
        ENDORSEMENT = "endorsement", "Endorsement"
        PANEL_REVIEW = "panel_review", "Panel review"
        DECISIONS = "decisions", "Decisions"
        COMMUNICATION = "communication", "Communication"

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=24, choices=Kind)
    opens_on = models.DateField()
    due_on = models.DateField()
    grace_until = models.DateField()

    class Meta:
        ordering = ["opens_on", "id"]
        constraints = [
            models.UniqueConstraint("cycle", "kind", name="a cycle has each phase once"),
            models.CheckConstraint(
                name="a phase opens before it is due and is due before grace ends",
                condition=Q(opens_on__lte=F("due_on"), due_on__lte=F("grace_until")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def is_open(self, on: datetime.date) -> bool:
        """True from the opening day until grace ends."""
        return self.opens_on <= on <= self.grace_until


class Participation(models.Model):
    """One person in one cycle, with manager, team and pinned level as they were announced."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey("people.Team", null=True, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(
        "ladders.Level", null=True, on_delete=models.PROTECT, related_name="+"
    )
    pinned_version = models.ForeignKey(
        "ladders.LadderVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("cycle", "person", name="a person takes part once in a cycle")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.cycle_id}"
