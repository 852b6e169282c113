"""Where the API begins: what this person may call."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from people import policies
from people.api.endpoint import Endpoint

DOORS = (
    ("me", "api-assessments:me", "You, your roles and what needs you"),
    ("people", "api-ladders:people", "Who works here"),
    ("organisation", "api-assessments:organisation", "The tree of people, node by node"),
    ("teams", "api-people:teams", "The tree of teams"),
    ("imports", "api-people:imports", "Bring in people from a file"),
    ("ladders", "api-ladders:ladders", "Ladders and what they expect"),
    ("cases", "api-assessments:cases", "Promotion cases you may see"),
    ("cycles", "api-assessments:cycles", "Review cycles"),
    ("reports", "api-assessments:reports", "Reports"),
    ("notifications", "api-assessments:notifications", "Your inbox"),
    ("schema", "schema", "This API in OpenAPI 3.1"),
    ("docs", "docs", "This API to read and try"),
)


class Link(serializers.Serializer):
    """One way on."""

    name = serializers.CharField()
    label = serializers.CharField()
    url = serializers.CharField()


class Index(Endpoint):
    """The first page of the API."""

    serializer_class = Link
    pagination_class = None

    def get(self, request: Request) -> Response:
        """Names and addresses of what may be called."""
        closed = set() if policies.import_people(request.user) else {"imports"}
        links: list[dict[str, Any]] = []
        for name, door, label in DOORS:
            try:
                links.append({"name": name, "label": label, "url": reverse(door)})
            except NoReverseMatch:  # a part of the app that is not installed here
                continue
        return Response({"results": [link for link in links if link["name"] not in closed]})
