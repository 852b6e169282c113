"""A move between the tracks: a change of job, often with a trial, never a promotion."""

from __future__ import annotations

import datetime
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Case, F, OuterRef, Prefetch, Q, Subquery, When
from django.utils import timezone

from assessments import track_move_states as states
from assessments.track_move_states import State
from ladders import ways
from people.models import Person, ReportingLine, Role
from people.models.wide import WideRows

USUAL = datetime.timedelta(weeks=13)
LONGEST = datetime.timedelta(weeks=26)
HOME = datetime.timedelta(days=90)
"""How long a trial lasts, at most with its extension, and how long after it the seat is kept."""


def _receives() -> Case:
    """Who receives an open move today: whoever led the receiving manager, once that one left."""
    lines = ReportingLine.objects.known_at().filter(
        person=OuterRef("receiving_manager"), valid__startswith__lte=timezone.localdate()
    )
    above = lines.exclude(manager=OuterRef("person")).order_by("-valid__startswith")
    gone = Q(state__in=states.OPEN, receiving_manager__left_on__lte=timezone.localdate())
    return Case(
        When(gone, then=Subquery(above.values("manager")[:1])),
        default=F("receiving_manager_id"),
        output_field=models.BigIntegerField(),
    )


class TrackMoveQuerySet(WideRows):
    """Which moves."""

    def open(self) -> Self:
        """Moves that have not ended."""
        return self.filter(state__in=states.OPEN)

    def for_display(self) -> Self:
        """Moves with names, levels, checkpoints and who leads the person today; two queries."""
        line = ReportingLine.objects.as_of(timezone.localdate()).filter(person=OuterRef("person"))
        levels = [
            f"{end}_level__{name}"
            for end in ("from", "to")
            for name in ("track", "grade", "version__ladder")
        ]
        rows = self.select_related("person", "receiving_manager", "mentor", *levels)
        receives = Person.objects.employed().filter(pk=OuterRef("_receives_id"))
        rows = rows.prefetch_related(
            Prefetch("checkpoints", queryset=Checkpoint.objects.order_by("on", "pk"))
        )
        return rows.annotate(_receives_id=_receives()).annotate(
            _receives_name=receives.values("name")[:1],
            _manager_id=line.values("manager")[:1],
            _manager_name=line.values("manager__name")[:1],
        )

    def visible_to(self, person: Person) -> Self:
        """One's own; the manager's what was shared; what was proposed also for HR and those named
        in it, a mentor only while it goes on; whoever led a receiving manager who left."""
        lines = ReportingLine.objects.as_of(timezone.localdate())
        led = Q(person__in=lines.filter(manager=person).values("person"), shared_at__isnull=False)
        named = Q(_receives=person.pk) | Q(mentor=person, state__in=states.AGREED)
        if person.has_role(Role.HR):
            named = Q()
        return self.alias(_receives=_receives()).filter(
            Q(person=person) | led | Q(proposed_at__isnull=False) & named
        )


class TrackMove(models.Model):
    """The row every step locks. Until `shared_at` it exists for its person alone."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="moves")
    from_level = models.ForeignKey("ladders.Level", on_delete=models.PROTECT, related_name="+")
    to_level = models.ForeignKey("ladders.Level", on_delete=models.PROTECT, related_name="+")
    how = models.CharField(
        max_length=8, choices=[(way, way) for way in (ways.BRANCH, ways.ACROSS, ways.BACK)]
    )
    state = models.CharField(max_length=16, choices=State, default=State.EXPLORING)
    note = models.TextField(blank=True, help_text="What the person thinks about it.")
    direct = models.BooleanField(default=False, help_text="Without a trial.")
    receiving_manager = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mentor = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="The first day after the trial.")
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="The person's yes to it.")
    received_at = models.DateTimeField(null=True, blank=True)
    stays_at = models.DateTimeField(null=True, blank=True, help_text="The yes to staying.")
    shared_at = models.DateTimeField(null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    placement = models.OneToOneField(
        "ladders.Placement", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    active_at = models.DateTimeField(default=timezone.now)

    objects = TrackMoveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person",
                name="a person has one open move",
                condition=Q(state__in=sorted(states.OPEN)),
            ),
            models.CheckConstraint(
                name="a trial ends after it begins and within 26 weeks",
                condition=Q(ends_on=None)
                | Q(ends_on__gt=F("starts_on"), ends_on__lte=F("starts_on") + LONGEST),
            ),
            models.CheckConstraint(
                name="a trial has a mentor besides the manager",
                condition=Q(mentor=None)
                | ~Q(mentor=F("person")) & ~Q(mentor=F("receiving_manager")),
            ),
            models.CheckConstraint(
                name="what others can see was shared",
                condition=Q(state__in=[State.EXPLORING, State.STOPPED]) | ~Q(shared_at=None),
            ),
        ]
        indexes = [models.Index("state", "starts_on", name="move_by_state")]
        triggers = [
            pgtrigger.Protect(name="moves_stay", operation=pgtrigger.Delete),
            pgtrigger.FSM(name="life_of_a_move", field="state", transitions=states.edges()),
        ]

    def __str__(self) -> str:
        return f"Move {self.pk}"

    @property
    def home_until(self) -> datetime.date | None:
        """Until when the seat at home is kept; None while no trial is planned, or for none."""
        end = self.ended_on if self.state == State.CONFIRMED else self.ends_on
        return end + HOME if end and not self.direct else None


class Checkpoint(models.Model):
    """A date within the trial at which both sides say how it is going."""

    move = models.ForeignKey(TrackMove, on_delete=models.PROTECT, related_name="checkpoints")
    on = models.DateField()
    own_text = models.TextField(blank=True)
    manager_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("move", "on", name="a move has one checkpoint a day")
        ]

    def __str__(self) -> str:
        return f"Checkpoint {self.pk}"
