"""Who asks, and what needs them."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from assessments.models import Notification
from assessments.serializers import privacy
from assessments.serializers.me import Me as Payload
from assessments.serializers.me import present
from people.api.endpoint import Endpoint


class Me(Endpoint):
    """GET: the person, their roles, what needs them and what they wait for."""

    serializer_class = Payload
    queryset = Notification.objects.none()

    def get(self, request: Request) -> Response:
        """The payload of Home."""
        return Response(present(request.user))


class Privacy(Endpoint):
    """GET: what others can see of you, and who opened your cases."""

    serializer_class = privacy.Privacy
    queryset = Notification.objects.none()

    def get(self, request: Request) -> Response:
        """The payload of the page."""
        return Response(privacy.present(request.user))
