"""The records of one person through the API: read them whole, add to them, correct them."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ladders import filters, records
from ladders.actions import placements, rehires
from ladders.api.people import DAY, KNOWN, checked
from ladders.models import Placement
from ladders.serializers import recording
from ladders.serializers import records as payload
from people.actions import lines, people
from people.api.endpoint import Endpoint
from people.models import Person, ReportingLine


class Record(Endpoint):
    """What the endpoints here have in common; `takes` is the shape of the input."""

    scope = "people:write"
    serializer_class = payload.Records
    queryset = Person.objects.none()
    takes: Any = None

    def found(self, pk: int, **when: Any) -> records.Records:
        """The records, as far as the reader may know them."""
        found = records.find(self.request.user, pk, **when)
        if found is None:
            raise Http404
        return found

    def given(self) -> dict[str, Any]:
        """What was sent, in shape."""
        return {"reason": ""} | self.checked(self.takes)

    def answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        """The records as they are now."""
        return Response(payload.present(self.found(pk)), status=code)


class Records(Record):
    """Everything on record."""

    @extend_schema(parameters=[DAY, KNOWN])
    def get(self, request: Request, pk: int) -> Response:
        """Placements and lines, with what was said before for the person and HR."""
        asked = checked(filters.AsOf(request.query_params))
        found = self.found(pk, on=asked["as_of"], known_at=asked["known_at"])
        return Response(payload.present(found))


class Lines(Record):
    """Whom somebody reported to."""

    takes = recording.NewLine
    ordering = ("-recorded_at", "-pk")

    @extend_schema(parameters=[DAY, KNOWN])
    def get(self, request: Request, pk: int) -> Response:
        """Lines, for the person and HR."""
        asked = checked(filters.AsOf(request.query_params))
        if not records.reads_whole(request.user, pk):
            raise Http404
        rows, on, known_at = records.lines(request.user, pk), asked["as_of"], asked["known_at"]
        rows = rows.as_of(on, known_at) if on else rows.known_at(known_at)
        return self.page(rows, lambda page: [payload.line(row) for row in page])

    @extend_schema(request=recording.NewLine, responses={201: payload.Records})
    def post(self, request: Request, pk: int) -> Response:
        """Change manager or team from a day on."""
        person = self.found(pk).person
        lines.change(person, by=request.user, **self.given())
        return self.answer(pk, status.HTTP_201_CREATED)


class CorrectLine(Record):
    """A line that was wrong."""

    takes = recording.LineCorrection

    @extend_schema(request=recording.LineCorrection, responses=payload.Records)
    def post(self, request: Request, pk: int) -> Response:
        """Say what was really true."""
        line: ReportingLine = get_object_or_404(records.lines(request.user), pk=pk)
        lines.correct(line, by=request.user, **self.given())
        return self.answer(line.person_id)


class CorrectPlacement(Record):
    """A placement that was wrong."""

    takes = recording.PlacementCorrection

    @extend_schema(request=recording.PlacementCorrection, responses=payload.Records)
    def post(self, request: Request, pk: int) -> Response:
        """Say what was really true."""
        rows = Placement.objects.visible_to(request.user).for_display()
        placement = get_object_or_404(rows, pk=pk)
        placements.correct(placement, by=request.user, **self.given())
        return self.answer(placement.person_id)


class Departure(Record):
    """Somebody leaves."""

    takes = recording.Departure

    @extend_schema(request=recording.Departure, responses=payload.Records)
    def post(self, request: Request, pk: int) -> Response:
        """Record the last day."""
        people.leave(self.found(pk).person, by=request.user, on=self.given()["on"])
        return self.answer(pk)


class Rehire(Record):
    """Somebody comes back."""

    takes = recording.Rehire

    @extend_schema(request=recording.Rehire, responses=payload.Records)
    def post(self, request: Request, pk: int) -> Response:
        """Record the first day of the new employment."""
        rehires.rehire(self.found(pk).person, by=request.user, **self.given())
        return self.answer(pk)
