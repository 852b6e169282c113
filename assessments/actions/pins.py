"""How a case moves to the published text of its ladder without a word of it getting lost."""

from __future__ import annotations

from dataclasses import dataclass, field

from assessments.actions import facts
from assessments.models import CaseEvidence, CaseSection, PromotionCase
from ladders.models import Competency, Ladder, LadderVersion, Level
from ladders.states import VersionState
from people.refusals import Conflict


@dataclass
class Plan:
    """Where each part of a case goes in the published version; `lost` is what has no place there.

    `competencies` maps ids to ids. Evidence of a part that is not expected any more stays with the
    case in general: `general` holds those ids. A text is never moved elsewhere: it would be lost.
    """

    version: LadderVersion
    target: Level | None
    from_level: Level | None
    competencies: dict[int, int] = field(default_factory=dict)
    general: set[int] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)

    def refusal(self) -> str:
        """Why the case cannot move; blank when it can."""
        number = self.version.number
        if self.target is None:
            return f"Version {number} has no level like the one this case is for."
        if self.lost:
            names = ", ".join(f"“{name}”" for name in self.lost)
            return (
                f"Version {number} expects nothing of {names} at this level, so what is written "
                "there would have no place. Its manager can move those words elsewhere first."
            )
        return ""


def newer(case: PromotionCase) -> LadderVersion | None:
    """The published version of the ladder, where the case keeps another one."""
    if case.pinned_version.state == VersionState.PUBLISHED:
        return None
    published = LadderVersion.objects.filter(ladder=case.pinned_version.ladder_id)
    return published.filter(state=VersionState.PUBLISHED).select_related("ladder").first()


def newer_number(case: PromotionCase) -> str:
    """Its number; blank where there is none."""
    version = newer(case)
    return version.number if version else ""


def hold_ladder(case: PromotionCase) -> None:
    """Let no other version of the ladder be published until the transaction ends."""
    Ladder.objects.select_for_update(no_key=True).get(pk=case.pinned_version.ladder_id)


def plan(case: PromotionCase) -> Plan:
    """What moving the case would do. Raises Conflict where there is nothing to move to."""
    version = newer(case)
    if version is None:
        raise Conflict("This case is on the published version, or its ladder has none.")
    levels = {level.key: level for level in Level.objects.for_display().filter(version=version)}
    held = case.from_level
    found = Plan(
        version=version,
        target=levels.get(case.target_level.key),
        from_level=levels.get(held.key, held) if held else None,
    )
    _place_parts(case, found)
    return found


def _place_parts(case: PromotionCase, found: Plan) -> None:
    """Same keys; what the old level expected and the new one does not is looked at apart."""
    keys = dict(Competency.objects.filter(version=found.version).values_list("key", "pk"))
    own = {part.pk: part for part in case.pinned_version.competencies.all()}
    found.competencies = {pk: keys[part.key] for pk, part in own.items() if part.key in keys}
    if found.target is None:
        return
    kept = {part.key for part in facts.expected_at(found.target)}
    gone = {pk for pk, part in own.items() if part.key not in kept}
    gone &= {part.pk for part in facts.expected_competencies(case)}
    written = case.sections.filter(competency__in=gone).exclude(text="")
    found.lost = [str(own[pk]) for pk in written.values_list("competency", flat=True)]
    found.general = gone


def carry(case: PromotionCase, found: Plan) -> None:
    """Move the locked case as planned."""
    case.target_level = found.target  # type: ignore[assignment]
    case.from_level, case.pinned_version = found.from_level, found.version
    case.revision += 1
    sections = [row for row in case.sections.all() if row.competency_id in found.competencies]
    for row in sections:
        row.competency_id = found.competencies[row.competency_id]
    CaseSection.objects.bulk_update(sections, ["competency"])
    _carry_evidence(case, found)


def _carry_evidence(case: PromotionCase, found: Plan) -> None:
    rows = list(case.attachments.exclude(competency=None))
    in_general = set(case.attachments.filter(competency=None).values_list("evidence", flat=True))
    moved: list[CaseEvidence] = []
    for row in rows:
        part = row.competency_id
        if part in found.general or part not in found.competencies:
            if row.evidence_id in in_general:
                row.delete()  # the piece is attached to the case in general already
                continue
            in_general.add(row.evidence_id)
            row.competency_id = None
        else:
            row.competency_id = found.competencies[part]
        moved.append(row)
    CaseEvidence.objects.bulk_update(moved, ["competency"])
