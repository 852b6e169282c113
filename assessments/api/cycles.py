"""Review cycles through the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import cycle_policies
from assessments.actions import cycles
from assessments.models import Cycle
from assessments.serializers import cycle as shapes
from assessments.serializers import progress as found
from people.api.rows import RowEndpoint
from people.refusals import enforce


class CycleEndpoint(RowEndpoint):
    """What the addresses below one cycle share."""

    scope = "cases:write"
    serializer_class = shapes.Cycle
    queryset = Cycle.objects.none()

    def visible(self) -> Any:
        """The cycles that the person may see."""
        return Cycle.objects.visible_to(self.request.user).for_display()

    def shown(self, cycle: Cycle, code: int = status.HTTP_200_OK) -> Response:
        """A cycle with its phases."""
        return Response(shapes.present(cycle, self.request.user), status=code)


class Cycles(CycleEndpoint):
    """GET: cycles, newest first. POST: draft one."""

    def get(self, request: Request) -> Response:
        """List cycles."""
        return self.page(self.visible(), lambda page: shapes.present_all(page, request.user))

    @extend_schema(request=shapes.CycleInput, responses={201: shapes.Cycle})
    def post(self, request: Request) -> Response:
        """Draft a cycle."""
        given = self.checked(shapes.CycleInput)
        cycle = cycles.create(
            given["name"],
            by=request.user,
            period=(given["period_start"], given["period_end"]),
            phases=shapes.dates(given["phases"]),
            team=given.get("team"),
        )
        return self.answer(cycle, status.HTTP_201_CREATED)


class OneCycle(CycleEndpoint):
    """GET: one cycle with its phases."""

    def get(self, request: Request, pk: int) -> Response:
        """Answer the cycle."""
        return self.shown(self.find(pk))


class Phases(CycleEndpoint):
    """GET: the phases. PUT: other dates, until the cycle is announced."""

    @extend_schema(responses=shapes.Phase(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Answer the phases."""
        return Response(shapes.present(self.find(pk), request.user)["phases"])

    @extend_schema(request=shapes.PhasesInput)
    def put(self, request: Request, pk: int) -> Response:
        """Replace the dates."""
        cycle = self.find(pk)
        given = self.checked(shapes.PhasesInput)
        cycles.change_phases(cycle, by=request.user, phases=shapes.dates(given["phases"]))
        return self.answer(cycle)


class Progress(CycleEndpoint):
    """GET: done and required, by phase and unit, over the cases that the reader may see."""

    serializer_class = found.Progress

    def get(self, request: Request, pk: int) -> Response:
        """Answer the progress."""
        cycle = get_object_or_404(self.visible().with_progress(), pk=pk)
        return Response(found.present(cycle, request.user))


class DryRun(CycleEndpoint):
    """GET: what announcing the cycle now would mean."""

    serializer_class = found.DryRun

    def get(self, request: Request, pk: int) -> Response:
        """Look, and change nothing."""
        cycle = self.find(pk)
        enforce(cycle_policies.may("dry_run", request.user, cycle))
        return Response(found.dry_run(cycle))


class Announcement(CycleEndpoint):
    """POST: start the cycle."""

    @extend_schema(request=None)
    def post(self, request: Request, pk: int) -> Response:
        """Announce it, once."""
        cycle = self.find(pk)
        cycles.announce(cycle, by=request.user)
        return self.answer(cycle)


class Extension(CycleEndpoint):
    """POST: a later due date for one phase."""

    @extend_schema(request=shapes.ExtensionInput)
    def post(self, request: Request, pk: int) -> Response:
        """Extend it, with a reason."""
        cycle = self.find(pk)
        cycles.extend(cycle, by=request.user, **self.checked(shapes.ExtensionInput))
        return self.answer(cycle)


class Closure(CycleEndpoint):
    """POST: end the cycle."""

    @extend_schema(request=None)
    def post(self, request: Request, pk: int) -> Response:
        """Close it once no case is open."""
        cycle = self.find(pk)
        cycles.close(cycle, by=request.user)
        return self.answer(cycle)
