"""Leaves through the API: for the person and for HR, and for nobody else."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from people import absences
from people.actions import leaves
from people.api.endpoint import Endpoint
from people.models import Leave as Row
from people.models import Person
from people.serializers import leaves as payload


class LeavesOfPerson(Endpoint):
    """GET: what stands and what was said before. POST: record a leave."""

    scope = "people:write"
    serializer_class = payload.Leaves
    pagination_class = None
    queryset = Row.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        """The payload of the page; 404 for those who may not see it."""
        person = _find(request, pk)
        rows = absences.of(person, request.user)
        return Response(payload.present(person, rows, request.user, timezone.localdate()))

    @extend_schema(request=payload.New, responses={201: payload.Leave})
    def post(self, request: Request, pk: int) -> Response:
        """Record a leave."""
        person = _find(request, pk)
        leave = leaves.record(person, by=request.user, **self.checked(payload.New))
        return _answer(leave, request, status.HTTP_201_CREATED)


class LeaveMove(Endpoint):
    """POST: something happens to one leave; each move names its shape and its action."""

    scope = "people:write"
    queryset = Row.objects.none()

    def post(self, request: Request, pk: int) -> Response:
        """Do it, and answer the row that it made."""
        rows = Row.objects.visible_to(request.user).select_related("person")
        leave = get_object_or_404(rows, pk=pk)
        given = self.checked(self.serializer_class)
        return _answer(self.act(leave, by=request.user, **given), request)


@extend_schema(request=payload.Correction, responses=payload.Leave)
class Correction(LeaveMove):
    """POST: say what is really true."""

    serializer_class = payload.Correction
    act = staticmethod(leaves.correct)


@extend_schema(request=payload.Withdrawal, responses=payload.Leave)
class Withdrawal(LeaveMove):
    """POST: the leave did not happen."""

    serializer_class = payload.Withdrawal
    act = staticmethod(leaves.withdraw)


@extend_schema(request=payload.Return, responses=payload.Leave)
class Return(LeaveMove):
    """POST: the person is back."""

    serializer_class = payload.Return
    act = staticmethod(leaves.come_back)


def _find(request: Request, pk: int) -> Person:
    person = absences.find(request.user, pk)
    if person is None:
        raise Http404
    return person


def _answer(leave: Row, request: Request, code: int = status.HTTP_200_OK) -> Response:
    return Response(payload.one(leave, request.user, timezone.localdate()), status=code)
