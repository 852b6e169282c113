"""Puts a checked document into a version: its head, its rows, and later changes to them."""

from __future__ import annotations

import datetime
from typing import Any

from ladders.actions.ladder_rows import Writer
from ladders.formats import documents, packing, rows
from ladders.models import Expectation, LadderVersion

Said = dict[str, Any]


def fill(version: LadderVersion, document: Said) -> None:
    """Save the version with its head from `document`, and all rows of it."""
    set_head(version, document)
    version.save()
    Writer(version, document).write()


def refill(version: LadderVersion, old: Said, new: Said) -> None:
    """Make the rows of a draft say `new` instead of `old`, with as few writes as is simple."""
    if old == new:
        return
    set_head(version, new)
    if _frame(old) == _frame(new):
        Writer(version, new).rewrite_expectations(old.get("expectations") or [])
        return
    _empty(version)
    Writer(version, new).write()


def set_head(version: LadderVersion, document: Said) -> None:
    """The columns of a version that its document decides."""
    head = document["framework"]
    version.title = head["title"]
    version.summary = head.get("summary") or ""
    version.effective_from = _day(head.get("effective_from"))
    version.language = head.get("language") or ""
    version.licence = head.get("licence") or ""
    version.source = head.get("source") or ""
    version.cumulative = head.get("cumulative")
    version.null_tokens = head.get("null_tokens") or []
    version.digest = packing.digest(document)
    own = {"number": said} if (said := version.extra.get("number")) else {}
    version.extra = _extra(version, document) | own


def _frame(document: Said) -> Said:
    """All rows but the expectations; the head has no rows."""
    apart = ("framework", "expectations")
    return {name: value for name, value in document.items() if name not in apart}


def _empty(version: LadderVersion) -> None:
    """Take all rows of a draft away, those that point at others first."""
    Expectation.objects.filter(version=version).delete()
    for section in ("proficiency_statements", "links", "competencies", "pillars", "scales"):
        getattr(version, section).all().delete()
    version.levels.all().delete()
    version.tracks.all().delete()


def _extra(version: LadderVersion, document: Said) -> Said:
    """What the document says beside its rows: whole sections, and the head's other keys."""
    written = {name for name in Writer.SECTIONS if document.get(name)}
    rest = {name: value for name, value in document.items() if name not in written}
    core = {"schema": documents.SCHEMA, "framework": None}
    rest["framework"] = None
    head = rows.framework(version, version.ladder.slug)
    return {
        "document": packing.kept(rest, core),
        "framework": packing.kept(document["framework"], head),
    }


def _day(said: Any) -> datetime.date | None:
    return datetime.date.fromisoformat(said) if isinstance(said, str) and said else said
