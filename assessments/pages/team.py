"""The Team page: each report with what their manager needs to know, and the span."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import spreadsheets, teams
from assessments.serializers.team import present, table


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """One's own team."""
    return of_person(request, request.user.pk)


@require_safe
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """The team of somebody who reports to the reader, or of anybody for HR."""
    return render(request, "assessments/team.html", {"team": _payload(request, pk)})


@require_safe
def download(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same table as CSV."""
    rows = spreadsheets.lines(*table(_payload(request, pk)))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="team.csv"'
    return response


def _payload(request: HttpRequest, pk: int) -> dict[str, Any]:
    leader = teams.find(request.user, pk)
    if leader is None:
        raise Http404
    return present(teams.of(leader, request.user))
