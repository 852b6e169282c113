"""The organisation as a page: the tree of people, opened one node at a time."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from assessments import filters, organisation
from assessments.organisation import Node
from assessments.serializers.organisation import listed, present
from people.cursor import Cursor


class ByName(Cursor):
    """The order of those below one node."""

    ordering = ("name", "pk")


@require_safe
def top(request: HttpRequest) -> HttpResponse:
    """Who is at the top; or, when a name is asked for, who is called so."""
    return _node(request, None)


@require_safe
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody with the way up and those who report to them."""
    return _node(request, pk)


@require_safe
def orphans(request: HttpRequest) -> HttpResponse:
    """Those who have no manager here, and nobody below."""
    asked = filters.Organisation(request.GET)
    good = asked.is_valid()
    when = organisation.day(asked.cleaned_data.get("as_of"))
    pages = ByName()
    rows = pages.paginate_queryset(organisation.orphans(request.user, when), Request(request))
    context = {
        "orphans": _pages(pages) | {"results": listed(rows, _kept(asked))},
        "as_of": when.on,
        "form": asked,
    }
    return render(request, "assessments/orphans.html", context, status=200 if good else 422)


def _node(request: HttpRequest, pk: int | None) -> HttpResponse:
    asked = filters.Organisation(request.GET)
    good = asked.is_valid()
    when = organisation.day(asked.cleaned_data.get("as_of"))
    node = organisation.find(request.user, pk, when) if pk else Node(request.user, when)
    if node is None:
        raise Http404
    words = asked.cleaned_data.get("q")
    called = organisation.called(request.user, words, when) if words else None
    pages = ByName()
    rows = [] if words else pages.paginate_queryset(organisation.reports(node), Request(request))
    links = {} if words else _pages(pages)
    payload = present(node, rows, {"next": None, "previous": None} | links, _kept(asked), called)
    context = {"organisation": payload, "form": asked}
    status = 200 if good else 422
    return render(request, "assessments/organisation.html", context, status=status)


def _pages(pages: Cursor) -> dict[str, str | None]:
    return {"next": pages.get_next_link(), "previous": pages.get_previous_link()}


def _kept(asked: filters.Organisation) -> dict[str, str]:
    on = asked.cleaned_data.get("as_of")
    return {"as_of": on.isoformat() if on else ""}
