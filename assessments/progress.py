"""How far a cycle is: done and required by phase and unit, and what is late, for one reader."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from assessments import duties
from assessments.duties import Duty
from assessments.models import Cycle, Endorsement, Participation, Phase, PromotionCase
from assessments.states import BEFORE_FREEZE, TOLD, Preset, State
from people.models import Person, Role

NOT_COUNTED = (State.WITHDRAWN, State.LAPSED, State.CANCELLED)
NO_UNIT = "Outside the announced population"
DECIDED = TOLD | {State.DECIDED}


@dataclass
class Tally:
    """Done of required."""

    done: int = 0
    required: int = 0


@dataclass
class PhaseProgress:
    """One phase: all units together, and each unit by name."""

    phase: Phase
    total: Tally = field(default_factory=Tally)
    units: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))


def groups(cycle: Cycle, reader: Person) -> list[dict[str, Any]]:
    """The cases that `reader` may see, never their own, counted by unit and stage. One query."""
    seen = PromotionCase.objects.visible_to(reader).filter(cycle=cycle).exclude(candidate=reader)
    part = Participation.objects.filter(cycle=cycle, person=OuterRef("candidate"))
    word = Endorsement.objects.filter(case=OuterRef("pk"), kind=Endorsement.Kind.SKIP_LEVEL)
    cases = PromotionCase.objects.filter(pk__in=seen.values("pk")).exclude(state__in=NOT_COUNTED)
    rows = (
        cases.annotate(_unit=Subquery(part.values("team__name")[:1]), _endorsed=Exists(word))
        .values("_unit", "_endorsed", "state", "procedure__preset", "procedure__endorsement")
        .annotate(cases=ArrayAgg("pk"))
        .order_by("_unit")
    )
    return [dict(row) for row in rows]


def of_phases(phases: Iterable[Phase], groups: Iterable[dict[str, Any]]) -> list[PhaseProgress]:
    """How far each phase is. No query."""
    progress = {phase.kind: PhaseProgress(phase) for phase in phases}
    for group in groups:
        for kind, one in progress.items():
            done, required = _stands(kind, group)
            if required:
                for count in (one.total, one.units[group["_unit"] or NO_UNIT]):
                    count.required += len(group["cases"])
                    count.done += len(group["cases"]) if done else 0
    return list(progress.values())


def late(
    cycle: Cycle, groups: Iterable[dict[str, Any]], today: datetime.date | None = None
) -> list[Duty]:
    """Duties past their date on the cases of `groups`. One query."""
    today = today or timezone.localdate()
    seen = {case for group in groups for case in group["cases"]}
    owed = duties.in_cycle(cycle, today)
    return [duty for duty in owed if duty.due_on and duty.due_on < today and duty.case_id in seen]


def may_know(duty: Duty, reader: Person) -> bool:
    """A declared conflict is between the panel's chair and HR."""
    own = duty.person_id == reader.pk
    return duty.task != "rule_on_conflict" or own or reader.has_role(Role.HR)


def may_name(duty: Duty, reader: Person) -> bool:
    """Who has not voted is for HR to know; of other tasks everybody who sees the case knows."""
    return duty.task != "vote" or reader.has_role(Role.HR) or duty.person_id == reader.pk


def _stands(kind: str, group: dict[str, Any]) -> tuple[bool, bool]:
    """Whether cases of a group are through a phase, and whether they have to go through it."""
    state, committee = group["state"], group["procedure__preset"] == Preset.COMMITTEE
    endorsed = group["_endorsed"] or state not in BEFORE_FREEZE
    reviewed = state in DECIDED or state == State.RECOMMENDED
    return {
        Phase.Kind.NOMINATIONS: (state != State.DRAFT, True),
        Phase.Kind.ENDORSEMENT: (endorsed, committee and group["procedure__endorsement"]),
        Phase.Kind.PANEL_REVIEW: (reviewed, committee),
        Phase.Kind.DECISIONS: (state in DECIDED, True),
        Phase.Kind.COMMUNICATION: (state in TOLD, True),
    }[Phase.Kind(kind)]
