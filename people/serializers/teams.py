"""The tree of teams as plain data."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from people.models import Team as Row


class Team(serializers.Serializer):
    """One team with the teams below it."""

    id = serializers.IntegerField()
    key = serializers.CharField()
    name = serializers.CharField()
    parent = serializers.IntegerField(allow_null=True)
    people = serializers.IntegerField(help_text="Those who are directly in it today.")
    children = serializers.ListField(child=serializers.DictField())


def tree(rows: Any) -> list[dict[str, Any]]:
    """The roots with everything below; `rows` carry `people` and come in order of their path."""
    nodes: dict[int, dict[str, Any]] = {}
    roots: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda row: (row.path.count("/"), row.name)):
        nodes[row.pk] = node = _node(row)
        above = nodes.get(row.parent_id)
        (above["children"] if above else roots).append(node)
    return roots


def _node(row: Row) -> dict[str, Any]:
    return {
        "id": row.pk,
        "key": row.key,
        "name": row.name,
        "parent": row.parent_id,
        "people": row.people,
        "children": [],
    }
