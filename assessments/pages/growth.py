"""The page of growth talks: the days, and for the manager the form to note one."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assessments import growth as talks
from assessments import growth_policies
from assessments.actions import growth
from assessments.models import GrowthTalk
from assessments.serializers.growth import present
from people.pages.forms import Refusable
from people.refusals import Invalid, enforce


class Note(Refusable):
    """The day on which the two talked."""

    held_on = forms.DateField(
        label="You talked about growth on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give a date.", "invalid": "This is not a date."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """All days, latest first; POST notes one."""
    person = talks.find(request.user, pk)
    if person is None:
        raise Http404
    form = Note(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        enforce(growth_policies.note(request.user, person))
    if form.is_bound and form.is_valid():
        try:
            growth.note(person, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Noted. {person.name} sees it too.")
            return redirect("assessments:growth-talks", pk)
    said = present(person, talks.of(person, request.user), request.user)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(
        request, "assessments/growth_talks.html", {"talks": said, "form": form}, status=status
    )


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a day that was wrong."""
    talk = get_object_or_404(GrowthTalk.objects.visible_to(request.user), pk=pk)
    growth.take_back(talk, by=request.user)
    messages.success(request, "Taken back.")
    return redirect("assessments:growth-talks", talk.person_id)
