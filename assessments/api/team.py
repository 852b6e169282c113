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
    ordering = ("name", "pk")

    def get(self, request: Request, pk: int) -> Response:
        """The payload of the Team page; 404 for those who may not see it."""
        leader = teams.find(request.user, pk)
        if leader is None:
            raise Http404
        rows = self.paginate_queryset(teams.reports(leader, request.user))
        ways = {
            "next": self.paginator.get_next_link(),
            "previous": self.paginator.get_previous_link(),
        }
        return Response(present(teams.of(leader, request.user, rows), ways))
