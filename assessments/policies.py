"""Who may make which move of a case. Nothing here asks about state, and nothing asks the database.

Cases come from `PromotionCase.objects.for_moves()`; `person` is None when the clock acts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from assessments import visibility
from assessments.models import Evidence, Procedure, PromotionCase
from assessments.visibility import (
    APPROVER,
    CANDIDATE,
    CHAIR,
    HR,
    MANAGER,
    PANEL,
    SKIP_LEVEL,
)
from people.models import Person, Role
from people.refusals import Denied, Verdict

CLOCK = frozenset(
    {"schedule", "close", "make_effective", "lapse", "cancel", "vote_again", "hand_over"}
)
"""Moves the clock or another move makes; some of them are open to people as well."""


def may(name: str, person: Person | None, case: PromotionCase) -> Verdict:
    """The verdict on one person making one move of one case."""
    if person is None:
        return True if name in CLOCK else Denied("Only people may do this.")
    standing = visibility.relations(person, case)
    verdict = POLICIES[name](person, standing, case)
    if verdict or name not in KINDS:
        return verdict
    row = visibility.handed_over(person, case, KINDS[name])
    return verdict if row is None else _on_behalf(name, person, case, row)


def on_behalf_of(name: str, person: Person | None, case: PromotionCase) -> dict[str, Any] | None:
    """Whose task a move is that `person` may make only because it was handed over to them."""
    if person is None or name not in KINDS:
        return None
    if POLICIES[name](person, visibility.relations(person, case), case):
        return None
    return visibility.stands_in(person, case, KINDS[name])


def _on_behalf(name: str, person: Person, case: PromotionCase, row: dict[str, Any]) -> Verdict:
    """A delegate may what both the other person and they themselves may in that place."""
    if visibility.speaks_there(person, case, KINDS[name], row):
        return Denied(
            f"You speak on this case yourself, so you do not act on it for {row['delegator_name']}."
        )
    principal: Any = Principal(row["delegator"])
    theirs = POLICIES[name](principal, visibility.relations(principal, case), case)
    if not theirs:
        return theirs
    whose = visibility.STANDS_FOR[visibility.HANDED_OVER[KINDS[name]]]
    return POLICIES[name](person, visibility.relations(person, case) | {whose}, case)


@dataclass(frozen=True)
class Principal:
    """Somebody whose tasks are done by somebody else: known by what the case says of them."""

    pk: int
    roles: tuple[str, ...] = ()
    partner_team: None = None


KINDS = {
    **dict.fromkeys(("edit", "attach", "submit"), "submit"),
    "endorse": "endorse",
    **dict.fromkeys(("approve", "approve_no_seat", "defer", "decline"), "decide"),
    "communicate": "communicate",
}
"""Move → the kind of task as which it can be handed over; all others stay with their doer."""


def open_case(
    person: Person, candidate: Person, manager_id: int | None, procedure: Procedure
) -> Verdict:
    """Managers open cases for their reports, HR for anybody but themselves."""
    if person.pk == candidate.pk:
        if procedure.self_nomination and manager_id is not None:
            return True
        return Denied("Self-nomination is off for this level; your manager opens the case.")
    if person.pk == manager_id or person.has_role(Role.HR):
        return True
    return Denied("Only the candidate's manager or HR may open a case.")


def choose_any_level(person: Person, candidate: Person) -> Verdict:
    """HR may name a level that is not the next one, with a reason."""
    if person.has_role(Role.HR) and person.pk != candidate.pk:
        return True
    return Denied("This is not the next level on the candidate's track. HR may open such a case.")


def change_evidence(person: Person, piece: Evidence) -> Verdict:
    """Evidence belongs to the person who collected it."""
    if person.pk == piece.person_id:
        return True
    return Denied("Only the person whose evidence this is may change it.")


def say_happy_here(person: Person, about: Person) -> Verdict:
    """Everybody says for themselves whether they want to hear of promotion."""
    if person.pk == about.pk:
        return True
    return Denied("Only the person may say whether they want to hear of promotion.")


def attach_piece(person: Person, case: PromotionCase, *, shared: bool) -> Verdict:
    """Evidence is seen by its owner alone until they attach it; then the manager may use it too."""
    if person.pk == case.candidate_id or shared:
        return True
    return Denied("The candidate attaches a piece first; then you may tie it to other parts.")


def detach_piece(person: Person, case: PromotionCase, *, attached_by: int) -> Verdict:
    """The evidence of a case is the candidate's; the manager takes off what managers tied."""
    if person.pk == case.candidate_id or attached_by != case.candidate_id:
        return True
    return Denied("The candidate attached this piece; only they take it off.")


Rule = Callable[[Person, frozenset[str], PromotionCase], Verdict]


def _only(refusal: str, *allowed: str) -> Rule:
    def rule(person: Person, standing: frozenset[str], case: PromotionCase) -> Verdict:
        return True if standing & set(allowed) else Denied(refusal)

    return rule


