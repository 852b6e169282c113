"""The inbox through the API: one's own lines, newest first."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import inbox
from assessments.models import Notification
from assessments.serializers.notification import Notification as Payload
from assessments.serializers.notification import present
from people.api.endpoint import Endpoint


class Notifications(Endpoint):
    """GET: what was sent to the person who asks."""

    serializer_class = Payload
    queryset = Notification.objects.none()
    ordering = ("-created_at", "-pk")

    @extend_schema(parameters=[OpenApiParameter("unread", bool)])
    def get(self, request: Request) -> Response:
        """List lines; `?unread=true` leaves out what was read."""
        rows = Notification.objects.visible_to(request.user)
        if request.query_params.get("unread") == "true":
            rows = rows.unread()
        return self.page(rows, present)


class OneNotification(Endpoint):
    """GET: one line."""

    serializer_class = Payload
    queryset = Notification.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        """Answer the line."""
        row = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
        return Response(present([row])[0])


class Reading(Endpoint):
    """POST: note that the line was read."""

    scope = "read"
    serializer_class = Payload
    queryset = Notification.objects.none()

    @extend_schema(request=None, responses=Payload)
    def post(self, request: Request, pk: int) -> Response:
        """Reading it twice changes nothing."""
        row = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
        return Response(present([inbox.read(row, by=request.user)])[0])
