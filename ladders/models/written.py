"""Versions with everything that their documents hold, each in one query, as plain rows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from ladders.models.expectation import Competency, Expectation, Pillar, Statement
from ladders.models.ladder import LadderVersion
from ladders.models.level import Level, LevelLink, Track
from ladders.models.proficiency import ProficiencyStatement, Scale, ScaleStep

Written = dict[str, list[SimpleNamespace]]


def written(versions: QuerySet[LadderVersion]) -> QuerySet[LadderVersion]:
    """`versions` with their ladder, and the rows of every part under `written_…`."""
    return versions.select_related("ladder").annotate(
        **{f"written_{name}": _of(model, order, shape) for name, model, order, shape in _parts()}
    )


def parts(version: LadderVersion) -> Written:
    """The rows of a version by part; asks once where `written` was not asked before."""
    if not hasattr(version, "written_tracks"):
        version = written(LadderVersion.objects.all()).get(pk=version.pk)
    names = [name for name, *_ in _parts()]
    return {
        name: [SimpleNamespace(**row) for row in getattr(version, f"written_{name}")]
        for name in names
    }


def _of(model: Any, order: str, shape: dict[str, Any]) -> ArraySubquery:
    return _rows(model, Q(version=OuterRef("pk")), order, shape)


def _rows(model: Any, which: Q, order: str, shape: dict[str, Any]) -> ArraySubquery:
    rows = model.objects.filter(which).order_by(order, "pk")
    return ArraySubquery(rows.values(row=JSONObject(**shape)))


def _plain(names: str, **others: Any) -> dict[str, Any]:
    return {name: name for name in names.split()} | {"extra": "extra"} | others


def _parts() -> tuple[tuple[str, Any, str, dict[str, Any]], ...]:
    """Each part: its name, its model, what orders it, and its fields."""
    return (
        ("tracks", Track, "order", _plain("key kind name description")),
        ("levels", Level, "position", _LEVEL),
        ("links", LevelLink, "position", _LINK),
        ("scales", Scale, "position", _plain("key", steps=_steps())),
        ("pillars", Pillar, "position", _PILLAR),
        ("competencies", Competency, "position", _COMPETENCY),
        ("meanings", ProficiencyStatement, "position", _MEANING),
        ("expectations", Expectation, "position", _EXPECTATION | _inside_expectations()),
    )


_LEVEL = _plain(
    "key order code titles summary scope typical_months_min typical_months_max terminal"
    " seat_limited archetypes",
    track="track__key",
    rank="grade__rank",
)
_LINK = _plain("type", from_key="from_level__key", to_key="to_level__key")
_PILLAR = _plain("key order name description", parent="parent__key")
_COMPETENCY = _plain(
    "key order kind name description inherits", pillar="pillar__key", scale="scale__key"
)
_MEANING = _plain("summary statements", competency="competency__key", step="step__key")
_EXPECTATION = _plain(
    "key selector requirement summary state",
    competency="competency__key",
    step="proficiency__key",
)


def _steps() -> ArraySubquery:
    which = Q(scale=OuterRef("pk"))
    return _rows(ScaleStep, which, "position", _plain("key rank name description"))


def _inside_expectations() -> dict[str, Any]:
    through = Expectation.levels.through.objects.filter(expectation=OuterRef("pk"))
    said = _plain("key kind text counter examples")
    return {
        "standing": ArraySubquery(through.order_by("level__position").values("level__key")),
        "statements": _rows(Statement, Q(expectation=OuterRef("pk")), "position", said),
    }
