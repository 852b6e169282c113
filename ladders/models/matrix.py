"""A whole version in one query: every part of it as JSON, put together by the database."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from ladders.models.expectation import Competency, Expectation, Pillar, Statement
from ladders.models.ladder import LadderVersion
from ladders.models.level import Level, LevelLink, Track
from ladders.models.placement import Placement
from ladders.models.proficiency import ProficiencyStatement, ScaleStep


def whole(versions: QuerySet[LadderVersion], person: Any) -> QuerySet[LadderVersion]:
    """`versions` with all their parts as plain data, and where `person` stands on them."""
    return versions.select_related("ladder").annotate(
        tracks_said=_of(Track, "order", _TRACK),
        levels_said=_of(Level, "position", _LEVEL),
        links_said=_of(LevelLink, "position", _LINK),
        pillars_said=_of(Pillar, "position", _PILLAR),
        competencies_said=_of(Competency, "position", _COMPETENCY),
        steps_said=_rows(ScaleStep, Q(scale__version=OuterRef("pk")), "position", _STEP),
        meanings_said=_of(ProficiencyStatement, "position", _MEANING),
        expectations_said=_of(Expectation, "position", _expectation()),
        versions_said=_versions(),
        stands_on=standing_on(person),
        draft_said=_draft(person),
        authors_said=ArraySubquery(_authors()),
    )


def _of(model: Any, order: str, shape: dict[str, Any]) -> ArraySubquery:
    return _rows(model, Q(version=OuterRef("pk")), order, shape)


def _rows(model: Any, which: Q, order: str, shape: dict[str, Any]) -> ArraySubquery:
    rows = model.objects.filter(which).order_by(order, "pk")
    return ArraySubquery(rows.values(row=JSONObject(**shape)))


def _plain(*names: str, **others: Any) -> dict[str, Any]:
    return {name: name for name in names} | others


_TRACK = _plain("key", "kind", "name", "description")
_LEVEL = _plain(
    *("key", "order", "code", "titles", "summary", "scope", "terminal", "seat_limited"),
    id="pk",
    archetypes="archetypes",
    track="track__key",
    kind="track__kind",
    rank="grade__rank",
    grade="grade__name",
    months_min="typical_months_min",
    months_max="typical_months_max",
)
_LINK = {"from": "from_level__key", "to": "to_level__key", "type": "type"}
_PILLAR = _plain("key", "name", "description", parent="parent__key")
_COMPETENCY = _plain("key", "name", "description", "kind", pillar="pillar__key", scale="scale__key")
_STEP = _plain("key", "rank", "name", "description", scale="scale__key")
_MEANING = _plain("summary", "statements", competency="competency__key", step="step__key")
_STATEMENT = _plain("key", "kind", "text", "counter", "examples")


def _expectation() -> dict[str, Any]:
    through = Expectation.levels.through.objects.filter(expectation=OuterRef("pk"))
    return _plain(
        *("key", "state", "requirement", "summary"),
        id="pk",
        competency="competency__key",
        step="proficiency__key",
    ) | {
        "levels": ArraySubquery(through.order_by("level__position").values("level__key")),
        "statements": _rows(Statement, Q(expectation=OuterRef("pk")), "position", _STATEMENT),
    }


def _versions() -> ArraySubquery:
    """All readable versions of the same ladder, newest first."""
    rows = LadderVersion.objects.readable().filter(ladder=OuterRef("ladder")).newest_first()
    shape = _plain("number", "state", published_at=Cast("published_at", TextField()))
    return ArraySubquery(rows.values(row=JSONObject(**shape)))


def _authors() -> QuerySet:
    """Ids of who wrote in it: policies ask for them."""
    through = LadderVersion.authors.through.objects.filter(ladderversion=OuterRef("pk"))
    return through.values("person")


def _draft(person: Any) -> Subquery:
    """The text in the making of the same ladder, for those who may see it."""
    drafts = LadderVersion.objects.visible_to(person or AnonymousUser()).unpublished()
    mine = drafts.filter(ladder=OuterRef("ladder"), number__startswith="draft-")
    return Subquery(mine.values(row=JSONObject(number="number", state="state"))[:1])


def standing_on(person: Any) -> Subquery:
    """The key of the level where `person` stands on the ladder of a version."""
    standing = Placement.objects.as_of(timezone.localdate()).filter(person=person)
    here = standing.filter(level__version__ladder=OuterRef("ladder"))
    return Subquery(here.values("level__key")[:1])
