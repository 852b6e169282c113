"""Saying through the API that one wants no talk of promotion; for oneself alone."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import happy_here
from assessments.models import HappyHere as Row
from assessments.serializers.happy_here import HappyHere, Say, shown
from people.api.endpoint import Endpoint
from people.models import Person


class HappyHereOfPerson(Endpoint):
    """POST: no talk of promotion for now. DELETE: take that back."""

    scope = "cases:write"
    serializer_class = HappyHere
    queryset = Row.objects.none()

    @extend_schema(request=Say, responses=HappyHere)
    def post(self, request: Request, pk: int) -> Response:
        """Say it, with a day to think about it again if you like."""
        person = _oneself(request, pk)
        word = happy_here.say(person, by=person, **self.checked(Say))
        said = {"since": word.since, "look_again_on": word.look_again_on}
        return Response(shown([said], pk, oneself=True))

    @extend_schema(responses=HappyHere)
    def delete(self, request: Request, pk: int) -> Response:
        """Take it back."""
        person = _oneself(request, pk)
        happy_here.take_back(person, by=person)
        return Response(shown([], pk, oneself=True))


def _oneself(request: Request, pk: int) -> Person:
    if request.user.pk != pk:
        raise Http404
    return request.user
