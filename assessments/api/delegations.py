"""Delegations through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.serializers.delegations import Offer, Shape, present
from people.actions import delegations
from people.api.endpoint import Endpoint
from people.models import Delegation


class DelegationEndpoint(Endpoint):
    """Something about delegations."""

    scope = "cases:write"
    serializer_class = Shape
    queryset = Delegation.objects.none()

    def visible(self) -> Any:
        """Those of the person, or all for HR."""
        return Delegation.objects.visible_to(self.request.user).for_display()

    def answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        """One as it stands now."""
        row = get_object_or_404(self.visible(), pk=pk)
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
        form = Offer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        delegator = given.pop("delegator", request.user)
        row = delegations.offer(delegator, given.pop("delegate"), by=request.user, **given)
        return self.answer(row.pk, status.HTTP_201_CREATED)


class OneDelegation(DelegationEndpoint):
    """GET: one delegation."""

    def get(self, request: Request, pk: int) -> Response:
        """As it stands."""
        return self.answer(pk)


class MoveEndpoint(DelegationEndpoint):
    """POST makes one move."""

    act: ClassVar[Callable[..., Any]]

    @extend_schema(request=None, responses=Shape)
    def post(self, request: Request, pk: int) -> Response:
        """Make it and answer the delegation as it stands then."""
        type(self).act(get_object_or_404(self.visible(), pk=pk), by=request.user)
        return self.answer(pk)


class Accept(MoveEndpoint):
    """Stand in."""

    act = staticmethod(delegations.accept)


class Decline(MoveEndpoint):
    """Say no."""

    act = staticmethod(delegations.decline)


class End(MoveEndpoint):
    """End it at once."""

    act = staticmethod(delegations.end)
