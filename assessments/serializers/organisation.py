"""The tree of people as both doors show it, one node at a time."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from rest_framework import serializers

from assessments import organisation, organisation_counts
from assessments.organisation import Node, Row
from assessments.organisation_counts import Numbers
from assessments.serializers import links
from people.models import Person

Said = dict[str, Any]
NAMES = {"shared": "shared", "staff": "staff", "manager": "manager", "": "none"}


class Place(serializers.Serializer):
    """Somebody in the tree. `tracks` is null for who may not know it; so is a number in it that
    would tell about too few people."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    title = serializers.CharField()
    team_name = serializers.CharField(help_text="Their unit on that day; empty for none.")
    url = serializers.CharField()
    page_url = serializers.CharField()
    person_page_url = serializers.CharField()
    directs = serializers.IntegerField(help_text="Who report to them.")
    below = serializers.IntegerField(help_text="Everybody below them, through all layers.")
    tracks = serializers.DictField(allow_null=True, help_text="shared, staff, manager, none.")


class Listed(serializers.Serializer):
    """One page of people in the tree."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = Place(many=True)


class Organisation(serializers.Serializer):
    """The shape of the answer; `present` makes it."""

    url = serializers.CharField()
    page_url = serializers.CharField()
    as_of = serializers.DateField()
    way = serializers.ListField(child=serializers.DictField(), help_text="From the top down.")
    node = Place(allow_null=True)
    manager = serializers.DictField(allow_null=True, help_text="Whom the node reports to.")
    reports = Listed()
    found = serializers.DictField(allow_null=True, help_text="Who is called `q`: results, more.")
    orphans_url = serializers.CharField()
    orphans_page_url = serializers.CharField()


def present(
    node: Node, rows: list[Row], pages: Said, query: Said, called: list[Row] | None = None
) -> Said:
    """The payload of `GET /organisation/` and `GET /organisation/{id}/`; `pages` has the addresses
    of what comes before and after `rows`, `query` what all links keep.
    """
    numbers = organisation_counts.of(node, rows)
    person = node.person
    return {
        "url": _address(links.api, person, query),
        "page_url": _address(links.page, person, query),
        "as_of": node.day.on,
        "way": [_above(above, query) for above in node.way],
        "node": _place(person, numbers, query) if person else None,
        "manager": next(
            (_above(each, query) for each in node.way if person and each.pk == person.manager_id),
            None,
        ),
        "reports": pages | {"results": [_place(row, numbers, query) for row in rows]},
        "found": None if called is None else _found(called, query),
        "orphans_url": links.api("orphans") + _tail(query),
        "orphans_page_url": links.page("orphans") + _tail(query),
    }


def listed(rows: list[Row], query: Said) -> list[Said]:
    """Rows outside of the tree: who has no manager, and nobody below."""
    return [_place(row, Numbers({}, {}), query) for row in rows]


def _above(person: Person, query: Said) -> Said:
    return {
        "id": person.pk,
        "name": person.name,
        "url": _address(links.api, person, query),
        "page_url": _address(links.page, person, query),
    }


def _found(rows: list[Row], query: Said) -> Said:
    shown = rows[: organisation.MOST_FOUND]
    results = [
        {
            "id": row.pk,
            "name": row.name,
            "title": row.title,
            "team_name": row.team_name or "",
            "manager_name": row.manager_name,
            "url": _address(links.api, row, query),
            "page_url": _address(links.page, row, query),
        }
        for row in shown
    ]
    return {"results": results, "more": len(rows) > len(shown)}


def _place(row: Row, numbers: Numbers, query: Said) -> Said:
    tracks = numbers.tracks.get(row.pk)
    return {
        "id": row.pk,
        "name": row.name,
        "title": row.title,
        "team_name": row.team_name or "",
        "url": _address(links.api, row, query),
        "page_url": _address(links.page, row, query),
        "person_page_url": reverse("ladders:person", args=[row.pk]),
        "directs": row.directs,
        "below": numbers.below.get(row.pk, 0),
        "tracks": tracks and {NAMES[kind]: number for kind, number in tracks.items()},
    }


def _address(door: Any, person: Any, query: Said) -> str:
    address = door("organisation-of", person.pk) if person else door("organisation")
    return address + _tail(query)


def _tail(query: Said) -> str:
    kept = {name: value for name, value in query.items() if value}
    return f"?{urlencode(kept)}" if kept else ""
