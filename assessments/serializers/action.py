"""The moves that a person may make on a case now, and why the next ones are not theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assessments import panels, policies, states
from assessments.actions import facts, handovers
from assessments.dossiers import Dossier
from assessments.models import Panel
from assessments.serializers import links
from assessments.serializers.panel import awaits_ruling, tally_of
from assessments.visibility import APPROVER, CHAIR, HR, PANEL
from people.refusals import Denied, Verdict

CLOCK = frozenset({"make_effective", "lapse", "vote_again"})
ASKS = {
    **{name: f"?outcome={name}" for name in ("approve", "approve_no_seat", "defer", "decline")},
    "write_own_section": "?part=own",
}
"""What the address of a page says besides, where one page serves several moves."""
ONWARD = frozenset({"submit", "gather", "freeze", "assign_panel", "recommend", "communicate"})
"""Moves that carry a case on: shown to everybody who sees that it is their moment, with whose
they are."""
NEAR = {"recommend": frozenset({PANEL, CHAIR, HR, APPROVER})}
PATCHED = frozenset({"edit", "write_own_section"})


def actions(dossier: Dossier) -> list[dict[str, Any]]:
    """What the state allows and concerns the reader: theirs to do, or who does it instead."""
    return [
        _action(name, dossier, verdict)
        for name in states.MOVES
        if name not in CLOCK and _is_open(name, dossier)
        if (verdict := _verdict(name, dossier)) is not None
    ]


def _is_open(name: str, dossier: Dossier) -> bool:
    case = dossier.case
    return case.state in states.MOVES[name].starts_from(case.procedure.preset)


def _verdict(name: str, dossier: Dossier) -> Verdict | None:
    """Yes, no with the reason, or None where the move is no business of the reader's."""
    verdict = policies.may(name, dossier.person, dossier.case)
    if verdict:
        obstacle = OBSTACLES.get(name)
        return obstacle(dossier) if obstacle else True
    if name == "vote" and any(seat.person_id == dossier.person.pk for seat in dossier.seats):
        return verdict
    onward = name in ONWARD and states.MOVES[name].target != dossier.case.state
    concerns = onward and dossier.standing & NEAR.get(name, dossier.standing)
    return verdict if concerns and not dossier.is_candidate else None


def _action(name: str, dossier: Dossier, verdict: Verdict) -> dict[str, Any]:
    door, ids = f"case-{links.NOUNS[name]}", [dossier.case.pk]
    if name == "rule_on_conflict":
        ids.append(_unruled(dossier)[0].pk)
    url = links.api("case" if name in PATCHED else door, *ids)
    page = links.page(door, *ids)
    return {
        "name": name,
        "label": states.MOVES[name].label,
        "method": "PATCH" if name in PATCHED else "POST",
        "url": url,
        "page_url": page + ASKS.get(name, ""),
        "allowed": bool(verdict),
        "reason": verdict.reason if isinstance(verdict, Denied) else "",
    }


def _endorse(dossier: Dossier) -> Verdict | None:
    spoken = any(row.kind == "skip_level" for row in dossier.endorsements)
    return None if spoken else True


def _vote(dossier: Dossier) -> Verdict:
    panel, mine = dossier.panel, _own_seat(dossier)
    if panel is None or panel.closed_at:
        return Denied("The ballot is closed.")
    if mine.conflict_declared_at and not mine.ruled_at:
        return Denied("You declared a conflict; the chair rules on it before you vote.")
    return True


def _declare(dossier: Dossier) -> Verdict | None:
    mine = _own_seat(dossier)
    return None if mine.conflict_declared_at and not mine.ruled_at else True


def _unruled(dossier: Dossier) -> list[Any]:
    """Seats whose declared conflict waits for somebody else's ruling."""
    return [
        seat
        for seat in dossier.seats
        if awaits_ruling(seat) and seat.person_id != dossier.person.pk
    ]


def _rule(dossier: Dossier) -> Verdict | None:
    return True if _unruled(dossier) else None


def _somebody_waits(dossier: Dossier) -> bool:
    return any(awaits_ruling(seat) and not seat.alternate for seat in dossier.seats)


def _close(dossier: Dossier) -> Verdict | None:
    if dossier.panel is None or dossier.panel.closed_at:
        return None
    if _somebody_waits(dossier):
        return Denied(panels.UNRULED)
    tally = tally_of(dossier)
    if tally.cast < tally.quorum:
        return Denied(f"{tally.cast} of {tally.quorum} ballots that the quorum needs are in.")
    return True


def _reopen(dossier: Dossier) -> Verdict | None:
    panel = dossier.panel
    split = panel is not None and panel.closed_at and panel.result == Panel.Result.SPLIT
    return True if split and panel and panel.round == 1 else None


def _recommend(dossier: Dossier) -> Verdict:
    panel = dossier.panel
    if panel is None or panel.closed_at is None:
        return Denied("Close the ballot first.")
    if _somebody_waits(dossier):
        return Denied(panels.UNRULED)
    if panel.result == Panel.Result.SPLIT and panel.round == 1:
        return Denied("The vote is split: discuss it, then call the second ballot.")
    return True


def _communicate(dossier: Dossier) -> Verdict:
    return Denied(facts.OTHERS_FIRST) if dossier.others_first else True


def _no_seat(dossier: Dossier) -> Verdict | None:
    return True if dossier.case.target_level.seat_limited else None


def _own_seat(dossier: Dossier) -> Any:
    return next(seat for seat in dossier.seats if seat.person_id == dossier.person.pk)


def _hand_over(dossier: Dossier) -> Verdict | None:
    heir = dossier.case._manager_here
    return True if heir not in (None, dossier.case.owner_id) else None


def _ask_handover(dossier: Dossier) -> Verdict | None:
    others = [row for row in dossier.handovers if row.former_id != dossier.case.owner_id]
    return True if others and not handovers.why_not_asked(others[0]) else None


def _write_handover(dossier: Dossier) -> Verdict | None:
    mine = [row for row in dossier.handovers if row.former_id == dossier.person.pk]
    return True if any(row.asked_at and not row.written_at for row in mine) else None


def _repin(dossier: Dossier) -> Verdict | None:
    return True if dossier.newer else None


OBSTACLES: dict[str, Callable[[Dossier], Verdict | None]] = {
    "hand_over": _hand_over,
    "ask_handover": _ask_handover,
    "write_handover": _write_handover,
    "repin": _repin,
    "endorse": _endorse,
    "vote": _vote,
    "declare_conflict": _declare,
    "rule_on_conflict": _rule,
    "close_ballot": _close,
    "reopen_ballot": _reopen,
    "recommend": _recommend,
    "approve_no_seat": _no_seat,
    "communicate": _communicate,
}
"""What the rows say against a move that policy and state allow; None hides it."""
