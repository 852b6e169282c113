"""How promotion works here: the guide with the ladders and procedures of this installation."""

from __future__ import annotations

from typing import Any

from assessments import guide, visibility
from assessments.models import Procedure
from assessments.models.procedure import fitting
from assessments.steps import HOUR, STEPS
from ladders.models import Level


def present() -> dict[str, Any]:
    """Everything the page says; two queries."""
    procedures = list(Procedure.objects.select_related("approver"))
    ladders: dict[int, dict[str, Any]] = {}
    used: dict[int, Procedure] = {}
    for level in Level.objects.to_choose_from():
        procedure = fitting(level, procedures)
        used.setdefault(procedure.pk, procedure)
        ladder = level.version.ladder
        named = {"title": ladder.title, "slug": ladder.slug, "rows": []}
        ladders.setdefault(ladder.pk, named)["rows"].append(_level(level, procedure))
    presets = [one for one in procedures if one.ladder_id is None]
    shown = {one.pk: one for one in [*used.values(), *([] if used else presets)]}
    told = {key: _procedure(one, ladders) for key, one in shown.items()}
    return {
        "ladders": [_grouped(ladder, told) for ladder in ladders.values()],
        "procedures": list(told.values()),
        "readers": list(guide.READERS.values()),
        "sight": guide.sight(),
        "ends": guide.ends(),
        "reminders": guide.reminders(STEPS, HOUR.hour),
        "never": list(guide.NEVER),
        "unnamed_from": visibility.UNNAMED_FROM,
    }


def _level(level: Level, procedure: Procedure) -> dict[str, Any]:
    return {
        "title": level.title,
        "track": level.track.kind,
        "grade": level.grade.name if level.grade else "",
        "procedure": procedure.pk,
    }


def _grouped(ladder: dict[str, Any], told: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """The levels of a ladder, those of one procedure together."""
    groups: dict[int, list[dict[str, Any]]] = {}
    for row in ladder["rows"]:
        groups.setdefault(row["procedure"], []).append(row)
    rows = [{"procedure": told[key], "levels": levels} for key, levels in groups.items()]
    return {"title": ladder["title"], "slug": ladder["slug"], "groups": rows}


def _procedure(one: Procedure, ladders: dict[int, dict[str, Any]]) -> dict[str, Any]:
    own = ladders.get(one.ladder_id or 0)
    name = one.get_preset_display()
    return {
        "id": one.pk,
        "name": f"{name}, as {own['title']} has it" if own else name,
        "approver": one.approver.name if one.approver else "",
        "steps": guide.steps(one),
    }
