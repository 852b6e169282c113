"""Relevels that were made, with everybody in them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from ladders.models import Placement, Relevel


def batches() -> Any:
    """Relevels with who made them and how many `people` they moved."""
    return Relevel.objects.select_related("made_by").annotate(
        people=Count("placements__person", distinct=True)
    )


def find(pk: int) -> tuple[Any, list[Placement]] | None:
    """One of them, with the first placement that it gave to each person; None: there is none."""
    row = batches().filter(pk=pk).first()
    if row is None:
        return None
    moved = row.placements.for_display().select_related("person").order_by("recorded_at", "pk")
    first: dict[int, Placement] = {}
    for placement in moved:
        first.setdefault(placement.person_id, placement)
    return row, list(first.values())
