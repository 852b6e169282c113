"""A level as the payloads of assessments name it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import reverse

from ladders.models import Level


def level_of(level: Level) -> dict[str, Any]:
    """A level from `for_display()`: its title, track and grade, and where to read it."""
    version = level.version
    return {
        "id": level.pk,
        "key": level.key,
        "title": level.title,
        "track": level.track.kind,
        "track_name": level.track.name or level.track.get_kind_display(),
        "grade": level.grade.rank if level.grade else None,
        "grade_name": level.grade.name if level.grade else "",
        "terminal": level.terminal,
        "page_url": _page(version.ladder.slug, version.number, level.key),
    }


@lru_cache(maxsize=4096)
def _page(slug: str, number: str, key: str) -> str:
    """Where a level is read; lists name the same few levels over and over."""
    return reverse("ladders:version-level", args=[slug, number, key])
