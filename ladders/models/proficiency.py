"""Scales of proficiency, for ladders that describe a competency by steps."""

from django.db import models

from ladders.models.sealed import sealed


class Scale(models.Model):
    """An ordered set of steps."""

    version = models.ForeignKey(
        "ladders.LadderVersion", on_delete=models.CASCADE, related_name="scales"
    )
    key = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("version", "key", name="a scale id is unique in its version")
        ]
        triggers = sealed()

    def __str__(self) -> str:
        return self.key


class ScaleStep(models.Model):
    """One step of a scale."""

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=200)
    rank = models.IntegerField(null=True, blank=True)
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("scale", "key", name="a step id is unique in its scale")
        ]
        triggers = sealed("scale")

    def __str__(self) -> str:
        return self.name or self.key


class ProficiencyStatement(models.Model):
    """What a competency looks like at one step of its scale."""

    version = models.ForeignKey(
        "ladders.LadderVersion",
        on_delete=models.CASCADE,
        related_name="proficiency_statements",
    )
    competency = models.ForeignKey(
        "ladders.Competency",
        on_delete=models.CASCADE,
        related_name="proficiency_statements",
    )
    step = models.ForeignKey(ScaleStep, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    summary = models.TextField(blank=True)
    statements = models.JSONField(default=list, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        triggers = sealed()

    def __str__(self) -> str:
        return f"{self.competency_id} at {self.step_id}"
