"""A promotion case: one candidate, one target level, one frozen packet, one outcome."""

from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q
from django.utils import timezone

from assessments import states
from assessments.models.around import around, handed_over_to, led_by
from assessments.states import Outcome, State
from people.models import Person, ReportingLine, Role
from people.models.wide import WideRows

_LEVEL = (
    *("key", "code", "titles", "terminal", "track__kind", "track__name", "grade__rank"),
    *("grade__name", "version__number", "version__ladder__slug"),
)
IN_ROWS = (
    *("state", "outcome", "effective_on", "approver", "opened_at", "active_at", "submitted_at"),
    *("frozen_at", "decided_at", "communicated_at", "ended_at"),
    *("candidate__name", "owner__name", "cycle__name", "procedure__preset"),
    *(f"from_level__{name}" for name in _LEVEL),
    *(f"target_level__{name}" for name in _LEVEL),
    *("pinned_version__number", "pinned_version__state", "pinned_version__title"),
    "pinned_version__ladder__slug",
)
"""What a list reads; the long texts and the rules of levels stay in the database."""


class PromotionCaseQuerySet(WideRows):
    """Which cases."""

    def open(self) -> Self:
        """Cases that have not ended."""
        return self.filter(state__in=states.OPEN)

    def reviewed_by(self, person: Person) -> Self:
        """Cases on whose standing panel `person` sits."""
        from assessments.models.panel import Seat

        seats = Seat.objects.filter(person=person, recused_at=None, panel__dissolved_at=None)
        return self.filter(pk__in=seats.values("panel__case"))

    def with_relations(self) -> Self:
        """Annotate who stands around each case today: what policies and sight go by."""
        return self.annotate(around_today=around())

    def for_moves(self) -> Self:
        """Cases with what policies go by, in three queries; a move reads what else it needs."""
        from assessments.models.handover import Handover
        from assessments.models.panel import Panel, Seat

        seats = Prefetch("seats", queryset=Seat.objects.select_related("person").order_by("pk"))
        panels = Panel.objects.filter(dissolved_at=None).prefetch_related(seats)
        former = Handover.objects.filter(case=OuterRef("pk")).values("former")
        return (
            self.with_relations()
            .annotate(_former_ids=ArraySubquery(former))
            .select_related("candidate", "owner", "approver", "procedure")
            .prefetch_related(Prefetch("panels", queryset=panels, to_attr="standing_panels"))
        )

    def for_display(self) -> Self:
        """Cases with names, levels, cycle and the people around them, in three queries."""
        return self.for_moves().select_related(
            "statement_by",
            "nominator",
            "cycle",
            "from_level__track",
            "from_level__grade",
            "from_level__version__ladder",
            "target_level__track",
            "target_level__grade",
            "target_level__version__ladder",
            "pinned_version__ladder",
        )

    def for_rows(self) -> Self:
        """Cases as lists show them, in three queries: of each table only the columns they name."""
        from assessments.models.panel import Panel, Seat

        seats = Prefetch("seats", queryset=Seat.objects.order_by("pk"))
        panels = Panel.objects.filter(dissolved_at=None).only("case").prefetch_related(seats)
        tables = {name.rpartition("__")[0] for name in IN_ROWS if "__" in name}
        return (
            self.with_relations()
            .select_related(*tables, "pinned_version__ladder")
            .only(*IN_ROWS)
            .prefetch_related(Prefetch("panels", queryset=panels, to_attr="standing_panels"))
        )

    def visible_to(self, person: Person) -> Self:
        """Cases that exist for `person`; the rule of assessments.visibility as one condition.

        Every clause is a set of ids, so that nothing is asked row by row and no row comes twice.
        """
        if person.has_role(Role.HR):
            return self.all()
        shown = Q(candidate=person) | Q(owner=person) | Q(candidate__in=led_by(person))
        shown |= Q(approver=person) & Q(state__in=states.APPROVER_SEES)
        shown |= Q(pk__in=PromotionCase.objects.reviewed_by(person).values("pk"))
        shown |= Q(pk__in=handed_over_to(person))
        if person.has_role(Role.HR_PARTNER) and person.partner_team:
            lines = ReportingLine.objects.as_of(timezone.localdate())
            unit = lines.filter(team__path__startswith=person.partner_team.path)
            shown |= Q(candidate__in=unit.values("person"))
        return self.filter(shown)


