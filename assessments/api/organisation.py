"""The tree of people through the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import filters, organisation
from assessments.organisation import Node
from assessments.serializers.organisation import Organisation, Place, listed, present
from people.api.endpoint import Endpoint
from people.models import Person
from people.refusals import Invalid

DAY = OpenApiParameter("as_of", str, description="A date; that of the last count without it.")
NAME = OpenApiParameter("q", str, description="A name, instead of who is at the top.")


class Top(Endpoint):
    """GET: who is at the top; or, when a name is asked for, who is called so."""

    serializer_class = Organisation
    queryset = Person.objects.none()
    ordering = ("name", "pk")
    filter_backends = ()  # read in `get`, because `as_of` decides what is annotated

    @extend_schema(parameters=[DAY, NAME])
    def get(self, request: Request, pk: int | None = None) -> Response:
        """The payload of the page."""
        asked = _checked(request)
        when = organisation.day(asked["as_of"])
        node = organisation.find(request.user, pk, when) if pk else Node(request.user, when)
        if node is None:
            raise Http404
        words, links = asked["q"], {"next": None, "previous": None}
        called = organisation.called(request.user, words, when) if words else None
        rows = [] if words else self.paginate_queryset(organisation.reports(node))
        if not words:
            links = {
                "next": self.paginator.get_next_link(),
                "previous": self.paginator.get_previous_link(),
            }
        return Response(present(node, rows, links, _kept(asked), called))


class OfPerson(Top):
    """GET: somebody with the way up and those who report to them."""


class Orphans(Endpoint):
    """GET: those who have no manager here, and nobody below."""

    serializer_class = Place
    queryset = Person.objects.none()
    ordering = ("name", "pk")
    filter_backends = ()

    @extend_schema(parameters=[DAY])
    def get(self, request: Request) -> Response:
        """By name."""
        asked = _checked(request)
        rows = organisation.orphans(request.user, organisation.day(asked["as_of"]))
        return self.page(rows, lambda page: listed(page, _kept(asked)))


def _checked(request: Request) -> dict[str, Any]:
    form = filters.Organisation(request.query_params)
    if not form.is_valid():
        raise Invalid({name: list(messages) for name, messages in form.errors.items()})
    return form.cleaned_data


def _kept(asked: dict[str, Any]) -> dict[str, str]:
    return {"as_of": asked["as_of"].isoformat() if asked["as_of"] else ""}
