"""A manager's team through the API."""

from __future__ import annotations

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import teams
from assessments.serializers.team import Team, present
from people.api.endpoint import Endpoint
from people.models import Person


class TeamOfPerson(Endpoint):
    """GET: who reports to a person, with what their manager needs to know."""

    serializer_class = Team
    queryset = Person.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        """The payload of the Team page; 404 for those who may not see it."""
        leader = teams.find(request.user, pk)
        if leader is None:
            raise Http404
        return Response(present(teams.of(leader, request.user)))
