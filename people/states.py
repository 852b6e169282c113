"""The life of an import, as one table."""

from people.models.import_run import ImportRun
from people.refusals import Conflict

State = ImportRun.State

IMPORT_MOVES = {
    "confirm": (frozenset({State.PREVIEWED}), State.CONFIRMED),
    "refuse": (frozenset({State.PREVIEWED}), State.REFUSED),
}


def check_import(state: str, move: str) -> None:
    """Raise Conflict unless an import in `state` can make `move`."""
    sources, _ = IMPORT_MOVES[move]
    if state not in sources:
        raise Conflict(f"This import cannot be done again: it is “{State(state).label.lower()}”.")
