"""Who asks, and what needs them."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.models import Notification
from assessments.serializers import own_archive, privacy
from assessments.serializers.me import Me as Payload
from assessments.serializers.me import present
from people.api.endpoint import Endpoint
from people.api.negotiation import FirstRenderer


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


class OwnData(Endpoint):
    """GET: everything that is kept about you, as one zip file."""

    queryset = Notification.objects.none()
    content_negotiation_class = FirstRenderer

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request) -> StreamingHttpResponse:
        """JSON by part, and the files of your evidence."""
        return own_archive.sent(request.user)
