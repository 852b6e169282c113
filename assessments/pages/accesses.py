"""The page that says who opened a case."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from assessments import visibility
from assessments.models import Access
from assessments.pages.moves import find
from assessments.serializers import reading
from assessments.serializers.access import trail
from assessments.serializers.case import head
from people.cursor import Cursor


@require_safe
def accesses(request: HttpRequest, pk: int) -> HttpResponse:
    """Lines, newest first, for the candidate and HR; for everybody else there is no such page."""
    case = find(request, pk)
    if not visibility.sees("accesses", visibility.relations(request.user, case), case.state):
        raise Http404
    pages = Newest()
    rows = pages.paginate_queryset(Access.objects.of(case), Request(request)) or []
    shown = head(case, request.user)
    context = {
        "case": shown,
        "title": reading.title(shown),
        "is_you": request.user.pk == case.candidate_id,
        "accesses": {
            "results": trail(rows, case, request.user),
            "next": pages.get_next_link(),
            "previous": pages.get_previous_link(),
        },
    }
    return render(request, "assessments/case_accesses.html", context)


class Newest(Cursor):
    """The order of the API's list."""

    ordering = ("-at", "-pk")
