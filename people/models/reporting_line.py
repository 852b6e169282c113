"""A reporting line: who somebody reports to and in which team, from when to when."""

from django.db import models
from django.db.models import F, Q

from people.models.temporal import (
    Temporal,
    TemporalQuerySet,
    never_rewritten,
    one_at_a_time,
)


class ReportingLine(Temporal):
    """One person's manager and team over a period. A person without a manager is at the top."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="lines")
    manager = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
    )
    team = models.ForeignKey(
        "people.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lines",
    )

    objects = TemporalQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("a person has one reporting line at a time"),
            models.CheckConstraint(
                name="nobody manages themselves",
                condition=Q(manager__isnull=True) | ~Q(manager=F("person")),
            ),
            models.CheckConstraint(
                name="a reporting line covers at least a day",
                condition=Q(valid__isempty=False),
            ),
        ]
        indexes = [
            models.Index(
                "manager",
                "person",
                name="standing_reports",
                condition=Q(superseded_at=None),
            ),
            models.Index("team", "person", name="standing_team", condition=Q(superseded_at=None)),
        ]
        triggers = never_rewritten(except_for=["superseded_at"])

    def __str__(self) -> str:
        return f"{self.person_id} reports to {self.manager_id}"
