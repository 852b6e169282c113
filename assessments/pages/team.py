"""The Team page: each report with what their manager needs to know, and the span."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from assessments import spreadsheets, teams
from assessments.pages.organisation import ByName
from assessments.serializers.team import present, table
from people.models import Person


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """One's own team."""
    return of_person(request, request.user.pk)


@require_safe
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """The team of somebody who reports to the reader, or of anybody for HR."""
    leader = _leader(request, pk)
    pages = ByName()
    rows = pages.paginate_queryset(teams.reports(leader, request.user), Request(request))
    ways = {"next": pages.get_next_link(), "previous": pages.get_previous_link()}
    payload = present(teams.of(leader, request.user, rows), ways)
    return render(request, "assessments/team.html", {"team": payload})


@require_safe
def download(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The whole table as CSV."""
    leader = _leader(request, pk)
    everybody = teams.reports(leader, request.user)
    rows = spreadsheets.lines(*table(teams.of(leader, request.user, everybody)))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="team.csv"'
    return response


def _leader(request: HttpRequest, pk: int) -> Person:
    leader = teams.find(request.user, pk)
    if leader is None:
        raise Http404
    return leader
