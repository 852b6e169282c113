"""What a new ladder may begin from: one that ships with the app, another one's text, or nothing."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

from ladders.formats import documents
from ladders.formats.references import key, rows
from ladders.models import LadderVersion
from ladders.models.document import document
from people.models import Person
from people.refusals import Invalid

Said = dict[str, Any]

FOLDER = Path(__file__).parent / "starters"
ENDING = ".ladder.yaml"


def starters() -> list[Said]:
    """The starter ladders in short, by title."""
    found = [_short(name) for name in _names()]
    return sorted(found, key=lambda row: row["title"])


def starter(name: str) -> Said | None:
    """The document of a starter ladder; None when there is none of this name."""
    return copy.deepcopy(_read(name)) if name in _names() else None


def text(asked: Said, person: Person) -> Said | None:
    """What a draft begins with; None is nearly empty. Raises Invalid, named by field."""
    if asked["start"] == "starter":
        if found := starter(asked.get("starter") or ""):
            return found
        raise Invalid({"starter": ["Choose one of the starter ladders."]})
    if asked["start"] == "copy":
        slug, _, number = (asked.get("version") or "").rpartition("@")
        visible = LadderVersion.objects.visible_to(person).select_related("ladder")
        if version := visible.filter(ladder__slug=slug, number=number).first():
            return document(version)
        raise Invalid({"version": ["Choose the version to copy."]})
    return None


def _names() -> list[str]:
    return sorted(path.name.removesuffix(ENDING) for path in FOLDER.glob(f"*{ENDING}"))


@cache
def _read(name: str) -> Said:
    """The files ship with the code: they are read once."""
    reading = documents.read((FOLDER / f"{name}{ENDING}").read_bytes(), name)
    if reading.document is None:
        raise ValueError(reading.report)
    return reading.document


def _short(name: str) -> Said:
    said = _read(name)
    levels, tracks = rows(said, "levels"), rows(said, "tracks")
    return {
        "key": name,
        "title": said["framework"]["title"],
        "summary": said["framework"].get("summary") or "",
        "competencies": len(rows(said, "competencies")),
        "levels": len(levels),
        "tracks": [
            {
                "name": track.get("name") or key(track).capitalize(),
                "levels": [_title(row) for row in levels if str(row["track"]) == key(track)],
            }
            for track in tracks
        ],
        "names": [row.get("name") or key(row) for row in rows(said, "competencies")],
    }


def _title(row: Said) -> str:
    return next(iter(row.get("titles") or []), "") or row.get("code") or key(row)
