"""Pure layout of a whole ladder as a booklet: one level a chapter, from low to high."""

from __future__ import annotations

from ladders.heights import ordered
from ladders.one_level import chapter
from ladders.sheet import Said, Sheet


def layout(version: Said) -> Said:
    """Chapters in order, each with an anchor; and what a reader needs to know beforehand."""
    sheet = Sheet(version)
    chapters = [
        chapter(sheet, level) | {"anchor": f"chapter-{number}", "number": number}
        for number, level in enumerate(ordered(version["levels"]), 1)
    ]
    return {
        "chapters": chapters,
        "tracks": [row for row in version["tracks"] if row["description"]],
        "both": {"staff", "manager"} <= {row["kind"] for row in version["levels"]},
    }
