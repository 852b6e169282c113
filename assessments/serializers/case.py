"""A promotion case as both doors show it: a row of a list, and all that its reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from assessments import dossiers, duties, turns, visibility
from assessments.dossiers import Dossier
from assessments.duties import Duty
from assessments.models import PromotionCase
from assessments.readiness import Item
from assessments.serializers import feedback, handover, links, panel, part
from assessments.serializers.action import actions
from assessments.serializers.audience import who_can_see
from assessments.serializers.decision import decision
from assessments.serializers.history import history
from assessments.serializers.levels import level_of
from assessments.serializers.packet import packet
from assessments.states import Preset, State
from ladders import directory
from ladders.serializers import placements, stints
from people.models import Person

WAY = {
    Preset.COMMITTEE: (
        ("Draft", State.DRAFT),
        ("Submitted", State.SUBMITTED),
        ("Feedback", State.GATHERING),
        ("Frozen", State.FROZEN),
        ("In review", State.IN_REVIEW),
        ("Recommended", State.RECOMMENDED),
        ("Decided", State.DECIDED),
        ("Told", State.COMMUNICATED),
        ("Effective", State.EFFECTIVE),
    ),
    Preset.LIGHTWEIGHT: (
        ("Draft", State.DRAFT),
        ("Submitted", State.SUBMITTED),
        ("Decided", State.DECIDED),
        ("Told", State.COMMUNICATED),
        ("Effective", State.EFFECTIVE),
    ),
}


class Row(serializers.Serializer):
    """The shape of a case in a list; `rows` makes it."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    page_url = serializers.CharField()
    candidate = serializers.DictField()
    owner = serializers.DictField()
    from_level = serializers.DictField(allow_null=True)
    target_level = serializers.DictField()
    pinned_version = serializers.DictField()
    procedure = serializers.DictField()
    cycle = serializers.DictField(allow_null=True)
    state = serializers.DictField()
    outcome = serializers.DictField(allow_null=True, help_text="Null while you may not know it.")
    opened_at = serializers.DateTimeField()
    active_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    frozen_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    communicated_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    effective_on = serializers.DateField(allow_null=True)
    relations = serializers.ListField(child=serializers.CharField(), help_text="Yours.")
    next_step = serializers.DictField(allow_null=True)


class Case(Row):
    """All that `context["person"]` sees of a case from `visible_to(person).for_display()`.

    Null stands wherever the reader may not see a part, or where there is nothing yet.
    """

    version = serializers.IntegerField(help_text="Of the text; the ETag.")
    history_url = serializers.CharField()
    accesses_url = serializers.CharField(allow_null=True, help_text="Who opened it.")
    newer_version = serializers.DictField(
        allow_null=True, help_text="What is published, where the case keeps an earlier text."
    )
    nominator = serializers.DictField()
    approver = serializers.DictField(allow_null=True)
    self_nominated = serializers.BooleanField()
    steps = serializers.ListField(child=serializers.DictField())
    next_steps = serializers.ListField(child=serializers.DictField())
    sight = serializers.DictField(help_text="Artefact → whether you read it now.")
    statement = serializers.CharField(allow_null=True)
    statement_by = serializers.DictField(allow_null=True)
    statement_at = serializers.DateTimeField(allow_null=True)
    handovers = serializers.ListField(
        child=serializers.DictField(), allow_null=True, help_text="Newest first."
    )
    level_reason = serializers.CharField(allow_null=True)
    off_cycle_reason = serializers.CharField(allow_null=True)
    waiver_reason = serializers.CharField(allow_null=True)
    placements = serializers.ListField(child=serializers.DictField(), help_text="Newest first.")
    experience = serializers.ListField(
        child=serializers.DictField(), help_text="Stints on the manager track, newest first."
    )
    own_section = serializers.CharField()
    parts = serializers.ListField(child=serializers.DictField())
    attachments = serializers.ListField(child=serializers.DictField())
    attachable = serializers.ListField(child=serializers.DictField(), allow_null=True)
    checklist = serializers.ListField(child=serializers.DictField(), allow_null=True)
    feedback = serializers.DictField(allow_null=True)
    endorsements = serializers.ListField(child=serializers.DictField(), allow_null=True)
    packet = serializers.DictField(allow_null=True)
    panel = serializers.DictField(allow_null=True)
    ballot = serializers.DictField(allow_null=True)
    recommendation = serializers.DictField(allow_null=True)
    decision = serializers.DictField(allow_null=True)
    history = serializers.ListField(child=serializers.DictField())
    who_can_see = serializers.ListField(child=serializers.DictField())
    actions = serializers.ListField(child=serializers.DictField())

    def to_representation(self, case: PromotionCase) -> dict[str, Any]:
        """Fetch, then show."""
        return present(dossiers.read(case, self.context["person"]))


