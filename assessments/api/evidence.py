"""Evidence through the API: one's own, and nobody else's."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import evidence
from assessments.models import Evidence as Piece
from assessments.serializers.evidence import Evidence, New, present
from people.api.endpoint import Endpoint
from people.models import Person


class EvidenceList(Endpoint):
    """GET: the evidence of a person, newest first. POST: add a piece."""

    scope = "cases:write"
    serializer_class = Evidence
    queryset = Piece.objects.none()
    ordering = ("-happened_on", "-pk")

    @extend_schema(parameters=[OpenApiParameter("competency", str)])
    def get(self, request: Request, pk: int) -> Response:
        """List pieces; `?competency=` takes the key of a competency."""
        pieces = Piece.objects.visible_to(_oneself(request, pk)).for_display()
        if key := request.query_params.get("competency"):
            pieces = pieces.showing(key.replace("\0", ""))
        return self.page(pieces, lambda rows: present(rows, request.user))

    @extend_schema(request=New, responses={201: Evidence})
    def post(self, request: Request, pk: int) -> Response:
        """Add a piece of one's own."""
        person = _oneself(request, pk)
        form = New(data=request.data)
        form.is_valid(raise_exception=True)
        piece = evidence.add(by=person, **form.validated_data)
        return Response(_shown(piece, person), status=status.HTTP_201_CREATED)


class EvidencePiece(Endpoint):
    """GET and PATCH: one piece of one's own evidence."""

    scope = "cases:write"
    serializer_class = Evidence
    queryset = Piece.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        """Answer the piece."""
        piece = get_object_or_404(Piece.objects.visible_to(request.user), pk=pk)
        return Response(_shown(piece, request.user))

    @extend_schema(request=New(partial=True), responses=Evidence)
    def patch(self, request: Request, pk: int) -> Response:
        """Change what is given."""
        piece = get_object_or_404(Piece.objects.visible_to(request.user), pk=pk)
        form = New(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        piece = evidence.change(piece, by=request.user, **form.validated_data)
        return Response(_shown(piece, request.user))


def _oneself(request: Request, pk: int) -> Person:
    """The person of the address; evidence of others does not exist for anybody."""
    if request.user.pk != pk:
        raise Http404
    return request.user


def _shown(piece: Piece, person: Person) -> dict:
    row = Piece.objects.visible_to(person).for_display().get(pk=piece.pk)
    return present([row], person)[0]
