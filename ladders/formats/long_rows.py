"""Writes the long form: one row a statement, its examples under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ladders.formats.columns import label
from ladders.formats.long import EXAMPLE, HEAD, IDS, PROFICIENCY, SUMMARY
from ladders.formats.references import Index, key
from ladders.formats.selectors import Unclear

Said = dict[str, Any]


def rows(document: Said) -> tuple[list[str], list[list[str]]]:
    """Heading and rows. Ids stand beside the names where names alone would not tell them apart."""
    tracks = {key(row): row.get("name") or key(row) for row in document.get("tracks") or []}
    levels = {key(row): row for row in document.get("levels") or []}
    pillars = {key(row): row.get("name") or key(row) for row in document.get("pillars") or []}
    competencies = {key(row): row for row in document.get("competencies") or []}
    named = [(str(row.get("track")), label(row)) for row in levels.values()]
    titled = [(str(row.get("pillar")), row.get("name")) for row in competencies.values()]
    ids = len(set(named)) < len(named) or len(set(titled)) < len(titled)
    told = []
    for level, expectation in _shown(document):
        at, row = levels[level], competencies[str(expectation["competency"])]
        place = [
            tracks.get(str(at.get("track")), ""),
            label(at),
            pillars.get(str(row.get("pillar")), ""),
            row.get("name") or key(row),
        ]
        for kind, text in _said(expectation):
            told.append([*place, kind, text, *([level, key(row)] if ids else [])])
    return [*HEAD, *(IDS if ids else [])], told


def _shown(document: Said) -> Iterator[tuple[str, Said]]:
    rungs = Index(document).rungs
    for row in document.get("expectations") or []:
        try:
            yield from ((level, row) for level in rungs.named(row["levels"]))
        except Unclear:
            continue


def _said(expectation: Said) -> Iterator[tuple[str, str]]:
    state = expectation.get("state")
    if state and state != "stated":
        yield state, ""
    if expectation.get("proficiency") is not None:
        yield PROFICIENCY, str(expectation["proficiency"])
    if expectation.get("summary"):
        yield SUMMARY, expectation["summary"]
    for entry in expectation.get("statements") or []:
        yield entry.get("kind") or "", entry.get("text") or ""
        if entry.get("counter"):
            yield "counter", entry["counter"]
        yield from ((EXAMPLE, text) for text in entry.get("examples") or [])
