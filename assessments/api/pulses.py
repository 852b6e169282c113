"""Pulses through the API: what one is asked about somebody on trial, and one's own answers."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import pulses
from assessments.models import PulseAnswer
from assessments.serializers import pulse as shapes
from people.api.endpoint import Endpoint


class OnePulse(Endpoint):
    """GET: what one is asked, and what one answered. POST: answer; it can be changed while open."""

    scope = "cases:write"
    serializer_class = shapes.Asked
    queryset = PulseAnswer.objects.none()

    def find(self, pk: int) -> PulseAnswer:
        """One's own row, or 404 for whoever was not asked."""
        rows = PulseAnswer.objects.visible_to(self.request.user).for_display()
        return get_object_or_404(rows, pulse=pk)

    @extend_schema(responses=shapes.Asked)
    def get(self, request: Request, pk: int) -> Response:
        """Show it."""
        return Response(shapes.asked(self.find(pk)))

    @extend_schema(request=shapes.Answers, responses=shapes.Asked)
    def post(self, request: Request, pk: int) -> Response:
        """Answer it, or change the answers."""
        row = self.find(pk)
        pulses.answer(row, by=request.user, answers=self.checked(shapes.Answers))
        return Response(shapes.asked(self.find(pk)))
