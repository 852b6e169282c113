"""The Team page: each report with what their manager needs to know, and the span."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import teams
from assessments.serializers.team import present


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """One's own team."""
    return of_person(request, request.user.pk)


@require_safe
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """The team of somebody who reports to the reader, or of anybody for HR."""
    leader = teams.find(request.user, pk)
    if leader is None:
        raise Http404
    payload = present(teams.of(leader, request.user))
    return render(request, "assessments/team.html", {"team": payload})
