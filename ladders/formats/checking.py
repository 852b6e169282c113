"""Whether a document is a ladder in `career-ladder/1`: its shape, its fields, its references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ladders.formats import fields, references
from ladders.formats.report import Path, Report, counted
from ladders.formats.text import FORBIDDEN, described

SCHEMA = "career-ladder/1"
LISTS = (
    "grades",
    "tracks",
    "levels",
    "level_links",
    "proficiency_scales",
    "pillars",
    "competencies",
    "proficiency_statements",
    "expectations",
)
INNER = {
    "proficiency_scales": ("levels", "steps"),
    "expectations": ("statements", "statements"),
    "proficiency_statements": ("statements", "statements"),
}
COUNTED = ("tracks", "levels", "competencies", "expectations")
KNOWN_KINDS = ("shared", "individual_contributor", "staff", "management", "manager")


@dataclass(frozen=True)
class Reading:
    """What came of a file: the document, or None when it could not be understood."""

    document: dict[str, Any] | None
    report: Report

    @property
    def good(self) -> bool:
        """True when nothing keeps the document out."""
        return self.document is not None and not self.report.failed


def check(value: Any, report: Report) -> Reading:
    """Check the core of an already parsed document."""
    if not isinstance(value, dict):
        report.error(f"A ladder file is a mapping, not {fields.shown(value)}.")
        return Reading(None, report)
    if value.get("schema") != SCHEMA:
        report.error(
            f"The file must say “schema: {SCHEMA}”, not {fields.shown(value.get('schema'))}.",
            ("schema",),
        )
        return Reading(None, report)
    _signs(value, report)
    _shapes(value, report)
    if not report.failed:
        references.check(value, report)
        _count(value, report)
    return Reading(value, report)


def _signs(document: dict[str, Any], report: Report) -> None:
    """No text, however deep, holds what cannot be shown; a file was looked at as it was read."""
    waiting: list[tuple[Path, Any]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*path, str(name)), inner) for name, inner in value.items()]
            waiting += [(path, name) for name in value]
        elif isinstance(value, list):
            waiting += [((*path, at), inner) for at, inner in enumerate(value)]
        elif isinstance(value, str) and (found := FORBIDDEN.search(value)):
            report.error(f"{described(found[0])} does not belong in a text.", path)


def _shapes(document: dict[str, Any], report: Report) -> None:
    framework = document.get("framework")
    if framework is None:
        report.error("“framework” is missing.")
    else:
        fields.check("framework", framework, ("framework",), report)
    for name in ("tracks", "levels"):
        if not document.get(name):
            report.error(f"“{name}” is missing or empty.", (name,))
    for name in LISTS:
        _list(name, document.get(name), report)


def _list(name: str, value: Any, report: Report) -> None:
    if value is None:
        return
    if not isinstance(value, list):
        report.error(f"“{name}” must be a list, not {fields.shown(value)}.", (name,))
        return
    if len(value) > fields.MOST.get(name, 20_000):
        most = fields.MOST.get(name, 20_000)
        report.error(f"{len(value):,} {name} are more than a ladder has ({most:,}).", (name,))
        return
    entries: references.Rows = []
    for place, row in enumerate(value):
        if fields.check(name, row, (name, place), report):
            entries.append(((name, place), row))
            _nested(name, row, place, report)
    references.unique(entries, report)


def _nested(name: str, row: dict[str, Any], place: int, report: Report) -> None:
    path = (name, place)
    if name == "levels" and row.get("typical_months") is not None:
        fields.check("typical_months", row["typical_months"], (*path, "typical_months"), report)
    if name not in INNER:
        return
    inside, kind = INNER[name]
    entries: references.Rows = []
    for at, entry in enumerate(row.get(inside) or []):
        if fields.check(kind, entry, (*path, inside, at), report):
            entries.append(((*path, inside, at), entry))
    references.unique(entries, report)


def _count(document: dict[str, Any], report: Report) -> None:
    report.read = {name: len(references.rows(document, name)) for name in COUNTED}
    if steps := len(references.rows(document, "proficiency_statements")):
        report.read["descriptions of steps"] = steps
    others = [row for row in references.rows(document, "tracks") if not _known(row)]
    if others:
        kinds = sorted({f"“{row.get('kind') or ''}”" for row in others})
        report.note(
            "Neither staff nor manager, so shown on their own: "
            f"{counted([('tracks', len(others))])} of kind {', '.join(kinds)}."
        )


def _known(track: dict[str, Any]) -> bool:
    return track.get("kind") in KNOWN_KINDS