def _around(name: str) -> Any:
    """One thing that `with_relations` found around a case."""
    return property(lambda case: case.around_today[name])


class PromotionCase(models.Model):
    """The row every move locks. Its text lives in sections; what the panel reads is the packet."""

    candidate = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="owned_cases")
    nominator = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    from_level = models.ForeignKey(
        "ladders.Level",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    target_level = models.ForeignKey("ladders.Level", on_delete=models.PROTECT, related_name="+")
    pinned_version = models.ForeignKey(
        "ladders.LadderVersion", on_delete=models.PROTECT, related_name="+"
    )
    procedure = models.ForeignKey(
        "assessments.Procedure", on_delete=models.PROTECT, related_name="+"
    )
    cycle = models.ForeignKey(
        "assessments.Cycle",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    outcome = models.CharField(max_length=24, choices=Outcome, blank=True)
    self_nominated = models.BooleanField(default=False)
    statement = models.TextField(blank=True, help_text="The manager's statement.")
    statement_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    statement_at = models.DateTimeField(null=True, blank=True)
    own_section = models.TextField(blank=True, help_text="The candidate's own words.")
    level_reason = models.TextField(blank=True, help_text="Why not the next level of the track.")
    off_cycle_reason = models.TextField(blank=True)
    waiver_reason = models.TextField(blank=True, help_text="Why now, where a guideline is unmet.")
    freeze_note = models.TextField(blank=True)
    effective_on = models.DateField(null=True, blank=True)
    placement = models.OneToOneField(
        "ladders.Placement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case",
    )
    revision = models.PositiveIntegerField(default=0, help_text="Counts saves of the text.")
    own_revision = models.PositiveIntegerField(default=0, help_text="Of the candidate's own words.")
    opened_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    communicated_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    active_at = models.DateTimeField(default=timezone.now, help_text="Last sign of work on it.")

    _manager_id = _around("manager_id")
    _manager_name = _around("manager_name")
    _manager_here = _around("manager_here")  # the same, while they work here
    _unit_path = _around("unit_path")
    _unit_name = _around("unit_name")
    _skip_level_id = _around("skip_level_id")
    _skip_level_name = _around("skip_level_name")
    _stand_ins = _around("stand_ins")  # who does whose tasks
    acting_for_id: int | None = None  # whose task it is, while a delegate moves the case

    objects = PromotionCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "candidate",
                name="a person has one open case",
                condition=Q(state__in=sorted(states.OPEN)),
            ),
            models.CheckConstraint(
                name="nobody owns their own case", condition=~Q(owner=F("candidate"))
            ),
            models.CheckConstraint(
                name="a decided case has an outcome and no other has one",
                condition=Q(outcome="", decided_at=None) | ~Q(outcome="") & ~Q(decided_at=None),
            ),
            models.CheckConstraint(
                name="an effective case has its placement",
                condition=~Q(state=State.EFFECTIVE) | Q(placement__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody decides on their own case",
                condition=Q(approver=None) | ~Q(approver=F("candidate")),
            ),
        ]
        indexes = [
            models.Index(fields=["-active_at", "-id"], name="case_by_activity"),
            models.Index("owner", "state", name="case_owner"),
            models.Index("cycle", "state", name="case_cycle"),
        ]
        triggers = [
            pgtrigger.Protect(name="cases_stay", operation=pgtrigger.Delete),
            pgtrigger.FSM(name="life_of_a_case", field="state", transitions=states.edges()),
        ]

    def __str__(self) -> str:
        return f"Case {self.pk}"

    def version_for(self, person: Person) -> int:
        """Counts the saves of what `person` writes, so that nobody is held up by another's text."""
        return self.own_revision if person.pk == self.candidate_id else self.revision
