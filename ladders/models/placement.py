"""A placement: a person stands on a level from a date."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ladders.standing import Stand
from ladders.stints import Spell
from people.models import Person, ReportingLine, Role
from people.models.temporal import (
    Temporal,
    TemporalQuerySet,
    never_rewritten,
    one_at_a_time,
)


class PlacementQuerySet(TemporalQuerySet):
    """Which placements."""

    def for_display(self) -> Self:
        """Placements with the names of their level, track, grade and ladder."""
        return self.select_related("level__track", "level__grade", "level__version__ladder")

    def visible_to(self, person: Person) -> Self:
        """Own placements, those of one's reports and their reports, one's unit; HR sees all."""
        if person.has_role(Role.HR):
            return self
        lines = ReportingLine.objects.as_of(timezone.localdate())
        mine = lines.filter(manager=person).values("person")
        shown = Q(person=person) | Q(person__in=mine)
        shown |= Q(person__in=lines.filter(manager__in=mine).values("person"))
        if person.has_role(Role.HR_PARTNER) and person.partner_team:
            unit = lines.filter(team__path__startswith=person.partner_team.path)
            shown |= Q(Exists(unit.filter(person=OuterRef("person"))))
        return self.filter(shown)


class Placement(Temporal):
    """Where somebody stood, and why they came to stand there."""

    class Kind(models.TextChoices):
        HIRE = "hire", "Hired"
        PROMOTION = "promotion", "Promotion"
        TRACK_MOVE = "track_move", "Change of track"
        TRIAL = "trial", "Trial"
        RETURN = "return", "Return"
        RELEVEL = "relevel", "Relevel"
        CORRECTION = "correction", "Correction"
        IMPORT = "import", "Import"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="placements")
    level = models.ForeignKey("ladders.Level", on_delete=models.PROTECT, related_name="placements")
    archetype = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=16, choices=Kind)
    credited = models.BooleanField(
        default=False,
        db_default=False,
        help_text="After coming back: HR lets earlier time on this rung count.",
    )
    relevel = models.ForeignKey(
        "ladders.Relevel",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placements",
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("a person stands on one level at a time"),
            models.CheckConstraint(
                name="a placement covers at least a day",
                condition=Q(valid__isempty=False),
            ),
        ]
        indexes = [
            models.Index(
                "level",
                "person",
                name="standing_level",
                condition=Q(superseded_at=None),
            )
        ]
        triggers = never_rewritten(except_for=["superseded_at"])

    def __str__(self) -> str:
        return f"{self.person_id} on {self.level_id}"

    @property
    def stand(self) -> Stand:
        """As plain values; the level's version is loaded with it by `for_display()`."""
        rung = (self.level.version.ladder_id, self.level.key)
        return Stand(rung, self.kind, self.since, self.until, self.credited)

    @property
    def spell(self) -> Spell:
        """As far as experience goes; its track is loaded with it by `for_display()`."""
        return Spell(self.level.track.kind, self.level.title, self.since, self.until)
