"""The moves of a panel: seats, conflicts, sealed ballots, the chair's word."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import panels
from assessments.api.case import CaseEndpoint, MoveEndpoint
from assessments.models import Seat
from assessments.serializers import moves as shapes
from assessments.serializers.case import Case


class Panel(MoveEndpoint):
    """POST: name the panel."""

    serializer_class = shapes.Assignment
    act = staticmethod(panels.assign)


class Conflicts(MoveEndpoint):
    """POST: declare one's own conflict."""

    serializer_class = shapes.NeededReason
    act = staticmethod(panels.declare_conflict)


class Ruling(CaseEndpoint):
    """POST: rule on the conflict of one seat."""

    serializer_class = shapes.Ruling

    @extend_schema(responses=Case)
    def post(self, request: Request, pk: int, seat: int) -> Response:
        """Recuse the member, or let them vote."""
        case = self.find(pk)
        seats = Seat.objects.filter(panel__case=case, panel__dissolved_at=None)
        row = get_object_or_404(seats, pk=seat)
        panels.rule_on_conflict(case, row, by=request.user, **self.checked(shapes.Ruling))
        return self.answer(case)


class Ballots(MoveEndpoint):
    """POST: cast one's ballot, or change it while the round is open."""

    serializer_class = shapes.Vote
    act = staticmethod(panels.vote)


class BallotClosure(MoveEndpoint):
    """POST: open the seals."""

    act = staticmethod(panels.close_ballot)


class SecondBallot(MoveEndpoint):
    """POST: call the one second round after a split."""

    act = staticmethod(panels.reopen_ballot)


class Recommendation(MoveEndpoint):
    """POST: the panel's word."""

    serializer_class = shapes.Recommendation
    act = staticmethod(panels.recommend)
