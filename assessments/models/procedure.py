"""A procedure: the policy that sets what a case to a ladder's grade has to go through."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from assessments.states import Preset
from ladders.models import Level, Track


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    """Which procedure."""

    def for_level(self, level: Level) -> Procedure:
        """The ladder's own procedure for the grade, else the preset for the kind of track."""
        own = Q(ladder=level.version.ladder_id) & Q(grade=level.grade_id)
        shared = level.track.kind == Track.Kind.SHARED
        preset = Preset.LIGHTWEIGHT if shared else Preset.COMMITTEE
        default = Q(ladder=None, grade=None, preset=preset)
        return self.filter(own | default).order_by(models.F("ladder").asc(nulls_last=True))[0]


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
