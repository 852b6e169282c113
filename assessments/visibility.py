"""Who sees which part of a case: one table that serves page, API, export and message alike."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

from assessments import states
from assessments.states import State

CANDIDATE, MANAGER, SKIP_LEVEL = "candidate", "manager", "skip_level"
PANEL, CHAIR, APPROVER = "panel", "chair", "approver"
HR_PARTNER, HR = "hr_partner", "hr"
FOR_MANAGER, FOR_SKIP_LEVEL, FOR_APPROVER = "for_manager", "for_skip_level", "for_approver"
STANDS_FOR = {FOR_MANAGER: MANAGER, FOR_SKIP_LEVEL: SKIP_LEVEL, FOR_APPROVER: APPROVER}
"""Whoever does a task for one of these reads what they read, while the delegation lasts."""
HANDED_OVER = {
    "submit": FOR_MANAGER,
    "communicate": FOR_MANAGER,
    "endorse": FOR_SKIP_LEVEL,
    "decide": FOR_APPROVER,
}
"""Kind of a delegation → how its delegate stands to the case."""
JUDGING = ("endorse", "decide")
RELATIONS = (CANDIDATE, MANAGER, SKIP_LEVEL, PANEL, CHAIR, APPROVER, HR_PARTNER, HR)

ALWAYS = frozenset(State)
TOLD = states.TOLD
DECIDED = states.TOLD | {State.DECIDED}

_READERS = {MANAGER: ALWAYS, SKIP_LEVEL: ALWAYS, HR_PARTNER: ALWAYS, HR: ALWAYS}
_REVIEWERS = {PANEL: ALWAYS, CHAIR: ALWAYS, APPROVER: ALWAYS}

SIGHT: dict[str, dict[str, frozenset[State]]] = {
    "case": {CANDIDATE: ALWAYS, **_READERS, **_REVIEWERS},
    "placements": {CANDIDATE: ALWAYS, **_READERS, **_REVIEWERS},
    "own_section": {CANDIDATE: ALWAYS, **_READERS, **_REVIEWERS},
    "evidence": {CANDIDATE: ALWAYS, **_READERS, **_REVIEWERS},
    "statement": {CANDIDATE: TOLD, **_READERS, **_REVIEWERS},
    "handover": {CANDIDATE: TOLD, **_READERS, **_REVIEWERS},
    "feedback_named": {CANDIDATE: TOLD, **_READERS, **_REVIEWERS},
    "feedback_unnamed": {CANDIDATE: TOLD, **_READERS, **_REVIEWERS},
    "feedback_panel_only": {**_REVIEWERS, HR: ALWAYS},
    "endorsement": {**_READERS, **_REVIEWERS},
    "ballots": {CHAIR: ALWAYS, HR: ALWAYS},
    "tally": {**_REVIEWERS, HR: ALWAYS},
    "outcome": {
        CANDIDATE: TOLD,
        MANAGER: DECIDED,
        SKIP_LEVEL: DECIDED,
        HR_PARTNER: DECIDED,
        HR: DECIDED,
        **_REVIEWERS,
    },
    "history": {**_READERS, CHAIR: ALWAYS, APPROVER: ALWAYS},
    "accesses": {CANDIDATE: ALWAYS, HR: ALWAYS},
}
"""Artefact → relation → the states in which it is read. What is not named here is not seen."""

EVENTS = {
    "ask_handover": "handover",
    "write_handover": "handover",
    "endorse": "endorsement",
    "sponsor": "endorsement",
    "gather": "feedback_named",
    "ask_another": "feedback_named",
    "assign_panel": "tally",
    "declare_conflict": "tally",
    "rule_on_conflict": "tally",
    "vote": "ballots",
    "close_ballot": "tally",
    "reopen_ballot": "tally",
    "vote_again": "tally",
    "recommend": "tally",
    "approve": "outcome",
    "approve_no_seat": "outcome",
    "defer": "outcome",
    "decline": "outcome",
}
"""The artefact that an event of a case gives away; all other events tell only of the case."""

_TRUSTED = frozenset({MANAGER, SKIP_LEVEL, HR_PARTNER, HR, APPROVER})
_EVERYBODY = frozenset(RELATIONS)
_TOLD_WHY = _EVERYBODY - {CANDIDATE}
WHY = {
    "send_back": _TRUSTED,
    "rule_on_conflict": frozenset({CHAIR, HR}),
    "close": _EVERYBODY,
}
"""Who reads the reason given for a move; of others everybody but the candidate."""

NAMELESS = frozenset({PANEL, CHAIR})
"""Whoever opened a case in one of these relations stays unnamed to the candidate."""

KNOW_HAPPY = frozenset({MANAGER, SKIP_LEVEL, HR})
"""Who besides the person knows that they want no talk of promotion; shown nowhere else."""

UNNAMED_FROM = 3
"""Unnamed feedback is shown to the candidate only when at least this many wrote."""


class Reader(Protocol):
    """What sight needs to know of a person."""

    pk: int
    roles: list[str]
    partner_team: Any


def relations(person: Reader, case) -> frozenset[str]:
    """How `person` stands to a case that was loaded with `for_display()`.

    A candidate is nothing but the candidate, whatever their role: their case is sealed from them.
    """
    if person.pk == case.candidate_id:
        return frozenset({CANDIDATE})
    found = {
        MANAGER: person.pk in (case.owner_id, case._manager_id),
        SKIP_LEVEL: person.pk == case._skip_level_id,
        APPROVER: person.pk == case.approver_id and case.state in states.APPROVER_SEES,
        HR: "hr" in person.roles,
        HR_PARTNER: _is_partner(person, case),
        **_seated(person, case),
        **{HANDED_OVER[kind]: True for kind in HANDED_OVER if stands_in(person, case, kind)},
    }
    return frozenset(relation for relation, holds in found.items() if holds)


def stands_in(person: Reader, case, kind: str) -> dict[str, Any] | None:
    """For whom `person` may do a task of this kind on the case today; None: for nobody.

    The answer is one row of `_stand_ins`. Whoever speaks on the case themselves stands in for
    nobody there, and sees nothing more.
    """
    row = handed_over(person, case, kind)
    return None if row is None or speaks_there(person, case, kind, row) else row


def handed_over(person: Reader, case, kind: str) -> dict[str, Any] | None:
    """The row of `_stand_ins` that hands tasks of this kind to `person`, conflict or not."""
    if person.pk == case.candidate_id:
        return None
    whose = {
        FOR_MANAGER: (case.owner_id, case._manager_id),
        FOR_SKIP_LEVEL: (case._skip_level_id,),
        FOR_APPROVER: (case.approver_id,) if case.state in states.APPROVER_SEES else (),
    }[HANDED_OVER[kind]]
    for row in case._stand_ins:
        if row["delegate"] == person.pk and kind in row["kinds"] and row["delegator"] in whose:
            return row
    return None


def speaks_there(person: Reader, case, kind: str, row: dict[str, Any]) -> bool:
    """True for members of the panel, also recused ones; who judges a case for somebody else also
    neither nominated nor leads the candidate, and gave no feedback."""
    seats = [seat for panel in case.standing_panels for seat in panel.seats.all()]
    if any(seat.person_id == person.pk for seat in seats):
        return True
    near = (case.owner_id, case.nominator_id, case._manager_id)
    return kind in JUDGING and (row["gave_feedback"] or person.pk in near)


def sees(artefact: str, standing: frozenset[str], state: str) -> bool:
    """True when any of the relations reads the artefact while the case is in `state`."""
    rules = SIGHT[artefact]
    return any(state in rules.get(STANDS_FOR.get(one, one), ()) for one in standing)


def sees_event(verb: str, standing: frozenset[str], state: str) -> bool:
    """True when the event `case.<verb>` may be told to somebody who stands so."""
    name = verb.removeprefix("case.")
    if standing == {CANDIDATE} and name == "schedule":
        return state in TOLD
    return sees(EVENTS.get(name, "case"), standing, state)


def sees_why(verb: str, standing: frozenset[str]) -> bool:
    """True when the reason of the event `case.<verb>` by somebody else may be told."""
    stands = {STANDS_FOR.get(one, one) for one in standing}
    return bool(stands & WHY.get(verb.removeprefix("case."), _TOLD_WHY))


def names_who_opened(opened_as: Collection[str], standing: frozenset[str]) -> bool:
    """True when a reader of the trail reads who it was that opened the case in these relations."""
    return CANDIDATE not in standing or NAMELESS.isdisjoint(opened_as)


def _is_partner(person: Reader, case) -> bool:
    if "hr_partner" not in person.roles or person.partner_team is None:
        return False
    return (case._unit_path or "").startswith(person.partner_team.path)


def _seated(person: Reader, case) -> dict[str, bool]:
    seats = [seat for panel in case.standing_panels for seat in panel.seats.all()]
    mine = [seat for seat in seats if seat.person_id == person.pk and seat.recused_at is None]
    return {PANEL: bool(mine), CHAIR: any(seat.chair for seat in mine)}
