"""Handing a case over, and the statement of the former manager."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import handovers
from assessments.api.case import CaseEndpoint, MoveEndpoint
from assessments.models import Handover, PromotionCase
from assessments.serializers import handover as shapes
from assessments.serializers import moves


class HandingOver(MoveEndpoint):
    """POST: give the case to who leads the candidate today."""

    serializer_class = moves.OptionalReason
    act = staticmethod(handovers.hand_over)


class HandoverRequest(MoveEndpoint):
    """POST: ask the former manager for a handover statement."""

    serializer_class = shapes.HandoverRequest
    act = staticmethod(handovers.ask)


class HandoverStatement(CaseEndpoint):
    """GET, POST: the former manager's own words, and their statement; they see no more of it."""

    serializer_class = shapes.OwnHandover

    def get(self, request: Request, pk: int) -> Response:
        """Answer what one wrote, and what one is asked."""
        return self.shown(pk)

    @extend_schema(request=shapes.HandoverStatement, responses=shapes.OwnHandover)
    def post(self, request: Request, pk: int) -> Response:
        """Write it; it stays as it is."""
        _, case = self.own(pk)
        handovers.write(case, by=request.user, **self.checked(shapes.HandoverStatement))
        return self.shown(pk)

    def own(self, pk: int) -> tuple[Handover, PromotionCase]:
        """The handover by which one gave the case away, or 404."""
        row = Handover.objects.of(pk, self.request.user).first()
        if row is None:
            raise Http404
        return row, PromotionCase.objects.for_display().get(pk=pk)

    def shown(self, pk: int) -> Response:
        """The statement as it stands now."""
        return Response(shapes.own(*self.own(pk)))
