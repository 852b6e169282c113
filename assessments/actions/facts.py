"""What several actions need to know about a candidate: who leads them, where they stand."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from assessments.models import PromotionCase
from assessments.readiness import Facts
from assessments.states import NOT_PROMOTED, Preset, State
from ladders import ways
from ladders.models import Competency, Expectation, Level, LevelLink, Placement, Track
from ladders.standing import net_days
from ladders.standing import on as standing_on
from ladders.states import VersionState
from ladders.ways import Link
from people import clocks
from people.models import Leave, Person, ReportingLine

HIGHEST_CHAIN = 30  # steps up a chain of managers before we stop looking
OTHERS_FIRST = "Those who are not promoted in this cycle hear it first, and not all have been told."


def manager_of(person: Person, on: datetime.date | None = None) -> int | None:
    """The id of who leads `person` on a date (today); None at the top."""
    lines = ReportingLine.objects.as_of(on or timezone.localdate())
    return lines.filter(person=person).values_list("manager", flat=True).first()


def has_reports(person: Person) -> bool:
    """True when somebody reports to `person` today."""
    return ReportingLine.objects.as_of(timezone.localdate()).filter(manager=person).exists()


def standing(person: Person, on: datetime.date | None = None) -> Placement | None:
    """Where `person` stands on a date (today)."""
    placements = Placement.objects.as_of(on or timezone.localdate()).for_display()
    return placements.filter(person=person).first()


def is_same_level(one: Level, other: Level) -> bool:
    """True when both are the same rung, perhaps of two versions."""
    return one.key == other.key and one.version.ladder_id == other.version.ladder_id


def next_levels(level: Level) -> list[Level]:
    """The levels a promotion may lead to: next on the track, or where a shared track branches.

    Levels belong to the ladder's published version. A branch to the manager track is a change of
    job, not a promotion, and so is a step across.
    """
    published = Level.objects.for_display().filter(
        version__ladder=level.version.ladder_id, version__state=VersionState.PUBLISHED
    )
    levels = {row.key: row for row in published}
    links = LevelLink.objects.filter(from_level__in=levels.values(), to_level__in=levels.values())
    ends = links.values_list("from_level__key", "type", "to_level__key")
    return next_among(level, levels, ends if level.key in levels else ())


def next_among(level: Level, levels: Mapping[str, Level], links: Iterable[Link]) -> list[Level]:
    """The same from rows that are there: the levels of the published version by key, its links."""
    if level.key not in levels:
        return []
    found = ways.onward(levels[level.key].rung, [row.rung for row in levels.values()], links)
    return [levels[key] for key, how in found if _is_promotion(levels[key], how)]


def _is_promotion(level: Level, how: str) -> bool:
    return how == ways.UP or (how == ways.BRANCH and level.track.kind != Track.Kind.MANAGER)


def usual_approver(case: Any) -> int | None:
    """Who decides unless HR names another: the procedure's approver, the skip-level, or the top.

    None means that HR decides. Never the candidate, the nominator, the owner, who sits on the
    panel, or who has left.
    """
    barred = {case.candidate_id, case.nominator_id, case.owner_id}
    barred |= {seat.person_id for panel in case.standing_panels for seat in panel.seats.all()}
    chain = chain_above(case.candidate_id)
    if case.procedure.preset == Preset.COMMITTEE:
        chain.reverse()
    wanted = [pk for pk in (case.procedure.approver_id, *chain) if pk]
    here = Person.objects.employed().filter(pk__in=wanted, is_active=True)
    able = set(here.values_list("pk", flat=True)) - barred
    return next((person for person in wanted if person in able), None)


def others_are_told_first(case: PromotionCase) -> bool:
    """True for a promotion of a cycle in which somebody has yet to hear that they are not."""
    if case.outcome in NOT_PROMOTED or case.cycle_id is None:
        return False
    decided = PromotionCase.objects.filter(cycle=case.cycle_id, state=State.DECIDED)
    return decided.filter(outcome__in=NOT_PROMOTED).exists()


def chain_above(person_id: int) -> list[int]:
    """Ids of the managers above somebody, nearest first."""
    lines = ReportingLine.objects.as_of(timezone.localdate())
    chain: list[int] = []
    current: int | None = person_id
    while len(chain) < HIGHEST_CHAIN:
        current = lines.filter(person=current).values_list("manager", flat=True).first()
        if current is None or current in chain:
            break
        chain.append(current)
    return chain


def months_in_level(person: Person, until: datetime.date) -> float | None:
    """Net months before `until` in the level held then; None for somebody who stood nowhere."""
    placements = Placement.objects.known_at().for_display().filter(person=person)
    stands = [placement.stand for placement in placements.order_by("valid")]
    held = standing_on(stands, until)
    if held is None:
        return None
    leaves = Leave.objects.stopping().filter(person=person)
    away = [(leave.since, leave.until) for leave in leaves]
    return clocks.months(net_days(stands, held, away, until))


def expected_competencies(case: PromotionCase) -> QuerySet[Competency]:
    """The competencies that the target level expects something of, in the ladder's order."""
    return expected_at(case.target_level)


def expected_at(level: Level) -> QuerySet[Competency]:
    """The competencies that a level expects something of, in the ladder's order."""
    expected = level.expectations.filter(version=level.version_id)
    expected = expected.exclude(state=Expectation.State.NOT_APPLICABLE)
    return Competency.objects.filter(pk__in=expected.values("competency")).order_by("position")


def readiness_of(case: PromotionCase) -> Facts:
    """What the checklist of a case asks about."""
    return readiness_from(
        case,
        attached=case.attachments.values_list("evidence", "competency"),
        written=case.sections.exclude(text="").values_list("competency", flat=True),
        parts={part.pk: str(part) for part in expected_competencies(case)},
    )


def readiness_from(
    case: PromotionCase,
    *,
    attached: Iterable[tuple[int, int | None]],
    written: Iterable[int],
    parts: Mapping[int, str],
) -> Facts:
    """The same from rows that are there: pieces with their part, and the parts with text."""
    attached = list(attached)
    covered = {*written, *(competency for _, competency in attached)}
    return Facts(
        statement=case.statement,
        evidence=len({evidence for evidence, _ in attached}),
        minimum_evidence=case.procedure.minimum_evidence,
        parts_without=tuple(name for pk, name in parts.items() if pk not in covered),
        months=months_in_level(case.candidate, timezone.localdate()),
        usual_months=usual_months(case),
        in_cycle=case.cycle_id is not None,
    )


def usual_months(case: PromotionCase) -> int:
    """The months that are usual on the level held: the ladder's word, else the procedure's."""
    level = case.from_level
    stated = level.typical_months_min if level else None
    return case.procedure.usual_months if stated is None else stated
