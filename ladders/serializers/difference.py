"""The difference of two versions as both doors show it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from rest_framework import serializers

from ladders.diff import Difference as Found
from ladders.diff.summing import counts, sentence
from ladders.models import LadderVersion
from ladders.models.pairs import Pair
from ladders.serializers.shapes import AsItIs, Head, Sibling

Said = dict[str, Any]


class Change(AsItIs):
    """One difference. The class is “major”, “minor” or “patch”."""

    section = serializers.CharField(help_text="The list of the document that it lies in.")
    key = serializers.CharField(help_text="Of the row; of an expectation, the competency.")
    level = serializers.CharField(allow_null=True)
    kind = serializers.CharField(help_text="added, removed, changed or moved")
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)
    words = serializers.CharField(help_text="The change as a sentence.")


Change._declared_fields["class"] = serializers.CharField()
Change._declared_fields["field"] = serializers.CharField()


class Counts(AsItIs):
    """Changes of each class."""

    major = serializers.IntegerField()
    minor = serializers.IntegerField()
    patch = serializers.IntegerField()


class Compared(Sibling):
    """One of the two; a draft is shown to those who work on ladders."""

    published_at = serializers.DateTimeField(allow_null=True)


class Difference(AsItIs):
    """What leads from one version to another; made by `present`."""

    ladder = Head()
    version = Compared()
    against = Compared(allow_null=True, help_text="Null for the first version.")
    summary = serializers.CharField(help_text="The whole difference in one sentence.")
    counts = Counts()
    levels_raised = serializers.ListField(
        child=serializers.CharField(), help_text="Levels where something is new or raised."
    )
    stands_on = serializers.CharField(allow_null=True, help_text="The level of who asks.")
    changes = Change(many=True)
    url = serializers.CharField()
    page_url = serializers.CharField()


Difference._declared_fields["class"] = serializers.CharField()


def present(pair: Pair, difference: Found) -> Said:
    """The payload."""
    slug, number = pair.new.ladder.slug, pair.new.number
    query = f"?{urlencode({'against': pair.old.number})}" if pair.old else ""
    return difference.as_data() | {
        "ladder": {
            "slug": slug,
            "title": pair.new.ladder.title,
            "url": reverse("api-ladders:ladder", args=[slug]),
            "page_url": reverse("ladders:ladder", args=[slug]),
        },
        "version": sibling(pair.new),
        "against": sibling(pair.old) if pair.old else None,
        "summary": sentence(difference),
        "counts": counts(difference),
        "stands_on": pair.stands_on,
        "url": reverse("api-ladders:diff", args=[slug, number]) + query,
        "page_url": reverse("ladders:changes", args=[slug, number]) + query,
    }


def sibling(version: LadderVersion) -> Said:
    """A version without its text."""
    where = [version.ladder.slug, version.number]
    return {
        "number": version.number,
        "state": version.state,
        "published_at": version.published_at,
        "url": reverse("api-ladders:version", args=where),
        "page_url": reverse("ladders:version", args=where),
    }
