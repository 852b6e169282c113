"""The life of a ladder version, as one table."""

from dataclasses import dataclass

from django.db.models import TextChoices

from people.refusals import Conflict


class VersionState(TextChoices):
    """Where a version stands between draft and archive."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    RETIRED = "retired", "Retired"
    ABANDONED = "abandoned", "Abandoned"


class ChangeClass(TextChoices):
    """How much a version changes what people are measured against."""

    PATCH = "patch", "Patch"
    MINOR = "minor", "Minor"
    MAJOR = "major", "Major"


DRAFT, IN_REVIEW = VersionState.DRAFT, VersionState.IN_REVIEW
PUBLISHED, SUPERSEDED = VersionState.PUBLISHED, VersionState.SUPERSEDED
RETIRED, ABANDONED = VersionState.RETIRED, VersionState.ABANDONED

UNPUBLISHED = frozenset({DRAFT, IN_REVIEW})
READABLE = frozenset({PUBLISHED, SUPERSEDED, RETIRED})


@dataclass(frozen=True)
class Move:
    """From which states a move starts, and where it ends; without a target the state stays."""

    sources: frozenset[VersionState]
    target: VersionState | None = None


MOVES = {
    "edit": Move(frozenset({DRAFT})),
    "choose_class": Move(frozenset({DRAFT})),
    "review": Move(frozenset({DRAFT}), IN_REVIEW),
    "return": Move(frozenset({IN_REVIEW}), DRAFT),
    "approve": Move(frozenset({IN_REVIEW})),
    "schedule": Move(frozenset({IN_REVIEW})),
    "unschedule": Move(frozenset({IN_REVIEW})),
    "publish": Move(frozenset({IN_REVIEW}), PUBLISHED),
    "archive": Move(frozenset({IN_REVIEW}), SUPERSEDED),
    "supersede": Move(frozenset({PUBLISHED}), SUPERSEDED),
    "retire": Move(frozenset({PUBLISHED, SUPERSEDED}), RETIRED),
    "abandon": Move(frozenset({DRAFT, IN_REVIEW}), ABANDONED),
}
"""“archive” is for an older text that a file brings in beside a newer one."""

LABELS = {
    "edit": "Edit",
    "choose_class": "Choose the class",
    "review": "Send for review",
    "return": "Take back to draft",
    "approve": "Approve",
    "schedule": "Publish on a later day",
    "unschedule": "Do not publish by itself",
    "publish": "Publish",
    "archive": "Archive",
    "supersede": "Supersede",
    "retire": "Retire",
    "abandon": "Abandon draft",
}
"""What a person reads on the button."""
EARLY = ("edit", "choose_class", "review", "return", "abandon")


def check(state: str, move: str) -> None:
    """Raise Conflict, with what can be done instead, when `move` does not start from `state`."""
    if state in MOVES[move].sources:
        return
    if state == IN_REVIEW and move in ("edit", "choose_class"):
        raise Conflict("This text is in review. Take it back to a draft to change it.")
    if state in READABLE and move in EARLY:
        raise Conflict("A published version never changes. Start a draft from it instead.")
    label = VersionState(state).label.lower()
    raise Conflict(f"“{LABELS[move]}” is not open while a version is {label}.")


def edges() -> list[tuple[str, str]]:
    """Every (state, next state) that some move allows, for the trigger in the database."""
    return sorted(
        (str(source.value), str(move.target.value))
        for move in MOVES.values()
        if move.target
        for source in move.sources
    )
