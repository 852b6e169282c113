"""Delegations through the API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.serializers.delegations import Offer, Shape, present
from assessments.serializers.moves import Nothing
from people.actions import delegations
from people.api import rows
from people.models import Delegation


class DelegationEndpoint(rows.RowEndpoint):
    """Something about delegations."""

    scope = "cases:write"
    serializer_class = Shape
    queryset = Delegation.objects.none()

    def visible(self) -> Any:
        """Those of the person, or all for HR."""
        return Delegation.objects.visible_to(self.request.user).for_display()

    def shown(self, row: Delegation, code: int = status.HTTP_200_OK) -> Response:
        """One of them."""
        return Response(present([row], self.request.user, timezone.localdate())[0], status=code)


class Delegations(DelegationEndpoint):
    """GET: what you handed over and what was handed to you; HR sees all. POST: ask somebody."""

    def get(self, request: Request) -> Response:
        """Newest first."""
        today = timezone.localdate()
        return self.page(self.visible(), lambda page: present(page, request.user, today))

    @extend_schema(request=Offer, responses={201: Shape})
    def post(self, request: Request) -> Response:
        """Nothing changes until they accept."""
        given = self.checked(Offer)
        delegator = given.pop("delegator", request.user)
        row = delegations.offer(delegator, given.pop("delegate"), by=request.user, **given)
        return self.answer(row, status.HTTP_201_CREATED)


class OneDelegation(DelegationEndpoint):
    """GET: one delegation."""

    def get(self, request: Request, pk: int) -> Response:
        """As it stands."""
        return self.shown(self.find(pk))


class MoveEndpoint(rows.MoveEndpoint, DelegationEndpoint):
    """POST makes one move."""

    serializer_class = Nothing
    answers = Shape


class Accept(MoveEndpoint):
    """Stand in."""

    act = staticmethod(delegations.accept)


class Decline(MoveEndpoint):
    """Say no."""

    act = staticmethod(delegations.decline)


class End(MoveEndpoint):
    """End it at once."""

    act = staticmethod(delegations.end)
