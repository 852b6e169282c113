"""A procedure: the policy that sets what a case to a ladder's grade has to go through."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from assessments.states import Preset
from ladders.models import Level, Track


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    """Which procedure."""

    def for_level(self, level: Level) -> Procedure:
        """The ladder's own procedure for the grade, else the preset for the kind of track."""
        own = Q(ladder=level.version.ladder_id) & Q(grade=level.grade_id)
        return fitting(level, self.filter(own | Q(ladder=None)))


class Procedure(models.Model):
    """Numbers and switches. The two rows without a ladder are the presets."""

    ladder = models.ForeignKey(
        "ladders.Ladder",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="procedures",
    )
    grade = models.ForeignKey(
        "ladders.Grade",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    preset = models.CharField(max_length=16, choices=Preset)
    self_nomination = models.BooleanField(default=False)
    minimum_evidence = models.PositiveSmallIntegerField(default=3)
    minimum_feedback = models.PositiveSmallIntegerField(default=2)
    outside_feedback = models.PositiveSmallIntegerField(
        default=1, help_text="Authors from outside the team."
    )
    usual_months = models.PositiveSmallIntegerField(
        default=12, help_text="Months in level; used where the level says none."
    )
    endorsement = models.BooleanField(default=True)
    panel_size = models.PositiveSmallIntegerField(default=3)
    preread_days = models.PositiveSmallIntegerField(default=3)
    approver = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    days_to_communicate = models.PositiveSmallIntegerField(default=7)
    days_to_appeal = models.PositiveSmallIntegerField(default=14)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "ladder", "grade", name="a ladder has one procedure for a grade"
            ),
            models.UniqueConstraint(
                "preset", name="a preset is described once", condition=Q(ladder=None)
            ),
            models.CheckConstraint(
                name="a panel has three to seven voters",
                condition=Q(panel_size__gte=3, panel_size__lte=7),
            ),
        ]

    def __str__(self) -> str:
        return self.get_preset_display()


def fitting(level: Level, procedures: Iterable[Procedure]) -> Procedure:
    """Of some procedures the one for a level: the ladder's own for the grade, else the preset."""
    rows = list(procedures)
    here = (level.version.ladder_id, level.grade_id)
    preset = Preset.LIGHTWEIGHT if level.track.kind == Track.Kind.SHARED else Preset.COMMITTEE
    own = (row for row in rows if (row.ladder_id, row.grade_id) == here)
    usual = (row for row in rows if row.ladder_id is None and row.preset == preset)
    return next(own, None) or next(usual)
