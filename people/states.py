"""The life of an import, as one table."""

from django.db.models import TextChoices

from people.refusals import Conflict


class ImportState(TextChoices):
    """Where an import stands between looking and doing."""

    PREVIEWED = "previewed", "Waiting for confirmation"
    CONFIRMED = "confirmed", "Imported"
    REFUSED = "refused", "Refused"


IMPORT_MOVES = {
    "confirm": (frozenset({ImportState.PREVIEWED}), ImportState.CONFIRMED),
    "refuse": (frozenset({ImportState.PREVIEWED}), ImportState.REFUSED),
}


def check_import(state: str, move: str) -> None:
    """Raise Conflict unless an import in `state` can make `move`."""
    sources, _ = IMPORT_MOVES[move]
    if state not in sources:
        label = ImportState(state).label.lower()
        raise Conflict(f"This import cannot be done again: it is “{label}”.")
