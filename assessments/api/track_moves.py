"""Moves between the tracks through the API: the list, weighing one, each step one noun."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import tracks
from assessments.actions import pulses, track_moves, track_trials
from assessments.models import TrackMove
from assessments.serializers import track_move_inputs as inputs
from assessments.serializers import weighing
from assessments.serializers.moves import NeededReason, Nothing, OptionalReason
from assessments.serializers.track_move import Move, Row, present
from assessments.serializers.track_move import rows as listed
from people.api import rows


class MovesEndpoint(rows.RowEndpoint):
    """Something below `/moves/`."""

    scope = "cases:write"
    serializer_class: type[serializers.BaseSerializer] = Move
    queryset = TrackMove.objects.none()

    def visible(self) -> Any:
        """The moves that the person may see."""
        return TrackMove.objects.visible_to(self.request.user).for_display()

    def shown(self, move: TrackMove, code: int = status.HTTP_200_OK) -> Response:
        """All that the person sees of it."""
        return Response(present(move, self.request.user), status=code)


class Moves(MovesEndpoint):
    """GET: one's own moves and those one may see, the last active first. POST: explore one."""

    serializer_class = Row
    ordering = ("-active_at", "-pk")

    @extend_schema(responses=Row(many=True))
    def get(self, request: Request) -> Response:
        """List moves."""
        visible = TrackMove.objects.visible_to(request.user)
        return self.page(visible, listed, TrackMove.objects.for_display())

    @extend_schema(request=inputs.Exploring, responses={201: Move})
    def post(self, request: Request) -> Response:
        """Begin to explore a move; nobody but you can see it."""
        move = track_moves.explore(by=request.user, **self.checked(inputs.Exploring))
        return self.answer(move, status.HTTP_201_CREATED)


class Weighing(MovesEndpoint):
    """GET: the next levels of both tracks beside each other, for the person who asks."""

    serializer_class = weighing.Weighing

    def get(self, request: Request) -> Response:
        """What each side expects and changes, what evidence covers, the way back."""
        person = tracks.find(request.user.pk, request.user)
        return Response(weighing.present(tracks.follow(person, request.user)))


class OneMove(MovesEndpoint):
    """GET and PATCH: one move; its note can be changed while nobody else can see it."""

    @extend_schema(responses=Move)
    def get(self, request: Request, pk: int) -> Response:
        """All that the person sees of it."""
        return self.shown(self.find(pk))

    @extend_schema(request=inputs.Note, responses=Move)
    def patch(self, request: Request, pk: int) -> Response:
        """Save the note."""
        move = self.find(pk)
        track_moves.edit(move, by=request.user, **self.checked(inputs.Note))
        return self.answer(move)


class StepEndpoint(rows.MoveEndpoint, MovesEndpoint):
    """POST takes one step."""

    serializer_class = Nothing
    answers = Move


class Sharing(StepEndpoint):
    """POST: show it to your manager."""

    act = staticmethod(track_moves.share)


class Proposal(StepEndpoint):
    """POST: propose it, with the plan of its trial."""

    serializer_class = inputs.Proposal
    act = staticmethod(track_moves.propose)


class Agreement(StepEndpoint):
    """POST: agree to the plan that your manager wrote."""

    act = staticmethod(track_moves.agree)


class Welcome(StepEndpoint):
    """POST: the yes of the receiving manager."""

    act = staticmethod(track_moves.receive)


class Approval(StepEndpoint):
    """POST: the yes of HR."""

    act = staticmethod(track_moves.approve)


class Return(StepEndpoint):
    """POST: talk the plan over again."""

    serializer_class = NeededReason
    act = staticmethod(track_moves.send_back)


class Stopping(StepEndpoint):
    """POST: end a move that has not begun."""

    serializer_class = OptionalReason
    act = staticmethod(track_moves.stop)


class CheckIn(StepEndpoint):
    """POST: say at a checkpoint how it is going."""

    serializer_class = inputs.CheckIn
    act = staticmethod(track_trials.check_in)


class AskingForPulse(StepEndpoint):
    """POST: ask the reports, without their names, how it is."""

    act = staticmethod(pulses.ask)


class Staying(StepEndpoint):
    """POST: say that you want to stay in the new job."""

    act = staticmethod(track_trials.stay)


class Confirmation(StepEndpoint):
    """POST: confirm the move from today."""

    act = staticmethod(track_trials.confirm)


class Extension(StepEndpoint):
    """POST: give the trial more time, once."""

    serializer_class = inputs.Extension
    act = staticmethod(track_trials.extend)


class Ending(StepEndpoint):
    """POST: end the trial today; the person is back on the level they held."""

    serializer_class = OptionalReason
    act = staticmethod(track_trials.end)
