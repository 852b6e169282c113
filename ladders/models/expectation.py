"""What a level expects of a competency: pillars, competencies, expectations, statements."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ladders.models.sealed import sealed


class Pillar(models.Model):
    """A theme that groups competencies."""

    version = models.ForeignKey(
        "ladders.LadderVersion", on_delete=models.CASCADE, related_name="pillars"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    key = models.CharField(max_length=200)
    order = models.IntegerField(null=True, blank=True)
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("version", "key", name="a pillar id is unique in its version")
        ]
        triggers = sealed()

    def __str__(self) -> str:
        return self.name or self.key


class Competency(models.Model):
    """A thing that a level expects something of. `key` is stable across versions."""

    version = models.ForeignKey(
        "ladders.LadderVersion", on_delete=models.CASCADE, related_name="competencies"
    )
    pillar = models.ForeignKey(
        Pillar,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="competencies",
    )
    scale = models.ForeignKey(
        "ladders.Scale",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    key = models.CharField(max_length=200)
    order = models.IntegerField(null=True, blank=True)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    inherits = models.BooleanField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "competencies"
        constraints = [
            models.UniqueConstraint(
                "version", "key", name="a competency id is unique in its version"
            )
        ]
        triggers = sealed()

    def __str__(self) -> str:
        return self.name or self.key


class Expectation(models.Model):
    """What one competency is expected to look like, at one level or at several."""

    class State(models.TextChoices):
        STATED = "stated", "Stated"
        INHERITS = "inherits", "As the level below"
        NOT_APPLICABLE = "not_applicable", "Not expected"
        UNDEFINED = "undefined", "Not defined"

    version = models.ForeignKey(
        "ladders.LadderVersion", on_delete=models.CASCADE, related_name="expectations"
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.CASCADE, related_name="expectations"
    )
    levels = models.ManyToManyField(
        "ladders.Level", through="ladders.Standing", related_name="expectations"
    )
    selector = models.JSONField(
        null=True, blank=True, help_text="How the document names the levels."
    )
    proficiency = models.ForeignKey(
        "ladders.ScaleStep",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    key = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField()
    requirement = models.CharField(max_length=32, blank=True)
    summary = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.STATED)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        triggers = sealed()

    def __str__(self) -> str:
        return self.key or str(self.pk)


class Standing(models.Model):
    """An expectation is shown at a level."""

    expectation = models.ForeignKey(Expectation, on_delete=models.CASCADE)
    level = models.ForeignKey("ladders.Level", on_delete=models.CASCADE)

    class Meta:
        db_table = "ladders_expectation_levels"
        unique_together = [("expectation", "level")]
        triggers = sealed("expectation")

    def __str__(self) -> str:
        return f"{self.expectation_id} at {self.level_id}"


class Statement(models.Model):
    """One observable sentence of an expectation."""

    expectation = models.ForeignKey(
        Expectation, on_delete=models.CASCADE, related_name="statements"
    )
    key = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    counter = models.TextField(blank=True)
    examples = ArrayField(models.TextField(), default=list, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        triggers = sealed("expectation")

    def __str__(self) -> str:
        return self.text[:80]
