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
    return [asdict(stint) for stint in stints.stints((row.spell for row in rows), today)]
