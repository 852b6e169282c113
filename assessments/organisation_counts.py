"""How many people are below each node of the tree, by track for whom it concerns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from assessments import track_counts
from assessments.organisation import Node, Row
from assessments.track_counts import Family, Shown
from ladders import headcounts
from people.models import Role


@dataclass
class Numbers:
    """What may be told about each leader: everybody below, and by track where that is known."""

    below: dict[int, int]
    tracks: dict[int, Shown | None]


def of(node: Node, rows: Collection[Row]) -> Numbers:
    """Headcounts of the node and of `rows`, as far as the reader may know them."""
    shown = [node.person, *rows] if node.person else list(rows)
    ids = {person.pk for person in shown}
    is_hr = node.reader.has_role(Role.HR)
    way = [] if is_hr or not node.day.stored else _way_down(node, ids)
    led: dict[int, int] = {}
    if node.day.stored:
        found, led = headcounts.stored(ids, and_reports_of=way)
    else:
        found = headcounts.dated(node.path, node.day.on)
    below = {pk: sum(found[pk].values()) if pk in found else 0 for pk in ids}
    if is_hr:
        tracks = track_counts.each_alone({pk: found.get(pk, {}) for pk in ids}, 1)
    else:
        tracks = _below_reader(node, way, found, led) | _in_unit(node, shown, found)
    return Numbers(below, tracks)


def _way_down(node: Node, ids: Collection[int]) -> list[int]:
    """From the reader down to the node; the reader alone where only they are shown, or nobody."""
    own = node.reader.pk
    way = [int(part) for part in node.path.split("/") if part]
    if own in way:
        return way[way.index(own) :]
    return [own] if own in ids else []


def _in_unit(
    node: Node, shown: Collection[Row], found: headcounts.Counts
) -> dict[int, Shown | None]:
    """What an HR partner may read of the nodes in their unit, on any day."""
    team = node.reader.partner_team if node.reader.has_role(Role.HR_PARTNER) else None
    if team is None:
        return {}
    inside = [person.pk for person in shown if (person.team_path or "").startswith(team.path)]
    counts = {pk: found.get(pk, {}) for pk in inside}
    return track_counts.each_alone(counts, settings.SMALLEST_CELL)


def _below_reader(
    node: Node, way: list[int], found: headcounts.Counts, led: dict[int, int]
) -> dict[int, Shown | None]:
    """What a leader may read of themselves and of everybody below, on the day of the count."""
    if not way or way[0] not in found:
        return {}
    near = headcounts.by_manager(way[0], node.day.on)
    families = [Family(leader, [pk for pk in led if led[pk] == leader]) for leader in way]
    return track_counts.from_above(
        families, found, near | {way[0]: _summed(near)}, settings.SMALLEST_CELL
    )


def _summed(counts: headcounts.Counts) -> dict[str, int]:
    total: dict[str, int] = {}
    for each in counts.values():
        for kind, people in each.items():
            total[kind] = total.get(kind, 0) + people
    return total
