"""A team: a unit of the organisation; teams form a tree."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q


class TeamQuerySet(models.QuerySet):
    """Which teams."""

    def within(self, team: Team) -> Self:
        """The team and everything below it."""
        return self.filter(path__startswith=team.path)


class Team(models.Model):
    """A node of the tree. `path` lists the keys from the root, "/1/7/", kept by `teams` actions."""

    key = models.CharField(max_length=64, unique=True, help_text="As the HR system names it.")
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=900, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(OpClass("path", name="text_pattern_ops"), name="team_path")]
        constraints = [
            models.CheckConstraint(
                name="a team is not its own parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            )
        ]

    def __str__(self) -> str:
        return self.name
