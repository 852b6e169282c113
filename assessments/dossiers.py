"""Everything one person reads of one case, fetched in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from assessments import duties, policies, readiness, states, visibility
from assessments.actions import facts, pins
from assessments.duties import Duty
from assessments.models import (
    Ballot,
    CaseEvidence,
    CaseSection,
    Decision,
    Endorsement,
    Evidence,
    Feedback,
    Handover,
    Packet,
    Panel,
    PromotionCase,
    Recommendation,
    Seat,
)
from assessments.models.evidence import files_of
from assessments.states import Preset, State
from assessments.visibility import CANDIDATE
from ladders.models import Expectation, LadderVersion, Placement, Statement
from people.models import Event, Person

NEWEST = 50  # entries of the history in the payload; its own address has all


@dataclass
class Dossier:
    """One case from `for_display()`, who reads it, and the rows around it."""

    case: PromotionCase
    person: Person
    duties: list[Duty]
    expectations: list[Expectation]
    sections: dict[int, CaseSection]
    attachments: list[CaseEvidence]
    feedback: list[Feedback]
    endorsements: list[Endorsement]
    handovers: list[Handover]
    history: list[Event]
    placements: list[Placement]
    own_evidence: list[Evidence] = field(default_factory=list)
    packet: Packet | None = None
    ballots: list[Ballot] = field(default_factory=list)
    recommendation: Recommendation | None = None
    decision: Decision | None = None
    wanted: list[dict[str, Any]] = field(default_factory=list)  # by the reasons of the decision
    checklist: list[readiness.Item] | None = None
    newer: LadderVersion | None = None  # the published text, where the case keeps another
    others_first: bool = False  # others of the cycle hear their outcome before the candidate

    @cached_property
    def standing(self) -> frozenset[str]:
        """How the person stands to the case."""
        return visibility.relations(self.person, self.case)

    @cached_property
    def sight(self) -> dict[str, bool]:
        """Every artefact, and whether the person reads it now."""
        state = self.case.state
        return {name: visibility.sees(name, self.standing, state) for name in visibility.SIGHT}

    @property
    def panel(self) -> Panel | None:
        """The panel that sits now."""
        return next(iter(self.case.standing_panels), None)

    @property
    def seats(self) -> list[Seat]:
        """All seats of the standing panel."""
        return list(self.panel.seats.all()) if self.panel else []

    @property
    def is_candidate(self) -> bool:
        """True for the one the case is about."""
        return CANDIDATE in self.standing

    @property
    def writable(self) -> bool:
        """True while its evidence and own section may still change."""
        return self.case.state in states.BEFORE_FREEZE


def read(case: PromotionCase, person: Person) -> Dossier:
    """Fetch what surrounds a case from `visible_to(person).for_display()`."""
    dossier = Dossier(
        case=case,
        person=person,
        duties=duties.on_cases([case.pk]),
        expectations=_expectations(case),
        sections={row.competency_id: row for row in _sections(case)},
        attachments=_attachments(case),
        feedback=list(case.feedback.select_related("author").order_by("pk")),
        endorsements=list(case.endorsements.select_related("person", "given_for").order_by("pk")),
        handovers=_handovers(case),
        history=history(case, person)[:NEWEST],
        placements=_placements(case),
        newer=pins.newer(case),
    )
    if case.frozen_at:
        dossier.packet, dossier.decision, dossier.wanted = _settled(case)
    if case.procedure.preset == Preset.COMMITTEE and case.state in states.DELIBERATED:
        dossier.ballots = _ballots(case)
        dossier.recommendation = _recommendation(case)
    if case.state == State.DECIDED and policies.may("communicate", person, case):
        dossier.others_first = facts.others_are_told_first(case)
    if dossier.is_candidate and dossier.writable:
        dossier.own_evidence = list(_own(person).for_display())
    if case.state == State.DRAFT and policies.may("submit", person, case):
        dossier.checklist = _checklist(dossier)
    return dossier


def history(case: PromotionCase, person: Person) -> Any:
    """The events of a case that the person may know of, newest first, as a QuerySet."""
    standing = visibility.relations(person, case)
    hidden = [
        f"case.{name}"
        for name in visibility.EVENTS
        if not visibility.sees_event(name, standing, case.state)
    ]
    return Event.objects.about(case).exclude(verb__in=hidden).select_related("actor")


def _expectations(case: PromotionCase) -> list[Expectation]:
    said = Statement.objects.filter(expectation=OuterRef("pk")).order_by("position")
    words = said.values(
        json=JSONObject(text="text", kind="kind", counter="counter", examples="examples")
    )
    rows = case.target_level.expectations.filter(version=case.pinned_version_id)
    rows = rows.exclude(state=Expectation.State.NOT_APPLICABLE)
    rows = rows.select_related("competency__pillar", "proficiency")
    rows = rows.annotate(said=ArraySubquery(words))
    return list(rows.order_by("competency__position", "position"))


def _placements(case: PromotionCase) -> list[Placement]:
    rows = Placement.objects.known_at().for_display().filter(person=case.candidate_id)
    return list(rows.order_by("-valid"))


def _sections(case: PromotionCase) -> Any:
    return case.sections.select_related("saved_by")


def _attachments(case: PromotionCase) -> list[CaseEvidence]:
    rows = case.attachments.select_related("evidence", "attached_by")
    rows = rows.annotate(held=files_of("evidence"))
    return list(rows.order_by("-evidence__happened_on", "pk"))


def _handovers(case: PromotionCase) -> list[Handover]:
    if not case._former_ids:
        return []
    return list(case.handovers.for_display().order_by("-handed_at", "-pk"))


def _ballots(case: PromotionCase) -> list[Ballot]:
    rows = Ballot.objects.filter(seat__panel__case=case, seat__panel__dissolved_at=None)
    return list(rows.select_related("seat__person").order_by("round", "seat"))


def _recommendation(case: PromotionCase) -> Recommendation | None:
    rows = case.recommendations.filter(void_at=None).select_related("given_by")
    return rows.annotate(why=_reasons(Recommendation, "recommendation", "text", "pk")).first()


def _settled(case: PromotionCase) -> tuple[Packet, Decision | None, list[dict[str, Any]]]:
    """The packet with the decision that may follow it, and its reasons: one statement for both."""
    people = ("decided_by", "decided_for", "told_by", "told_for")
    rows = PromotionCase.objects.only("packet", "decision").annotate(
        wanted=_reasons(Decision, "decision", "evidence_wanted", "decision")
    )
    rows = rows.select_related("packet__frozen_by", *(f"decision__{name}" for name in people))
    found = rows.get(pk=case.pk)
    return found.packet, getattr(found, "decision", None), found.wanted


def _reasons(model: Any, parent: str, text: str, key: str) -> ArraySubquery:
    rows = model._meta.get_field("reasons").related_model.objects.filter(**{parent: OuterRef(key)})
    words = JSONObject(expectation="expectation_id", text=text)
    return ArraySubquery(rows.order_by("pk").values(json=words))


def _checklist(dossier: Dossier) -> list[readiness.Item]:
    attachments = dossier.attachments
    found = facts.readiness_from(
        dossier.case,
        attached=[(row.evidence_id, row.competency_id) for row in attachments],
        written=[pk for pk, row in dossier.sections.items() if row.text],
        parts={row.competency_id: str(row.competency) for row in dossier.expectations},
    )
    return readiness.checklist(found)


def attachable(case: PromotionCase, person: Person) -> Any:
    """The evidence that the person may tie to a case: their own, or what is attached already."""
    if person.pk == case.candidate_id:
        return _own(person)
    return Evidence.objects.filter(attachments__case=case).distinct()


def _own(person: Person) -> Any:
    return Evidence.objects.visible_to(person).kept()
