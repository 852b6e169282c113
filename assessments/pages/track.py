"""My track, and the track of somebody one leads or looks after."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from assessments import tracks
from assessments.actions import happy_here as actions
from assessments.pages.forms.evidence import Add
from assessments.pages.forms.happy_here import HappyHere
from assessments.serializers.track import present
from people.refusals import Invalid

UNPROCESSABLE = 422


@require_safe
def my_track(request: HttpRequest) -> HttpResponse:
    """One's own track."""
    return _show(request, request.user.pk)


@require_safe
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """The track of a person; nothing is there for those who may not see it."""
    return _show(request, pk)


@require_POST
def happy_here(request: HttpRequest) -> HttpResponse:
    """Say that one wants no talk of promotion for now."""
    form = HappyHere(request.POST)
    if form.is_valid():
        try:
            actions.say(request.user, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Good. Nobody will bring up a promotion.")
            return redirect("assessments:my-track")
    return _show(request, request.user.pk, form, UNPROCESSABLE)


@require_POST
def happy_here_end(request: HttpRequest) -> HttpResponse:
    """Take that back."""
    actions.take_back(request.user, by=request.user)
    messages.success(request, "Taken back. Your manager may talk with you about a promotion again.")
    return redirect("assessments:my-track")


def _show(
    request: HttpRequest, pk: int, happy: HappyHere | None = None, status: int = 200
) -> HttpResponse:
    person = tracks.find(pk, request.user)
    if person is None:
        raise Http404
    way = tracks.follow(person, request.user)
    context = {
        "track": present(way),
        "form": Add(way.ladder.competencies),
        "happy_form": happy or HappyHere(),
    }
    return render(request, "assessments/track.html", context, status=status)
