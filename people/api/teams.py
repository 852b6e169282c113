"""Teams through the API."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from people.api.endpoint import Endpoint
from people.models import ReportingLine
from people.models import Team as Row
from people.models.person import still_here
from people.serializers.teams import Team, tree


class Teams(Endpoint):
    """The tree of teams, whole: it is small beside the people in it."""

    serializer_class = Team
    pagination_class = None
    queryset = Row.objects.none()

    def get(self, request: Request) -> Response:
        """Roots with what is below them, and how many people are directly in each."""
        lines = ReportingLine.objects.as_of(timezone.localdate()).filter(
            still_here("person__"), team=OuterRef("pk")
        )
        counted = lines.order_by().values("team").annotate(people=Count("pk")).values("people")
        people = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
        roots = tree(Row.objects.annotate(people=people))
        return Response({"next": None, "previous": None, "results": roots})
