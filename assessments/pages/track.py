"""My track, and the track of somebody one leads or looks after."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import tracks
from assessments.pages.forms.evidence import Add
from assessments.serializers.track import present


@require_safe
def my_track(request: HttpRequest) -> HttpResponse:
    """One's own track."""
    return of_person(request, request.user.pk)


@require_safe
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """The track of a person; nothing is there for those who may not see it."""
    person = tracks.find(pk, request.user)
    if person is None:
        raise Http404
    way = tracks.follow(person, request.user)
    context = {"track": present(way), "form": Add(way.ladder.competencies)}
    return render(request, "assessments/track.html", context)
