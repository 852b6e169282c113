"""What the rows of a ladder say in the words of `career-ladder/1`, one function a kind of row.

Each takes a row (anything with its attributes) and the ids of what it points at, and answers the
core keys that the row holds; blank and absent things are left out. What else the file said stands
in the row's `extra` (`packing.kept`, `packing.restored`).
"""

from __future__ import annotations

from typing import Any

KINDS = {"shared": "shared", "staff": "individual_contributor", "manager": "management"}
TRACKS = {
    "shared": "shared",
    "individual_contributor": "staff",
    "staff": "staff",
    "management": "manager",
    "manager": "manager",
}
OTHER = "other"
STATED = "stated"

Core = dict[str, Any]


def given(**values: Any) -> Core:
    """Only what is there."""
    return {
        name.rstrip("_"): value
        for name, value in values.items()
        if value is not None and value not in ("", [], {})
    }


def framework(version: Any, slug: str) -> Core:
    """The head of the document."""
    return given(
        id=slug,
        title=version.title,
        version=version.number,
        effective_from=version.effective_from,
        language=version.language,
        licence=version.licence,
        source=version.source,
        summary=version.summary,
        cumulative=version.cumulative,
        null_tokens=version.null_tokens,
    )


def track(row: Any) -> Core:
    """A track; kinds that are not ours stay with what the file said."""
    return given(id=row.key, kind=KINDS.get(row.kind), name=row.name, description=row.description)


def level(row: Any, track_id: str, grade_id: str | None) -> Core:
    """A level."""
    months = given(min=row.typical_months_min, max=row.typical_months_max)
    return given(
        id=row.key,
        track=track_id,
        order=row.order,
        code=row.code,
        grade=grade_id,
        titles=list(row.titles),
        summary=row.summary,
        scope=row.scope,
        typical_months=months,
        terminal=row.terminal or None,
        seat_limited=row.seat_limited or None,
        archetypes=row.archetypes,
    )


def link(row: Any, from_id: str, to_id: str) -> Core:
    """A typed link between two levels."""
    return given(**{"from": from_id, "to": to_id, "type": row.type})


def scale(row: Any, steps: list[Core]) -> Core:
    """A scale with its steps."""
    return given(id=row.key, levels=steps)


def step(row: Any) -> Core:
    """One step of a scale."""
    return given(id=row.key, rank=row.rank, name=row.name, description=row.description)


def pillar(row: Any, parent_id: str | None) -> Core:
    """A pillar."""
    return given(
        id=row.key,
        parent=parent_id,
        order=row.order,
        name=row.name,
        description=row.description,
    )


def competency(row: Any, pillar_id: str | None, scale_id: str | None) -> Core:
    """A competency."""
    return given(
        id=row.key,
        pillar=pillar_id,
        order=row.order,
        kind=row.kind,
        name=row.name,
        description=row.description,
        scale=scale_id,
        inherits=row.inherits,
    )


def proficiency_statement(row: Any, competency_id: str, step_id: str, said: Any) -> Core:
    """What a competency looks like at one step; `said` is the unpacked list of statements."""
    return given(
        competency=competency_id, proficiency=step_id, summary=row.summary, statements=said
    )


def expectation(
    row: Any, competency_id: str, levels: Any, step_id: str | None, statements: list[Core]
) -> Core:
    """What levels expect of a competency."""
    return given(
        id=row.key,
        competency=competency_id,
        levels=levels,
        requirement=row.requirement,
        proficiency=step_id,
        summary=row.summary,
        state=None if row.state == STATED else row.state,
        statements=statements,
    )


def statement(row: Any) -> Core:
    """One observable sentence."""
    return given(
        id=row.key,
        kind=row.kind,
        text=row.text,
        counter=row.counter,
        examples=list(row.examples),
    )


SECTIONS = (
    "schema",
    "framework",
    "grades",
    "job_families",
    "tracks",
    "levels",
    "level_links",
    "proficiency_scales",
    "pillars",
    "competencies",
    "proficiency_statements",
    "expectations",
    "scoring",
)
KEYS = (
    "id", "parent", "competency", "from", "to", "levels", "pillar", "track", "job_family",
    "order", "kind", "code", "grade", "requirement", "proficiency", "name", "title", "titles",
    "version", "status", "effective_from", "language", "licence", "source", "type", "rank",
    "description", "summary", "scope", "typical_months", "terminal", "seat_limited", "archetypes",
    "scale", "inherits", "state", "statements", "text", "counter", "examples", "references",
)  # fmt: skip


def in_order(row: Core) -> Core:
    """The same mapping, its keys in the order in which a person would write them."""
    places = {name: place for place, name in enumerate(KEYS)}
    return dict(sorted(row.items(), key=lambda item: places.get(item[0], len(places))))
