"""The lives of an import and of a delegation, each as one table."""

from collections.abc import Mapping

from django.db.models import TextChoices

from people.refusals import Conflict


class ImportState(TextChoices):
    """Where an import stands between looking and doing."""

    READING = "reading", "Being read"
    PREVIEWED = "previewed", "Waiting for confirmation"
    WRITING = "writing", "Being imported"
    CONFIRMED = "confirmed", "Imported"
    DISCARDED = "discarded", "Discarded"
    REFUSED = "refused", "Refused"


_S = ImportState
UNDER_WAY = (_S.READING, _S.WRITING)
IMPORT_MOVES = {
    "look": (frozenset({_S.READING}), _S.PREVIEWED),
    "look_again": (frozenset({_S.PREVIEWED, _S.REFUSED}), _S.READING),
    "order": (frozenset({_S.PREVIEWED}), _S.WRITING),
    "confirm": (frozenset({_S.PREVIEWED, _S.WRITING}), _S.CONFIRMED),
    "give_back": (frozenset({_S.WRITING}), _S.PREVIEWED),
    "refuse": (frozenset({_S.READING, _S.PREVIEWED, _S.WRITING}), _S.REFUSED),
    "discard": (frozenset({_S.READING, _S.PREVIEWED, _S.REFUSED}), _S.DISCARDED),
}


def check_import(state: str, move: str) -> None:
    """Raise Conflict unless an import in `state` can make `move`."""
    sources, _ = IMPORT_MOVES[move]
    if state not in sources:
        label = ImportState(state).label.lower()
        raise Conflict(f"This import cannot be done again: it is “{label}”.")


class DelegationState(TextChoices):
    """Where a delegation stands; whether its days have come is another question."""

    OFFERED = "offered", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    ENDED = "ended", "Ended"


STANDING = (DelegationState.OFFERED, DelegationState.ACCEPTED)
DELEGATION_MOVES = {
    "accept": (frozenset({DelegationState.OFFERED}), DelegationState.ACCEPTED),
    "decline": (frozenset({DelegationState.OFFERED}), DelegationState.DECLINED),
    "end": (frozenset(STANDING), DelegationState.ENDED),
}


def check_delegation(state: str, move: str) -> None:
    """Raise Conflict unless a delegation in `state` can make `move`."""
    sources, _ = DELEGATION_MOVES[move]
    if state not in sources:
        label = DelegationState(state).label.lower()
        raise Conflict(f"This delegation cannot change any more: it is “{label}”.")


def edges(moves: Mapping[str, tuple[frozenset, str]]) -> list[tuple[str, str]]:
    """Every edge of a table, for the database."""
    return sorted(
        {(str(source), str(target)) for sources, target in moves.values() for source in sources}
    )
