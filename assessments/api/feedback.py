"""Feedback through the API: what one is asked, and the answer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import gathering
from assessments.models import Feedback
from assessments.serializers import feedback as shapes
from people.api.rows import RowEndpoint


class FeedbackEndpoint(RowEndpoint):
    """Requests to the person who asks, and to nobody else."""

    scope = "cases:write"
    serializer_class = shapes.FeedbackRequest
    queryset = Feedback.objects.none()

    def visible(self) -> Any:
        """What the person was asked."""
        return Feedback.objects.visible_to(self.request.user).for_display()

    def shown(self, asked: Feedback, code: int = status.HTTP_200_OK) -> Response:
        """What one is asked, and what one said."""
        return Response(shapes.request(asked), status=code)


class FeedbackRequests(FeedbackEndpoint):
    """GET: what one was asked, newest first."""

    @extend_schema(responses=shapes.FeedbackRequest(many=True))
    def get(self, request: Request) -> Response:
        """List requests."""
        return self.page(self.visible(), lambda rows: [shapes.request(row) for row in rows])


class OneRequest(FeedbackEndpoint):
    """GET: one request."""

    def get(self, request: Request, pk: int) -> Response:
        """Answer it."""
        return self.shown(self.find(pk))


class Answer(FeedbackEndpoint):
    """POST: give feedback; it cannot be taken back."""

    @extend_schema(request=shapes.Answer, responses=shapes.FeedbackRequest)
    def post(self, request: Request, pk: int) -> Response:
        """Give it."""
        asked = self.find(pk)
        gathering.give(asked, by=request.user, **self.checked(shapes.Answer))
        return self.answer(asked)


class Refusal(FeedbackEndpoint):
    """POST: decline to give feedback."""

    @extend_schema(request=shapes.Nothing, responses=shapes.FeedbackRequest)
    def post(self, request: Request, pk: int) -> Response:
        """Decline."""
        asked = self.find(pk)
        gathering.decline_to_give(asked, by=request.user, **self.checked(shapes.Nothing))
        return self.answer(asked)
