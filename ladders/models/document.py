"""A version of a ladder as a `career-ladder/1` document: the same data that was imported."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from ladders.formats import packing, rows
from ladders.formats.documents import SCHEMA
from ladders.models.ladder import LadderVersion
from ladders.models.written import parts

Rows = list[dict[str, Any]]


def document(version: LadderVersion) -> dict[str, Any]:
    """The whole document, rebuilt from rows: in one query, in none after `written`."""
    extra = version.extra.get("document", {})
    found = parts(version)
    sections = {
        "tracks": [_full(rows.track(row), row) for row in found["tracks"]],
        "levels": _levels(found["levels"], packing.unpack(extra.get("grades"))),
        "level_links": [
            _full(rows.link(row, row.from_key, row.to_key), row) for row in found["links"]
        ],
        "proficiency_scales": [_scale(row) for row in found["scales"]],
        "pillars": [_full(rows.pillar(row, row.parent), row) for row in found["pillars"]],
        "competencies": [
            _full(rows.competency(row, row.pillar, row.scale), row) for row in found["competencies"]
        ],
        "proficiency_statements": [_meaning(row) for row in found["meanings"]],
        "expectations": [_expectation(row) for row in found["expectations"]],
    }
    head = rows.framework(version, version.ladder.slug)
    core = {"schema": SCHEMA, "framework": None, **rows.given(**sections)}
    whole = packing.restored(core, extra)
    whole["framework"] = rows.in_order(packing.restored(head, version.extra.get("framework", {})))
    return dict(sorted(whole.items(), key=lambda item: _place(item[0])))


def _place(section: str) -> int:
    known = section in rows.SECTIONS
    return rows.SECTIONS.index(section) if known else len(rows.SECTIONS)


def _full(core: dict[str, Any], row: Any) -> dict[str, Any]:
    return rows.in_order(packing.restored(core, row.extra))


def _levels(found: Iterable[SimpleNamespace], grades: Any) -> Rows:
    ids = {grade["rank"]: str(grade["id"]) for grade in grades or []}
    return [_full(_level(row, ids), row) for row in found]


def _level(row: SimpleNamespace, ids: dict[int, str]) -> dict[str, Any]:
    core = rows.level(row, row.track, ids.get(row.rank))
    return core | rows.given(archetypes=packing.unpack(row.archetypes))


def _scale(row: SimpleNamespace) -> dict[str, Any]:
    return _full(rows.scale(row, [_full(rows.step(step), step) for step in _each(row.steps)]), row)


def _meaning(row: SimpleNamespace) -> dict[str, Any]:
    said = packing.unpack(row.statements)
    return _full(rows.proficiency_statement(row, row.competency, row.step, said), row)


def _expectation(row: SimpleNamespace) -> dict[str, Any]:
    statements = [_full(rows.statement(said), said) for said in _each(row.statements)]
    levels = row.standing if row.selector is None else packing.unpack(row.selector)
    core = rows.expectation(row, row.competency, levels, row.step, statements)
    return _full(core, row)


def _each(found: Iterable[dict[str, Any]]) -> list[SimpleNamespace]:
    return [SimpleNamespace(**row) for row in found]
