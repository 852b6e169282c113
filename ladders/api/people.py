"""People through the API, with where they stand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ladders import directory, filters
from ladders.actions import placements as actions
from ladders.serializers import people, placements, recording
from people.api.endpoint import Endpoint
from people.models import Person
from people.refusals import Invalid

DAY = OpenApiParameter("as_of", str, description="A date; today without it.")
KNOWN = OpenApiParameter("known_at", str, description="An instant; as it was known then.")


class People(Endpoint):
    """Who works here."""

    serializer_class = people.Person
    queryset = Person.objects.none()
    ordering = directory.BY_NAME
    filter_backends = ()  # read in `get`, because `as_of` decides what is annotated

    @extend_schema(parameters=[OpenApiParameter(name, str) for name in filters.People.base_fields])
    def get(self, request: Request) -> Response:
        """People by name, narrowed by what is asked."""
        asked = checked(filters.People(request.query_params))
        on = asked["as_of"] = asked["as_of"] or timezone.localdate()
        rows = directory.narrowed(directory.people(request.user, on), asked, request.user)
        return self.page(rows, lambda page: people.present(page, request.user))


class OnePerson(Endpoint):
    """One person."""

    serializer_class = people.Profile
    queryset = Person.objects.none()

    @extend_schema(parameters=[DAY])
    def get(self, request: Request, pk: int) -> Response:
        """The profile, as far as the reader may know it."""
        asked = checked(filters.AsOf(request.query_params))
        profile = directory.find(request.user, pk, asked["as_of"])
        if profile is None:
            raise Http404
        return Response(people.profile(profile))


class Placements(Endpoint):
    """Where one person stood."""

    serializer_class = placements.Placement
    scope = "people:write"
    queryset = Person.objects.none()
    ordering = ("-starts", "-pk")

    @extend_schema(parameters=[DAY, KNOWN])
    def get(self, request: Request, pk: int) -> Response:
        """Placements, latest first; nothing here for those who may not know them."""
        asked = checked(filters.AsOf(request.query_params))
        person = directory.people(request.user, timezone.localdate()).filter(pk=pk).first()
        relations = person and directory.relations(request.user, person)
        if not relations:
            raise Http404
        when = {"on": asked["as_of"], "known_at": asked["known_at"]}
        rows = directory.placements(request.user, pk, **when)
        return self.page(rows, lambda page: placements.present(page, relations))

    @extend_schema(request=recording.NewPlacement, responses={201: placements.Placement})
    def post(self, request: Request, pk: int) -> Response:
        """Place somebody on a level from a day on."""
        person = directory.people(request.user, timezone.localdate()).filter(pk=pk).first()
        relations = person and directory.relations(request.user, person)
        if not relations:
            raise Http404
        row = actions.place(person, by=request.user, **self.checked(recording.NewPlacement))
        [said] = placements.present([row], relations)
        return Response(said, status=status.HTTP_201_CREATED)


def checked(form: forms.Form) -> dict[str, Any]:
    """What was asked, or a refusal that names the filter."""
    if not form.is_valid():
        raise Invalid({name: list(messages) for name, messages in form.errors.items()})
    return form.cleaned_data
