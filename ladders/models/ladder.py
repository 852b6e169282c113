"""A ladder, its published texts, and the grades that make levels comparable."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Self

import pgtrigger
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Count, F, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from ladders import states
from ladders.states import ChangeClass, VersionState
from people.models import Person, Role
from people.models.temporal import never_emptied

WORK_ON_LADDERS = (Role.LADDER_EDITOR, Role.LADDER_PUBLISHER, Role.HR)


class Grade(models.Model):
    """A rank of the whole organisation; levels of equal grade stand at equal height."""

    rank = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.name


class Ladder(models.Model):
    """The levels and expectations of one job family, through all its versions."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    public = models.BooleanField(default=False, help_text="Everybody may read it, unnamed.")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.title


def _number_of(model: str) -> Coalesce:
    rows = apps.get_model("ladders", model).objects.filter(version=OuterRef("pk"))
    counted = rows.order_by().values("version").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


class LadderVersionQuerySet(models.QuerySet):
    """Which versions."""

    def readable(self) -> Self:
        """Versions every employee may read: published now, or published once."""
        return self.filter(state__in=sorted(states.READABLE))

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """What `person` may read: published texts, and drafts for those who work on ladders."""
        if person.is_authenticated and person.has_role(*WORK_ON_LADDERS):
            return self.all()
        return self.readable()

    def unpublished(self) -> Self:
        """Drafts, and what waits in review."""
        return self.filter(state__in=sorted(states.UNPUBLISHED))

    def public(self) -> Self:
        """Of those, the versions that anybody may read without signing in."""
        return self.readable().filter(ladder__public=True)

    def newest_first(self) -> Self:
        """The published version before archived ones, the youngest of those first."""
        archived = Case(When(state=VersionState.PUBLISHED, then=0), default=1)
        return self.order_by(archived, "-published_at", "-pk")

    def one_per_ladder(self) -> Self:
        """The version to show of each ladder: the published one, else the last archived one."""
        shown = LadderVersion.objects.readable().filter(ladder=OuterRef("ladder")).newest_first()
        return self.filter(pk=Subquery(shown.values("pk")[:1])).select_related("ladder")

    def named(self, names: Iterable[tuple[str, str]]) -> Self:
        """The versions that (slug, number) name, the one to show first; no number: that one."""
        shown = LadderVersion.objects.readable().filter(ladder=OuterRef("ladder")).newest_first()
        wanted = Q(pk=None)
        for slug, number in names:
            which = Q(number=number) if number else Q(pk=Subquery(shown.values("pk")[:1]))
            wanted |= Q(ladder__slug=slug) & which
        return self.filter(wanted).newest_first()

    def for_list(self) -> Self:
        """Annotate how many levels and competencies there are, and the kinds of tracks."""
        return self.annotate(
            level_count=_number_of("Level"),
            competency_count=_number_of("Competency"),
            kinds=ArraySubquery(
                apps.get_model("ladders", "Track")
                .objects.filter(version=OuterRef("pk"))
                .values("kind")
                .annotate(first=Min("order"))
                .order_by("first")
                .values("kind")
            ),
        )

    def for_moves(self) -> Self:
        """Versions with what policies and actions ask of them, in two queries."""
        people = ("sent_by", "approved_by", "scheduled_by")
        return self.select_related("ladder", "based_on", *people).prefetch_related("authors")

    def in_force(self, on: datetime.date | None = None) -> Self:
        """The published version of each ladder."""
        return self.filter(state=VersionState.PUBLISHED)


class LadderVersion(models.Model):
    """One text of a ladder, numbered MAJOR.MINOR.PATCH; immutable once published.

    Until then its number is “draft-1” and the like; publishing computes the real one.
    """

    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(max_length=32)
    state = models.CharField(
        max_length=16, choices=VersionState.choices, default=VersionState.DRAFT
    )
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    effective_from = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=16, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    cumulative = models.BooleanField(null=True, blank=True)
    null_tokens = ArrayField(models.TextField(), default=list, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical document.")
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0, help_text="Counts saves of a draft.")
    based_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    change_class = models.CharField(
        max_length=8,
        choices=ChangeClass,
        blank=True,
        help_text="Against the version before; blank on the first one.",
    )
    class_reason = models.TextField(blank=True, help_text="Why it is lower than computed.")
    authors = models.ManyToManyField("people.Person", related_name="+", blank=True)
    sent_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    scheduled_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = LadderVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("ladder", "number", name="a version number is used once"),
            models.UniqueConstraint(
                "ladder",
                name="a ladder has one published version",
                condition=Q(state=VersionState.PUBLISHED),
            ),
            models.UniqueConstraint(
                "ladder",
                name="a ladder has one text in the making",
                condition=Q(state__in=sorted(states.UNPUBLISHED), number__startswith="draft-"),
            ),
            models.CheckConstraint(
                name="what was sent by one person is approved by another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("sent_by")),
            ),
            models.CheckConstraint(
                name="publishing takes two people",
                condition=~Q(state__in=sorted(states.READABLE))
                | Q(sent_by=None)  # a file that a command brought in
                | Q(approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a text that people may read was published",
                condition=Q(published_at__isnull=False) | ~Q(state__in=sorted(states.READABLE)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="versions_stay", operation=pgtrigger.Delete),
            never_emptied(),
            pgtrigger.FSM(name="life_of_a_version", field="state", transitions=states.edges()),
            pgtrigger.Trigger(
                name="published_words_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.published_at IS NOT NULL AND"
                    " to_jsonb(OLD.*) - 'state' IS DISTINCT FROM to_jsonb(NEW.*) - 'state'"
                ),
                func="RAISE EXCEPTION 'A published version of a ladder never changes'"
                " USING ERRCODE = 'integrity_constraint_violation';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def author_ids(self) -> set[int]:
        """Who wrote in it; loaded with it by `for_moves()` and by `matrix.whole`."""
        said = getattr(self, "authors_said", None)
        return {person.pk for person in self.authors.all()} if said is None else set(said)
