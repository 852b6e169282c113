"""Pages about who works here: the list, and one person with where they stand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from rest_framework.request import Request

from ladders import directory, filters, policies
from ladders.serializers import people as payload
from people.cursor import Cursor


class ByName(Cursor):
    """The order of the list."""

    ordering = directory.BY_NAME


def people(request: HttpRequest) -> HttpResponse:
    """Find people by name, team or track."""
    asked = filters.People(request.GET)
    good = asked.is_valid()
    wanted = {
        **asked.cleaned_data,
        "as_of": asked.cleaned_data.get("as_of") or timezone.localdate(),
    }
    rows = directory.narrowed(directory.people(request.user, wanted["as_of"]), wanted, request.user)
    pages = ByName()
    found = pages.paginate_queryset(rows, Request(request))
    context = {
        "people": {
            "previous": pages.get_previous_link(),
            "next": pages.get_next_link(),
            "results": payload.present(found, request.user),
        },
        "form": asked,
        "relevels": bool(policies.relevel(request.user)),
        "asked": any(request.GET.get(name) for name in ("q", "team", "track")),
    }
    return render(request, "ladders/people.html", context, status=200 if good else 422)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person, as far as the reader may know."""
    profile = directory.find(request.user, pk)
    if profile is None:
        raise Http404
    return render(request, "ladders/person.html", {"person": payload.profile(profile)})
