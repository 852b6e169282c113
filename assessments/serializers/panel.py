"""The panel, its ballot behind seals, and what it recommends."""

from __future__ import annotations

from typing import Any

from assessments import panels
from assessments.dossiers import Dossier
from assessments.models import Ballot, Panel, Seat
from assessments.serializers import links
from assessments.states import MOVES
from assessments.visibility import CHAIR, HR
from people.wording import counted


def panel(dossier: Dossier) -> dict[str, Any] | None:
    """Who sits; None for who does not see the deliberation, and before a panel is named."""
    row = dossier.panel
    if row is None or not dossier.sight["tally"]:
        return None
    return {
        "id": row.pk,
        "preread_until": row.preread_until,
        "round": row.round,
        "named_at": row.named_at,
        "note": row.composition_note,
        "seats": [_seat(dossier, seat) for seat in dossier.seats],
    }


def _seat(dossier: Dossier, seat: Seat) -> dict[str, Any]:
    trusted = bool(dossier.standing & {CHAIR, HR}) or seat.person_id == dossier.person.pk
    voted = seat.pk in {ballot.seat_id for ballot in _standing(dossier)}
    rules = bool(dossier.standing & {CHAIR, HR}) and seat.person_id != dossier.person.pk
    in_time = dossier.case.state in MOVES["rule_on_conflict"].sources
    open_to_ruling, ids = rules and in_time and not seat.recused_at, (dossier.case.pk, seat.pk)
    return {
        "id": seat.pk,
        "person": links.person(seat.person),
        "is_you": seat.person_id == dossier.person.pk,
        "chair": seat.chair,
        "alternate": seat.alternate,
        "recused": seat.recused_at is not None,
        "recused_because": seat.recused_because if trusted else None,
        "conflict": seat.conflict if trusted else None,
        "conflict_declared_at": seat.conflict_declared_at if trusted else None,
        "ruled_at": seat.ruled_at if trusted else None,
        "awaits_ruling": awaits_ruling(seat) if trusted else None,
        "voted": voted if trusted else None,
        "ruling_url": links.api("case-ruling", *ids) if open_to_ruling else None,
        "ruling_page_url": links.page("case-ruling", *ids) if open_to_ruling else None,
    }


def awaits_ruling(seat: Seat) -> bool:
    """True while a declared conflict has no ruling yet."""
    return bool(seat.conflict_declared_at and not seat.ruled_at and not seat.recused_at)


def _standing(dossier: Dossier) -> list[Ballot]:
    """The ballots that count in this round."""
    now = dossier.panel.round if dossier.panel else 0
    return [row for row in dossier.ballots if row.round == now and row.void_at is None]


def tally_of(dossier: Dossier) -> panels.Tally:
    """The count of this round; not to be shown while it is open."""
    voters = [seat for seat in dossier.seats if not (seat.recused_at or seat.alternate)]
    seated = {seat.pk for seat in voters}
    votes = [row.vote for row in _standing(dossier) if row.seat_id in seated]
    return panels.tally(len(voters), votes)


def ballot(dossier: Dossier) -> dict[str, Any] | None:
    """How the vote stands: one's own ballot at once, all else when the seals are opened."""
    row = dossier.panel
    if row is None or not dossier.sight["tally"]:
        return None
    tally, is_open = tally_of(dossier), row.closed_at is None
    missing = tally.voters - tally.cast
    return {
        "open": is_open,
        "round": row.round,
        "closed_at": row.closed_at,
        "voters": tally.voters,
        "cast": tally.cast,
        "quorum": tally.quorum,
        "waiting": f"Waiting for {missing} of {counted(tally.voters, 'ballot')}"
        if is_open and missing
        else "",
        "own": _own(dossier),
        "tally": None if is_open else _tally(tally, row),
        "ballots": _opened(dossier, row) if dossier.sight["ballots"] else None,
    }


def _tally(tally: panels.Tally, row: Panel) -> dict[str, Any]:
    return {
        "yes": tally.yes,
        "not_yet": tally.not_yet,
        "abstain": tally.abstain,
        "result": _result(row),
    }


def _result(row: Any) -> dict[str, str] | None:
    return {"value": row.result, "label": row.get_result_display()} if row.result else None


def _own(dossier: Dossier) -> dict[str, Any] | None:
    mine = [row for row in _standing(dossier) if row.seat.person_id == dossier.person.pk]
    return _ballot(mine[0]) if mine else None


def _opened(dossier: Dossier, row: Panel) -> list[dict[str, Any]]:
    """Ballots of the rounds that are closed."""
    return [
        _ballot(ballot) for ballot in dossier.ballots if ballot.round < row.round or row.closed_at
    ]


def _ballot(row: Ballot) -> dict[str, Any]:
    return {
        "person": links.person(row.seat.person),
        "round": row.round,
        "vote": {"value": row.vote, "label": row.get_vote_display()},
        "reason": row.reason,
        "cast_at": row.cast_at,
        "void": row.void_at is not None,
    }


def recommendation(dossier: Dossier) -> dict[str, Any] | None:
    """The chair's word for the panel; None for who does not see the deliberation."""
    row = dossier.recommendation
    if row is None or not dossier.sight["tally"]:
        return None
    return {
        "result": _result(row),
        "text": row.text,
        "reasons": reasons(dossier, row.why, "text"),  # type: ignore[attr-defined]
        "given_by": links.person(row.given_by),
        "given_at": row.given_at,
    }


def reasons(dossier: Dossier, rows: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Reasons with the words of the expectation that each names."""
    known = {row.pk: row for row in dossier.expectations}
    return [
        {
            "expectation": row["expectation"],
            "competency": str(known[row["expectation"]].competency)
            if row["expectation"] in known
            else "",
            "expected": known[row["expectation"]].summary if row["expectation"] in known else "",
            text: row["text"],
        }
        for row in rows
    ]
