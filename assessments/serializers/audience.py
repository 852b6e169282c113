"""Who reads what of one case, in words that follow the table of sight itself."""

from __future__ import annotations

from collections.abc import Iterable

from assessments import states, visibility
from assessments.dossiers import Dossier
from assessments.states import State
from assessments.visibility import (
    APPROVER,
    CANDIDATE,
    CHAIR,
    HR,
    HR_PARTNER,
    MANAGER,
    PANEL,
    SKIP_LEVEL,
)

ARTEFACTS = {
    "own_section": "the own section",
    "evidence": "the attached evidence",
    "statement": "the manager’s statement",
    "handover": "handover statements",
    "feedback_named": "feedback",
    "feedback_unnamed": "unnamed feedback",
    "feedback_panel_only": "feedback for the panel only",
    "endorsement": "endorsements",
    "tally": "the panel’s tally and word",
    "ballots": "single ballots once they are closed",
    "outcome": "the outcome with its letter",
}
FORMER, OWN_WORDS = "former manager", "What they wrote themselves."
WORDS = {
    CANDIDATE: "candidate",
    MANAGER: "manager",
    SKIP_LEVEL: "skip-level",
    PANEL: "reads and votes",
    CHAIR: "leads the panel",
    APPROVER: "approver",
    HR_PARTNER: "for this unit",
    HR: "all of HR",
}


def who_can_see(dossier: Dossier) -> list[dict[str, str]]:
    """One line a reader: who, their relation, and what they read now and later."""
    lines = [
        {"who": who, "relation": _relation(relation, pk, dossier), "sees": _sees(relation, dossier)}
        for relation, who, pk in _readers(dossier)
        if who
    ]
    for row in dossier.handovers if dossier.sight["handover"] else ():
        if row.former_id != dossier.case.owner_id:
            relation = "you, former manager" if row.former_id == dossier.person.pk else FORMER
            lines.append({"who": row.former.name, "relation": relation, "sees": OWN_WORDS})
    return [*lines, {"who": "Administrators", "relation": "", "sees": "Nothing."}]


def _readers(dossier: Dossier) -> Iterable[tuple[str, str, int | None]]:
    case = dossier.case
    yield CANDIDATE, case.candidate.name, case.candidate_id
    yield MANAGER, case.owner.name, case.owner_id
    if case._manager_id != case.owner_id:
        yield MANAGER, case._manager_name or "", case._manager_id
    if case._skip_level_id != case.owner_id:
        yield SKIP_LEVEL, case._skip_level_name or "", case._skip_level_id
    if case.procedure.preset == "committee":
        yield PANEL, "The panel", None
        yield CHAIR, "The chair of the panel", None
    yield APPROVER, case.approver.name if case.approver else "The approver", case.approver_id
    yield HR_PARTNER, f"HR partner of {case._unit_name}" if case._unit_name else "HR partner", None
    yield HR, "Human resources", None


def _relation(relation: str, pk: int | None, dossier: Dossier) -> str:
    words = WORDS[relation]
    if relation == PANEL and not dossier.case.standing_panels:
        words = "not named yet"
    return f"you, {words}" if pk == dossier.person.pk else words


def _sees(relation: str, dossier: Dossier) -> str:
    state = State(dossier.case.state)
    later = _read(relation, State.COMMUNICATED)
    if until := _not_yet(relation, dossier):
        return f"Nothing yet. {_sentence(f'{until}: ', later)}"
    now = _read(relation, state)
    said = [_sentence("", now) if now else "State and dates."]
    later = [name for name in later if name not in now]
    if later and state not in visibility.TOLD:
        said.append(_sentence("once the outcome is told: ", later))
    return " ".join(said)


def _not_yet(relation: str, dossier: Dossier) -> str:
    """What has to happen before somebody comes to stand so; empty when they do."""
    if relation in (PANEL, CHAIR) and dossier.panel is None:
        return "once the panel is named"
    if relation == APPROVER and dossier.case.state not in states.APPROVER_SEES:
        return "once the case is theirs to decide"
    return ""


def _read(relation: str, state: State) -> list[str]:
    standing = frozenset({relation})
    return [name for name in ARTEFACTS if visibility.sees(name, standing, state)]


def _sentence(start: str, names: list[str]) -> str:
    words = [ARTEFACTS[name] for name in names]
    text = f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
    whole = f"{start}{text}."
    return whole[0].upper() + whole[1:]
