"""Stints on the manager track as both doors show them, to whoever reads the placements."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ladders import stints
from ladders.models import Placement


def present(rows: Iterable[Placement], today: datetime.date) -> list[dict[str, Any]]:
    """Rows from `for_display()` that hold together at one time; newest first."""
    spells = [
        stints.Spell(row.level.track.kind, row.level.title, row.since, row.until) for row in rows
    ]
    return [asdict(stint) for stint in stints.stints(spells, today)]
