"""The life of a ladder version, as one table."""

from dataclasses import dataclass

from django.db.models import TextChoices


class VersionState(TextChoices):
    """Where a version stands between draft and archive."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    RETIRED = "retired", "Retired"
    ABANDONED = "abandoned", "Abandoned"


@dataclass(frozen=True)
class Move:
    """From which states a move starts, and where it ends."""

    sources: frozenset[VersionState]
    target: VersionState


MOVES = {
    "review": Move(frozenset({VersionState.DRAFT}), VersionState.IN_REVIEW),
    "return": Move(frozenset({VersionState.IN_REVIEW}), VersionState.DRAFT),
    "publish": Move(frozenset({VersionState.IN_REVIEW}), VersionState.PUBLISHED),
    "supersede": Move(frozenset({VersionState.PUBLISHED}), VersionState.SUPERSEDED),
    "retire": Move(
        frozenset({VersionState.PUBLISHED, VersionState.SUPERSEDED}),
        VersionState.RETIRED,
    ),
    "abandon": Move(
        frozenset({VersionState.DRAFT, VersionState.IN_REVIEW}), VersionState.ABANDONED
    ),
}
