"""Who opened a case, through the API."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import visibility
from assessments.api.case import CaseEndpoint
from assessments.models import Access
from assessments.serializers.access import Entry, trail


class Accesses(CaseEndpoint):
    """GET: who opened a case and when, newest first; for the candidate and HR."""

    serializer_class = Entry
    ordering = ("-at", "-pk")

    @extend_schema(responses=Entry(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List lines."""
        case = self.find(pk)
        if not visibility.sees("accesses", visibility.relations(request.user, case), case.state):
            raise Http404
        return self.page(Access.objects.of(case), lambda page: trail(page, case, request.user))