def _lead(refusal: str) -> Rule:
    """The manager; when the manager has left, the skip-level or HR in their place."""

    def rule(person: Person, standing: frozenset[str], case: PromotionCase) -> Verdict:
        if MANAGER in standing or (_is_orphaned(case) and standing & {SKIP_LEVEL, HR}):
            return True
        return Denied(refusal)

    return rule


def _is_orphaned(case: PromotionCase) -> bool:
    return not case.owner.is_here(timezone.localdate())


def _write_handover(person: Person, standing: frozenset[str], case: PromotionCase) -> Verdict:
    if person.pk in case._former_ids and person.pk != case.owner_id:
        return True
    return Denied("Only who led the candidate before writes a handover statement.")


def _send_back(person: Person, standing: frozenset[str], case: PromotionCase) -> Verdict:
    if standing & {HR, SKIP_LEVEL, APPROVER}:
        return True
    return Denied("Only HR, the skip-level or the approver may send the case back.")


def _endorse(person: Person, standing: frozenset[str], case: PromotionCase) -> Verdict:
    nobody_above = case._skip_level_id is None and HR in standing
    if SKIP_LEVEL in standing or nobody_above:
        return True
    return Denied("Only the manager's manager may endorse the case.")


def _sponsor(person: Person, standing: frozenset[str], case: PromotionCase) -> Verdict:
    near = {CANDIDATE, MANAGER, SKIP_LEVEL, APPROVER, *visibility.STANDS_FOR}
    if standing & near:
        return Denied("A sponsor speaks besides manager, skip-level and approver.")
    return True if HR in standing else Denied("Only HR may add the word of a sponsor.")


def _vote(person: Person, standing: frozenset[str], case: PromotionCase) -> Verdict:
    seats = [seat for panel in case.standing_panels for seat in panel.seats.all()]
    mine = next((seat for seat in seats if seat.person_id == person.pk), None)
    if mine is None:
        return Denied("Only members of the panel vote.")
    if mine.recused_at:
        return Denied("You are recused from this case.")
    if mine.alternate:
        return Denied("Alternates vote only when they have taken a seat.")
    return True


def _decide(person: Person, standing: frozenset[str], case: PromotionCase) -> Verdict:
    gone = case.approver is None or not case.approver.is_here(timezone.localdate())
    nobody_named = gone and HR in standing
    if not (APPROVER in standing or nobody_named or person.pk == case.approver_id):
        return Denied("Only the approver decides.")
    if person.pk == case.nominator_id or person.pk == case.owner_id:
        return Denied("Who nominated the candidate does not decide.")
    if PANEL in standing:
        return Denied("Who sits on the panel does not decide.")
    return True


def _communicate(person: Person, standing: frozenset[str], case: PromotionCase) -> Verdict:
    if standing & {MANAGER, HR} or (_is_orphaned(case) and SKIP_LEVEL in standing):
        return True
    return Denied("The candidate's manager tells the candidate, or HR.")


_hr = "Only HR may do this, and not on their own case."
_chair = "Only the chair of the panel may do this."

POLICIES: dict[str, Rule] = {
    "edit": _lead("Only the candidate's manager writes the statement."),
    "write_own_section": _only("Only the candidate writes their own section.", CANDIDATE),
    "attach": _only("Evidence is attached by the candidate or their manager.", CANDIDATE, MANAGER),
    "submit": _lead("Only the candidate's manager may submit the case."),
    "send_back": _send_back,
    "repin": _only(_hr, HR),
    "hand_over": _only("The candidate's manager hands the case over, or HR.", MANAGER, HR),
    "ask_handover": _only("Only the candidate's manager asks for this.", MANAGER),
    "write_handover": _write_handover,
    "gather": _only(_hr, HR),
    "ask_another": _only(_hr, HR),
    "endorse": _endorse,
    "sponsor": _sponsor,
    "freeze": _only(_hr, HR),
    "assign_panel": _only(_hr, HR),
    "declare_conflict": _only("Only members of the panel declare a conflict.", PANEL),
    "rule_on_conflict": _only(_chair, CHAIR, HR),
    "vote": _vote,
    "close_ballot": _only(_chair, CHAIR),
    "reopen_ballot": _only(_chair, CHAIR),
    "vote_again": _only(_chair, CHAIR, HR),
    "recommend": _only(_chair, CHAIR),
    "approve": _decide,
    "approve_no_seat": _decide,
    "defer": _decide,
    "decline": _decide,
    "communicate": _communicate,
    "schedule": _only(_hr, HR),
    "close": _only(_hr, HR),
    "make_effective": _only("The clock does this on the effective date."),
    "withdraw": _only("Only the candidate may withdraw at any time.", CANDIDATE),
    "retract": _lead("Only the manager may withdraw the case for the candidate."),
    "lapse": _only("The clock does this after 90 days without activity."),
    "cancel": _only(_hr, HR),
}
