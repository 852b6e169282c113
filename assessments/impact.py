"""Whom a version of a ladder would concern: counted, never judged, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from assessments import suppression
from assessments.models import PromotionCase
from assessments.publishing import Standing
from ladders import ways
from ladders.diff.sides import Side
from ladders.formats.references import rows
from ladders.formats.rows import OTHER, TRACKS
from ladders.models import Placement
from people.models import ReportingLine, Role

MOST = 50  # cases that are named; all are counted
Cells = Counter[tuple[str, str]]
"""People by level and team."""


@dataclass
class Impact:
    """People by level and team, raised levels, levels below those, and the open cases."""

    standing: Standing
    people: Cells
    raised: list[str]
    next_raised: list[str]
    case_count: int
    cases: list[PromotionCase] | None  # None where the reader only hears how many

    @property
    def guarded(self) -> bool:
        """True where small groups are not shown to the reader."""
        return not self.standing.person.has_role(Role.HR)

    def on(self, level: str) -> int:
        """How many stand on a level."""
        return sum(count for (key, _), count in self.people.items() if key == level)

    def teams(self, level: str) -> list[tuple[str, int]]:
        """How many of them are in each team, as far as the reader may know."""
        found = {team: count for (key, team), count in self.people.items() if key == level}
        hidden = hidden_teams(found) if self.guarded else frozenset()
        return sorted((team, count) for team, count in found.items() if team not in hidden)


def weigh(standing: Standing) -> Impact:
    """Count whom the version concerns, for the person who reads."""
    named = standing.side.rows("levels")
    raised = standing.difference.levels_raised if standing.before else set()
    cases = _cases(standing)
    is_hr = standing.person.has_role(Role.HR)
    return Impact(
        standing=standing,
        people=_people(standing.version.ladder_id),
        raised=[key for key in named if key in raised],
        next_raised=below(standing.side, raised),
        case_count=cases.count(),
        cases=list(_named(cases)[:MOST]) if is_hr else None,
    )


def below(side: Side, raised: Iterable[str]) -> list[str]:
    """Levels from which a promotion leads to a raised one, in the order of the ladder."""
    rungs = _rungs(side)
    links = [
        (str(row["from"]), str(row["type"]), str(row["to"]))
        for row in rows(side.document, "level_links")
    ]
    kinds, wanted = {rung.key: rung.kind for rung in rungs}, set(raised)
    return [
        rung.key
        for rung in rungs
        if any(
            how == ways.UP or (how == ways.BRANCH and kinds[key] != "manager")
            for key, how in ways.onward(rung, rungs, links)
            if key in wanted
        )
    ]


def hidden_teams(people: dict[str, int]) -> frozenset[Hashable]:
    """Teams too small to be told apart, and what would give them away."""
    total = object()
    cells: dict[Hashable, int] = {total: sum(people.values())}
    cells.update(people)
    return suppression.hide(cells, [(total, list(people))], settings.SMALLEST_CELL)


def _rungs(side: Side) -> list[ways.Rung]:
    tracks = side.rows("tracks")
    return [
        ways.Rung(
            key=key,
            track=str(row["track"]),
            kind=TRACKS.get(str(tracks[str(row["track"])].get("kind")), OTHER),
            order=row.get("order") or 0,
        )
        for key, row in side.rows("levels").items()
    ]


def _people(ladder: int) -> Cells:
    today = timezone.localdate()
    line = ReportingLine.objects.as_of(today).filter(person=OuterRef("person"))
    stand = Placement.objects.as_of(today).filter(level__version__ladder=ladder)
    counted = (
        stand.annotate(team=Subquery(line.values("team__name")[:1]))
        .values("level__key", "team")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return Counter({(row["level__key"], row["team"] or ""): row["n"] for row in counted})


def _cases(standing: Standing) -> QuerySet[PromotionCase]:
    """Open cases that keep an earlier text; one's own is sealed, so it is not even counted."""
    version = standing.version
    kept = PromotionCase.objects.open().filter(pinned_version__ladder=version.ladder_id)
    return kept.exclude(pinned_version=version).exclude(candidate=standing.person)


def _named(cases: QuerySet[PromotionCase]) -> QuerySet[PromotionCase]:
    return cases.select_related("candidate", "target_level", "pinned_version").order_by(
        "candidate__name", "pk"
    )
