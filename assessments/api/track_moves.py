"""Moves between the tracks through the API: the list, weighing one, each step one noun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import tracks
from assessments.actions import pulses, track_moves, track_trials
from assessments.models import TrackMove
from assessments.serializers import track_move_inputs as inputs
from assessments.serializers import weighing
from assessments.serializers.moves import NeededReason, Nothing, OptionalReason
from assessments.serializers.track_move import Move, Row, present, rows
from people.api.endpoint import Endpoint


class MovesEndpoint(Endpoint):
    """Something below `/moves/`."""

    scope = "cases:write"
    serializer_class: type[serializers.BaseSerializer] = Move
    queryset = TrackMove.objects.none()

    def find(self, pk: int) -> TrackMove:
        """The move, or 404 for whoever may not see it."""
        visible = TrackMove.objects.visible_to(self.request.user).for_display()
        return get_object_or_404(visible, pk=pk)

    def checked(self, shape: type[serializers.BaseSerializer]) -> dict[str, Any]:
        """The input, or 400 that names the fields."""
        form = shape(data=self.request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data

    def answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        """The move as it stands now."""
        return Response(present(self.find(pk), self.request.user), status=code)


class Moves(MovesEndpoint):
    """GET: one's own moves and those one may see, the last active first. POST: explore one."""

    serializer_class = Row
    ordering = ("-active_at", "-pk")

    @extend_schema(responses=Row(many=True))
    def get(self, request: Request) -> Response:
        """List moves."""
        visible = TrackMove.objects.visible_to(request.user)
        return self.page(visible, rows, TrackMove.objects.for_display())

    @extend_schema(request=inputs.Exploring, responses={201: Move})
    def post(self, request: Request) -> Response:
        """Begin to explore a move; nobody but you can see it."""
        move = track_moves.explore(by=request.user, **self.checked(inputs.Exploring))
        return self.answer(move.pk, status.HTTP_201_CREATED)


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
        return self.answer(pk)

    @extend_schema(request=inputs.Note, responses=Move)
    def patch(self, request: Request, pk: int) -> Response:
        """Save the note."""
        track_moves.edit(self.find(pk), by=request.user, **self.checked(inputs.Note))
        return self.answer(pk)


class StepEndpoint(MovesEndpoint):
    """POST takes one step. `serializer_class` is what it asks for, `act` the one action."""

    serializer_class = Nothing
    act: ClassVar[Callable[..., Any]]

    def __init_subclass__(cls, **options: Any) -> None:
        """Let the schema describe each step in its own words."""
        super().__init_subclass__(**options)
        words = (cls.__doc__ or "").removeprefix("POST: ")
        extend_schema_view(
            post=extend_schema(description=words[:1].upper() + words[1:], responses=Move)
        )(cls)

    def post(self, request: Request, pk: int) -> Response:
        """Take the step and answer the move as it stands then."""
        move = self.find(pk)
        type(self).act(move, by=request.user, **self.checked(self.get_serializer_class()))
        return self.answer(move.pk)


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
