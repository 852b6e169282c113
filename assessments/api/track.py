"""My track through the API."""

from __future__ import annotations

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import tracks
from assessments.models import Evidence
from assessments.serializers.track import Track, present
from people.api.endpoint import Endpoint


class TrackOfPerson(Endpoint):
    """GET: where a person stands, what comes next, and the way so far."""

    serializer_class = Track
    queryset = Evidence.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        """The payload of My track; 404 for those who may not see this person's track."""
        person = tracks.find(pk, request.user)
        if person is None:
            raise Http404
        return Response(present(tracks.follow(person, request.user)))
