"""Growth talks through the API: for the two who talked and for HR."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import growth as talks
from assessments.actions import growth
from assessments.models import GrowthTalk as Row
from assessments.serializers.growth import GrowthTalk, GrowthTalks, New, one, present
from people.api.endpoint import Endpoint
from people.models import Person


class GrowthTalksOfPerson(Endpoint):
    """GET: on which days a person and their manager talked. POST: note one."""

    scope = "cases:write"
    serializer_class = GrowthTalks
    pagination_class = None
    queryset = Row.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        """The payload of the page; 404 for those who may not see it."""
        person = _find(request, pk)
        return Response(present(person, talks.of(person, request.user), request.user))

    @extend_schema(request=New, responses={201: GrowthTalk})
    def post(self, request: Request, pk: int) -> Response:
        """Note a talk."""
        person = _find(request, pk)
        talk = growth.note(person, by=request.user, **self.checked(New))
        return Response(one(talk, request.user), status=status.HTTP_201_CREATED)


class Withdrawal(Endpoint):
    """POST: take back a day that was wrong."""

    scope = "cases:write"
    serializer_class = GrowthTalk
    queryset = Row.objects.none()

    @extend_schema(request=None, responses=GrowthTalk)
    def post(self, request: Request, pk: int) -> Response:
        """Do it, and answer the talk."""
        talk = get_object_or_404(Row.objects.visible_to(request.user), pk=pk)
        return Response(one(growth.take_back(talk, by=request.user), request.user))


def _find(request: Request, pk: int) -> Person:
    person = talks.find(request.user, pk)
    if person is None:
        raise Http404
    return person
