"""Feedback through the API: what one is asked, and the answer."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import gathering
from assessments.models import Feedback
from assessments.serializers import feedback as shapes
from people.api.endpoint import Endpoint


class FeedbackEndpoint(Endpoint):
    """Requests to the person who asks, and to nobody else."""

    scope = "cases:write"
    serializer_class = shapes.FeedbackRequest
    queryset = Feedback.objects.none()

    def find(self, pk: int) -> Feedback:
        """The request, or 404 for whoever was not asked."""
        visible = Feedback.objects.visible_to(self.request.user).for_display()
        return get_object_or_404(visible, pk=pk)

    def answer(self, pk: int) -> Response:
        """The request as it stands now."""
        return Response(shapes.request(self.find(pk)))


class FeedbackRequests(FeedbackEndpoint):
    """GET: what one was asked, newest first."""

    @extend_schema(responses=shapes.FeedbackRequest(many=True))
    def get(self, request: Request) -> Response:
        """List requests."""
        asked = Feedback.objects.visible_to(request.user).for_display()
        return self.page(asked, lambda rows: [shapes.request(row) for row in rows])


class OneRequest(FeedbackEndpoint):
    """GET: one request."""

    def get(self, request: Request, pk: int) -> Response:
        """Answer it."""
        return self.answer(pk)


class Answer(FeedbackEndpoint):
    """POST: give feedback; it cannot be taken back."""

    @extend_schema(request=shapes.Answer, responses=shapes.FeedbackRequest)
    def post(self, request: Request, pk: int) -> Response:
        """Give it."""
        asked = self.find(pk)
        form = shapes.Answer(data=request.data)
        form.is_valid(raise_exception=True)
        gathering.give(asked, by=request.user, **form.validated_data)
        return self.answer(asked.pk)


class Refusal(FeedbackEndpoint):
    """POST: decline to give feedback."""

    @extend_schema(request=shapes.Nothing, responses=shapes.FeedbackRequest)
    def post(self, request: Request, pk: int) -> Response:
        """Decline."""
        asked = self.find(pk)
        form = shapes.Nothing(data=request.data)
        form.is_valid(raise_exception=True)
        gathering.decline_to_give(asked, by=request.user)
        return self.answer(asked.pk)