def head(case: PromotionCase, person: Person) -> dict[str, Any]:
    """What every page about a case says at its top; from `for_display()`, without a query."""
    standing = visibility.relations(person, case)
    tells = visibility.sees("outcome", standing, case.state) and case.outcome
    version = case.pinned_version
    return {
        "id": case.pk,
        "url": links.api("case", case.pk),
        "page_url": links.page("case", case.pk),
        "candidate": links.person(case.candidate),
        "owner": links.person(case.owner),
        "from_level": level_of(case.from_level) if case.from_level else None,
        "target_level": level_of(case.target_level),
        "pinned_version": {
            "id": version.pk,
            "number": version.number,
            "state": version.state,
            "ladder": {"slug": version.ladder.slug, "title": version.title},
        },
        "procedure": {"preset": case.procedure.preset, "label": str(case.procedure)},
        "cycle": _cycle(case),
        "state": {"value": case.state, "label": State(case.state).label},
        "outcome": {"value": case.outcome, "label": case.get_outcome_display()} if tells else None,
        "opened_at": case.opened_at,
        "active_at": case.active_at,
        "submitted_at": case.submitted_at,
        "frozen_at": case.frozen_at,
        "decided_at": case.decided_at,
        "communicated_at": case.communicated_at,
        "ended_at": case.ended_at,
        "effective_on": case.effective_on if tells else None,
        "relations": sorted(standing),
    }


def _cycle(case: PromotionCase) -> dict[str, Any] | None:
    if case.cycle is None:
        return None
    return {
        "id": case.cycle.pk,
        "name": case.cycle.name,
        "page_url": links.page("cycle", case.cycle.pk),
    }


def rows(cases: Iterable[PromotionCase], person: Person) -> list[dict[str, Any]]:
    """A list of cases from `visible_to(person).for_rows()`. One query more."""
    cases = list(cases)
    owed: dict[int, list[Duty]] = {case.pk: [] for case in cases}
    for duty in duties.on_cases(list(owed)):
        owed[duty.case_id].append(duty)
    return [
        {**head(case, person), "next_step": next(iter(_next(case, person, owed[case.pk])), None)}
        for case in cases
    ]


def _next(case: PromotionCase, person: Person, owed: Sequence[Duty]) -> list[dict[str, Any]]:
    standing = visibility.relations(person, case)
    told = visibility.sees("handover", standing, case.state)
    found = turns.turns(
        case.state,
        [one for one in owed if told or one.task != "write_handover"],
        person.pk,
        sees_deliberation=visibility.sees("tally", standing, case.state),
        effective_on=case.effective_on,
    )
    return [asdict(turn) for turn in found]


def present(dossier: Dossier) -> dict[str, Any]:
    """The payload of `GET /cases/{id}/` for the reader of the dossier."""
    case, person = dossier.case, dossier.person
    following = _next(case, person, dossier.duties)
    return {
        **head(case, person),
        "version": case.version_for(person),
        "history_url": links.api("case-history", case.pk),
        "accesses_url": links.api("case-accesses", case.pk) if dossier.sight["accesses"] else None,
        "newer_version": _newer(dossier),
        "nominator": links.person(case.nominator),
        "approver": links.person(case.approver),
        "self_nominated": case.self_nominated,
        "steps": steps(case),
        "next_step": following[0] if following else None,
        "next_steps": following,
        "sight": dossier.sight,
        **_texts(dossier),
        "handovers": handover.of_case(dossier),
        "placements": placements.present(dossier.placements, _told(dossier.standing)),
        "experience": stints.present(dossier.placements, timezone.localdate()),
        "own_section": case.own_section,
        "parts": part.parts(dossier),
        "attachments": part.attachments(dossier),
        "attachable": part.attachable(dossier),
        "checklist": None
        if dossier.checklist is None
        else [_checked(item) for item in dossier.checklist],
        "feedback": feedback.of_case(dossier),
        "endorsements": feedback.endorsements(dossier),
        "packet": packet(dossier),
        "panel": panel.panel(dossier),
        "ballot": panel.ballot(dossier),
        "recommendation": panel.recommendation(dossier),
        "decision": decision(dossier),
        "history": history(dossier.history, case, person),
        "who_can_see": who_can_see(dossier),
        "actions": actions(dossier),
    }


def _newer(dossier: Dossier) -> dict[str, Any] | None:
    version, case = dossier.newer, dossier.case
    if version is None:
        return None
    where = [version.ladder.slug, version.number]
    held = urlencode({"against": case.pinned_version.number, "level": case.target_level.key})
    return {
        "number": version.number,
        "page_url": reverse("ladders:version", args=where),
        "changes_page_url": f"{reverse('ladders:changes', args=where)}?{held}",
    }


def _told(standing: frozenset[str]) -> frozenset[str]:
    """The candidate is oneself to the rule of placements; the other names are the same."""
    return standing | ({directory.ONESELF} if visibility.CANDIDATE in standing else frozenset())


def _texts(dossier: Dossier) -> dict[str, Any]:
    names = ("statement", "statement_at", "level_reason", "off_cycle_reason", "waiver_reason")
    readable = dossier.sight["statement"]
    texts = {name: getattr(dossier.case, name) if readable else None for name in names}
    return texts | {"statement_by": links.person(dossier.case.statement_by) if readable else None}


def _checked(item: Item) -> dict[str, Any]:
    mark = "done" if item.done else "todo" if item.blocks else "attention"
    return {**asdict(item), "mark": mark}


def steps(case: PromotionCase) -> list[dict[str, Any]]:
    """Where the case stands on its way; nothing is current on a way that ended early."""
    state = State.COMMUNICATED if case.state == State.SCHEDULED else case.state
    way = WAY[Preset(case.procedure.preset)]
    if case.state == State.CLOSED:
        way = (*way[:-1], ("Closed", State.CLOSED))
    return [{"label": label, "current": step == state} for label, step in way]
