"""A version of a ladder as a `career-ladder/1` document: the same data that was imported."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from ladders.formats import packing, rows
from ladders.formats.documents import SCHEMA
from ladders.models.expectation import Competency, Expectation, Pillar, Statement
from ladders.models.ladder import LadderVersion
from ladders.models.level import Level, LevelLink, Track
from ladders.models.proficiency import ProficiencyStatement, Scale, ScaleStep

Rows = list[dict[str, Any]]


def document(version: LadderVersion) -> dict[str, Any]:
    """The whole document, rebuilt from rows; a dozen queries whatever its size."""
    extra = version.extra.get("document", {})
    sections = {
        "tracks": [_full(rows.track(row), row) for row in _of(Track, version, "order")],
        "levels": _levels(version, packing.unpack(extra.get("grades"))),
        "level_links": _links(version),
        "proficiency_scales": _scales(version),
        "pillars": _pillars(version),
        "competencies": _competencies(version),
        "proficiency_statements": _proficiency_statements(version),
        "expectations": _expectations(version),
    }
    head = rows.framework(version, version.ladder.slug)
    core = {"schema": SCHEMA, "framework": None, **rows.given(**sections)}
    whole = packing.restored(core, extra)
    whole["framework"] = rows.in_order(packing.restored(head, version.extra.get("framework", {})))
    return dict(sorted(whole.items(), key=lambda item: _place(item[0])))


def _place(section: str) -> int:
    known = section in rows.SECTIONS
    return rows.SECTIONS.index(section) if known else len(rows.SECTIONS)


def _of(model: Any, version: LadderVersion, order: str = "position") -> Any:
    return model.objects.filter(version=version).order_by(order, "pk")


def _full(core: dict[str, Any], row: Any) -> dict[str, Any]:
    return rows.in_order(packing.restored(core, row.extra))


def _levels(version: LadderVersion, grades: Any) -> Rows:
    ids = {grade["rank"]: str(grade["id"]) for grade in grades or []}
    found = _of(Level, version).select_related("track", "grade")
    return [_full(_level(row, ids), row) for row in found]


def _level(row: Level, ids: dict[int, str]) -> dict[str, Any]:
    core = rows.level(row, row.track.key, ids.get(row.grade.rank) if row.grade else None)
    return core | rows.given(archetypes=packing.unpack(row.archetypes))


def _links(version: LadderVersion) -> Rows:
    found = _of(LevelLink, version).select_related("from_level", "to_level")
    return [_full(rows.link(row, row.from_level.key, row.to_level.key), row) for row in found]


def _scales(version: LadderVersion) -> Rows:
    steps = ScaleStep.objects.filter(scale=OuterRef("pk")).order_by("position")
    shape = {name: name for name in ("key", "rank", "name", "description", "extra")}
    inside = ArraySubquery(steps.values(row=JSONObject(**shape)))
    found = _of(Scale, version)
    return [_full(_scale(row), row) for row in found.annotate(inside=inside)]


def _scale(row: Any) -> dict[str, Any]:
    return rows.scale(row, [_step(SimpleNamespace(**step)) for step in row.inside])


def _step(row: SimpleNamespace) -> dict[str, Any]:
    return _full(rows.step(row), row)


def _pillars(version: LadderVersion) -> Rows:
    found = _of(Pillar, version).select_related("parent")
    return [_full(rows.pillar(row, row.parent.key if row.parent else None), row) for row in found]


def _competencies(version: LadderVersion) -> Rows:
    found = _of(Competency, version).select_related("pillar", "scale")
    return [_full(rows.competency(row, _key(row.pillar), _key(row.scale)), row) for row in found]


def _proficiency_statements(version: LadderVersion) -> Rows:
    found = _of(ProficiencyStatement, version).select_related("competency", "step")
    return [
        _full(
            rows.proficiency_statement(
                row, row.competency.key, row.step.key, packing.unpack(row.statements)
            ),
            row,
        )
        for row in found
    ]


def _expectations(version: LadderVersion) -> Rows:
    statements = defaultdict(list)
    said = Statement.objects.filter(expectation__version=version).order_by("position")
    for row in said:
        statements[row.expectation_id].append(_full(rows.statement(row), row))
    through = Expectation.levels.through.objects.filter(expectation=OuterRef("pk"))
    standing = ArraySubquery(through.order_by("level__position").values("level__key"))
    found = _of(Expectation, version).select_related("competency", "proficiency")
    return [
        _full(_expectation(row, row.standing, statements[row.pk]), row)
        for row in found.annotate(standing=standing)
    ]


def _expectation(row: Expectation, standing: list[str], statements: Rows) -> dict[str, Any]:
    levels = standing if row.selector is None else packing.unpack(row.selector)
    return rows.expectation(row, row.competency.key, levels, _key(row.proficiency), statements)


def _key(row: Any) -> str | None:
    return row.key if row else None
