"""One version with its whole matrix: what the API answers and what the pages are made of."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from ladders.formats import packing
from ladders.level_names import LevelName
from ladders.models import LadderVersion
from ladders.models import Track as TrackRow
from ladders.naming import readable
from ladders.serializers.moves import actions
from ladders.serializers.shapes import (
    AsItIs,
    Competency,
    Draft,
    Expectation,
    Head,
    Level,
    Link,
    Meaning,
    Sibling,
    Step,
    Theme,
    Track,
)
from ladders.serializers.version_moves import Action
from ladders.states import VersionState
from people.models import Person

Said = dict[str, Any]
INSIDE, PUBLIC = "ladders", "public"
"""The two doors that pages about ladders have: for who signed in, and for everybody."""
Kind = TrackRow.Kind


class Version(AsItIs):
    """A version from `matrix.whole(…)`, everything in it."""

    ladder = Head()
    number = serializers.CharField()
    state = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    licence = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    language = serializers.CharField()
    cumulative = serializers.BooleanField(
        allow_null=True, help_text="A level includes those below it on its track."
    )
    null_tokens = serializers.ListField(child=serializers.CharField())
    effective_from = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField()
    page_url = serializers.CharField()
    draft = Draft(allow_null=True, help_text="Of the same ladder, for those who may see it.")
    actions = Action(many=True)
    stands_on = serializers.CharField(allow_null=True, help_text="The level of who asks.")
    versions = Sibling(many=True)
    tracks = Track(many=True)
    levels = Level(many=True)
    level_links = Link(many=True)
    pillars = Theme(many=True)
    competencies = Competency(many=True)
    steps = Step(many=True)
    meanings = Meaning(many=True)
    expectations = Expectation(many=True)

    def to_representation(self, version: Any) -> Said:
        """The payload; names are never blank, so that nobody has to show a key."""
        slug, number = version.ladder.slug, version.number
        door = self.context.get("door", INSIDE)
        own = {name: getattr(version, name) for name in _OWN}
        return own | {
            "ladder": _head(version, door),
            "url": reverse("api-ladders:version", args=[slug, number]),
            "page_url": _page(door, "version", slug, number),
            "draft": _draft(slug, version.draft_said),
            "actions": actions(version, self.context.get("person")),
            "versions": [_sibling(slug, row, door) for row in version.versions_said],
            "tracks": _tracks(version.tracks_said),
            "levels": [_level(version, row, door) for row in version.levels_said],
            "level_links": version.links_said,
            "pillars": _named(version.pillars_said),
            "competencies": [_competency(version, row, door) for row in version.competencies_said],
            "steps": _named(version.steps_said),
            "meanings": [_meaning(row) for row in version.meanings_said],
            "expectations": version.expectations_said,
        }


_OWN = (
    *("number", "state", "title", "summary", "licence", "source", "language", "cumulative"),
    *("null_tokens", "effective_from", "published_at", "stands_on"),
)


def present(version: LadderVersion, door: str = INSIDE, *, person: Person | None = None) -> Said:
    """The payload of a version that `matrix.whole` loaded; its links stay behind one door.

    `person` is who may act on it.
    """
    return Version(version, context={"door": door, "person": person}).data


def _page(door: str, name: str, *args: str) -> str:
    """Where a page is, for people who signed in or for everybody."""
    return reverse(f"ladders:{name}", args=args, current_app=door)


def _head(version: LadderVersion, door: str) -> Said:
    slug = version.ladder.slug
    return {
        "slug": slug,
        "title": version.ladder.title,
        "public": version.ladder.public,
        "url": reverse("api-ladders:ladder", args=[slug]),
        "page_url": _page(door, "ladder", slug),
    }


def _sibling(slug: str, row: Said, door: str) -> Said:
    at = row["published_at"]
    return row | {
        "published_at": datetime.datetime.fromisoformat(at) if at else None,
        "url": reverse("api-ladders:version", args=[slug, row["number"]]),
        "page_url": _page(door, "version", slug, row["number"]),
    }


def _draft(slug: str, row: Said | None) -> Said | None:
    if row is None:
        return None
    return row | {
        "url": reverse("api-ladders:version", args=[slug, row["number"]]),
        "page_url": reverse("ladders:version", args=[slug, row["number"]]),
    }


def _level(version: LadderVersion, row: Said, door: str) -> Said:
    row = dict(row)
    low, high = row.pop("months_min"), row.pop("months_max")
    rank, grade = row.pop("rank"), row["grade"]
    title = next(iter(row["titles"]), "") or row["code"] or readable(row["key"])
    return row | {
        "title": title,
        "grade": None if rank is None else {"rank": rank, "name": grade},
        "typical_months": None if low is None and high is None else {"min": low, "max": high},
        "archetypes": packing.unpack(row["archetypes"]),
        "name": str(LevelName(version.ladder.slug, version.number, row["key"])),
        "page_url": _inside(version, door, "level", row["key"]),
    }


def _competency(version: LadderVersion, row: Said, door: str) -> Said:
    url = _inside(version, door, "competency", row["key"])
    return row | {"name": row["name"] or readable(row["key"]), "page_url": url}


def _inside(version: LadderVersion, door: str, what: str, key: str) -> str:
    """Where one part is read: the version in force is named by its ladder alone."""
    slug = version.ladder.slug
    if version.state == VersionState.PUBLISHED:
        return _page(door, what, slug, key)
    return _page(door, f"version-{what}", slug, version.number, key)


def _tracks(rows: list[Said]) -> list[Said]:
    """Tracks without a name are called by their kind, where only one is of that kind."""
    kinds = [row["kind"] for row in rows]
    return _named(
        [
            row | {"name": row["name"] or (row["kind"].title() if _alone(row, kinds) else "")}
            for row in rows
        ]
    )


def _alone(row: Said, kinds: list[str]) -> bool:
    return row["kind"] != Kind.OTHER and kinds.count(row["kind"]) == 1


def _meaning(row: Said) -> Said:
    return row | {"statements": packing.unpack(row["statements"])}


def _named(rows: list[Said]) -> list[Said]:
    return [row | {"name": row["name"] or readable(row["key"])} for row in rows]
