"""Search through the API: what the command palette asks."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.search import find
from assessments.serializers.search import Search as Answer
from assessments.serializers.search import present
from people.api.endpoint import Endpoint


class Search(Endpoint):
    """GET: people, cases, levels and ladders whose names hold the words of `q`."""

    serializer_class = Answer

    @extend_schema(parameters=[OpenApiParameter("q", str, description="two letters or more")])
    def get(self, request: Request) -> Response:
        """Answer with at most eight finds of each kind."""
        words = request.query_params.get("q", "")
        return Response(present(words, find(words, request.user)))
