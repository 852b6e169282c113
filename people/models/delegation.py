"""A delegation: for some days somebody does tasks of somebody else, in that person's name."""

from __future__ import annotations

import datetime
from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from people import states
from people.models.person import Person, still_here
from people.models.temporal import never_emptied
from people.states import DelegationState

LONGEST = 90  # days


class Kind(models.TextChoices):
    """What can be handed over. Votes, appeals and one's own case cannot."""

    SUBMIT = "submit", "Write and submit cases"
    ENDORSE = "endorse", "Endorse cases"
    DECIDE = "decide", "Decide cases"
    COMMUNICATE = "communicate", "Tell candidates the outcome"


class DelegationQuerySet(models.QuerySet):
    """Which delegations."""

    def for_display(self) -> Self:
        """With the names of both sides, the unit, and who ended it."""
        return self.select_related("delegator", "delegate", "team", "ended_by")

    def visible_to(self, person: Person) -> Self:
        """One's own, given and taken; HR sees all."""
        if person.has_role("hr"):
            return self
        return self.filter(Q(delegator=person) | Q(delegate=person))

    def in_force(self, on: datetime.date | None = None) -> Self:
        """Accepted ones whose days hold `on` (today without it), while both sides work here."""
        on = on or timezone.localdate()
        return self.filter(
            still_here("delegator__"),
            still_here("delegate__"),
            state=DelegationState.ACCEPTED,
            days__contains=on,
        )


class Delegation(models.Model):
    """Who stands in for whom, in which tasks and on which days; `team` narrows it to a unit."""

    State = DelegationState
    Kind = Kind

    delegator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handed_over")
    delegate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="taken_over")
    kinds = ArrayField(models.CharField(max_length=16, choices=Kind))
    days = DateRangeField(help_text="From the first day, up to but not including the last.")
    team = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody stands in for themselves",
                condition=~Q(delegate=F("delegator")),
            ),
            models.CheckConstraint(
                name="a delegation names at least one kind of task",
                condition=~Q(kinds=[]) & Q(kinds__contained_by=[*Kind.values]),
            ),
            models.CheckConstraint(
                name=f"a delegation covers 1 to {LONGEST} days",
                condition=Q(
                    days__isempty=False,
                    days__startswith__isnull=False,
                    days__endswith__isnull=False,
                    days__endswith__lte=F("days__startswith") + datetime.timedelta(LONGEST),
                ),
            ),
            *(
                ExclusionConstraint(
                    name=f"one person at a time stands in to {kind}",
                    expressions=[
                        (
                            Func(
                                F("delegator"),
                                F("delegator"),
                                Value("[]"),
                                function="int8range",
                            ),
                            RangeOperators.OVERLAPS,
                        ),
                        ("days", RangeOperators.OVERLAPS),
                    ],
                    condition=Q(state__in=states.STANDING, kinds__contains=[kind]),
                )
                for kind in Kind.values
            ),
        ]
        indexes = [
            models.Index("delegate", name="delegate", condition=Q(state="accepted")),
        ]
        triggers = [
            pgtrigger.Protect(name="delegations_stay", operation=pgtrigger.Delete),
            pgtrigger.FSM(
                name="life_of_a_delegation",
                field="state",
                transitions=states.edges(states.DELEGATION_MOVES),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.delegate_id} for {self.delegator_id}"

    @property
    def first_on(self) -> datetime.date:
        """The first day."""
        return self.days.lower

    @property
    def last_on(self) -> datetime.date:
        """The last day."""
        return self.days.upper - datetime.timedelta(days=1)
