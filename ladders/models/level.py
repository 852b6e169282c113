"""A level: one rung of a track, and the typed links between rungs."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ladders.level_names import LevelName
from ladders.models.ladder import LadderVersion
from ladders.models.sealed import sealed
from ladders.ways import Rung


class Track(models.Model):
    """A way up a ladder: shared below the branch, then staff or manager."""

    class Kind(models.TextChoices):
        SHARED = "shared", "Shared track"
        STAFF = "staff", "Staff track"
        MANAGER = "manager", "Manager track"
        OTHER = "other", "Own track"

    version = models.ForeignKey(
        "ladders.LadderVersion", on_delete=models.CASCADE, related_name="tracks"
    )
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    order = models.PositiveIntegerField()
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("version", "key", name="a track id is unique in its version")
        ]
        triggers = sealed()

    def __str__(self) -> str:
        return self.name or self.key


class LevelQuerySet(models.QuerySet):
    """Which levels."""

    def for_display(self) -> Self:
        """Levels with what their name needs: track, grade, version and ladder."""
        return self.select_related("track", "grade", "version__ladder")

    def named(self, name: LevelName) -> Self:
        """The level of this name; without a number, of the version that its ladder shows."""
        version = LadderVersion.objects.named([(name.slug, name.number)]).values("pk")[:1]
        return self.for_display().filter(version=version, key=name.key)

    def to_choose_from(self) -> Self:
        """The levels of the version that each ladder shows, ladder by ladder, track by track."""
        shown = LadderVersion.objects.readable().one_per_ladder().values("pk")
        order = ("version__ladder__title", "version", "track__order", "order", "position")
        return self.for_display().filter(version__in=shown).order_by(*order)


class Level(models.Model):
    """One rung of one version. `key` is the same rung in every version of the ladder."""

    version = models.ForeignKey(
        "ladders.LadderVersion", on_delete=models.CASCADE, related_name="levels"
    )
    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="levels")
    grade = models.ForeignKey(
        "ladders.Grade",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="levels",
    )
    key = models.CharField(max_length=200)
    order = models.IntegerField(help_text="Height within the track, from below.")
    position = models.PositiveIntegerField(help_text="Place in the document.")
    code = models.CharField(max_length=50, blank=True)
    titles = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    summary = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    typical_months_min = models.PositiveSmallIntegerField(null=True, blank=True)
    typical_months_max = models.PositiveSmallIntegerField(null=True, blank=True)
    terminal = models.BooleanField(default=False)
    seat_limited = models.BooleanField(default=False)
    archetypes = models.JSONField(default=list, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    objects = LevelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("version", "key", name="a level id is unique in its version")
        ]
        triggers = sealed()

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name people use: the first title, else the code, else the key."""
        return next(iter(self.titles), "") or self.code or self.key

    @property
    def rung(self) -> Rung:
        """As plain values; the track is loaded with it by `for_display()`."""
        return Rung(self.key, self.track.key, self.track.kind, self.order)


class LevelLink(models.Model):
    """A typed link between two levels. Never derived from numbers."""

    class Type(models.TextChoices):
        EQUIVALENT = "equivalent", "is equivalent to"
        BRANCHES_TO = "branches_to", "branches to"
        REJOINS = "rejoins", "rejoins"
        PRECEDES = "precedes", "precedes"
        COMPARABLE = "comparable", "is comparable to"
        NOT_EQUIVALENT = "not_equivalent", "is not equivalent to"

    version = models.ForeignKey(
        "ladders.LadderVersion", on_delete=models.CASCADE, related_name="links"
    )
    from_level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="links_out")
    to_level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="links_in")
    type = models.CharField(max_length=32, choices=Type)
    position = models.PositiveIntegerField()
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a level is not linked to itself",
                condition=~Q(from_level=F("to_level")),
            )
        ]
        triggers = sealed()

    def __str__(self) -> str:
        return f"{self.from_level_id} {self.type} {self.to_level_id}"
