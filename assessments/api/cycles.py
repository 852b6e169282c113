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
from people.api.endpoint import Endpoint
from people.refusals import enforce


class CycleEndpoint(Endpoint):
    """What the addresses below one cycle share."""

    scope = "cases:write"
    serializer_class = shapes.Cycle
    queryset = Cycle.objects.none()

    def find(self, pk: int) -> Cycle:
        """The cycle, or 404 for whoever may not see it."""
        visible = Cycle.objects.visible_to(self.request.user).for_display()
        return get_object_or_404(visible, pk=pk)

    def answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        """The cycle as it stands now."""
        return Response(shapes.present(self.find(pk), self.request.user), status=code)

    def checked(self, shape: Any) -> dict[str, Any]:
        """The input, or 400 by field."""
        form = shape(data=self.request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data


class Cycles(CycleEndpoint):
    """GET: cycles, newest first. POST: draft one."""

    def get(self, request: Request) -> Response:
        """List cycles."""
        rows = Cycle.objects.visible_to(request.user).for_display()
        return self.page(rows, lambda page: shapes.present_all(page, request.user))

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
        return self.answer(cycle.pk, status.HTTP_201_CREATED)


class OneCycle(CycleEndpoint):
    """GET: one cycle with its phases."""

    def get(self, request: Request, pk: int) -> Response:
        """Answer the cycle."""
        return self.answer(pk)


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
        return self.answer(pk)


class Progress(CycleEndpoint):
    """GET: done and required, by phase and unit, over the cases that the reader may see."""

    serializer_class = found.Progress

    def get(self, request: Request, pk: int) -> Response:
        """Answer the progress."""
        cycles_seen = Cycle.objects.visible_to(request.user).for_display().with_progress()
        return Response(found.present(get_object_or_404(cycles_seen, pk=pk), request.user))


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
        cycles.announce(self.find(pk), by=request.user)
        return self.answer(pk)


class Extension(CycleEndpoint):
    """POST: a later due date for one phase."""

    @extend_schema(request=shapes.ExtensionInput)
    def post(self, request: Request, pk: int) -> Response:
        """Extend it, with a reason."""
        cycle = self.find(pk)
        cycles.extend(cycle, by=request.user, **self.checked(shapes.ExtensionInput))
        return self.answer(pk)


class Closure(CycleEndpoint):
    """POST: end the cycle."""

    @extend_schema(request=None)
    def post(self, request: Request, pk: int) -> Response:
        """Close it once no case is open."""
        cycles.close(self.find(pk), by=request.user)
        return self.answer(pk)
