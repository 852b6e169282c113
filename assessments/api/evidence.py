"""Evidence through the API: one's own, and nobody else's."""

from __future__ import annotations

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import evidence_files, file_kinds
from assessments.actions import evidence, files
from assessments.filters import EvidenceFilters
from assessments.models import Evidence as Piece
from assessments.models import EvidenceFile
from assessments.serializers.evidence import Evidence, New, NewFile, present
from assessments.serializers.files import sent
from assessments.serializers.moves import Nothing
from people.api.endpoint import Endpoint
from people.api.negotiation import FirstRenderer
from people.models import Person
from people.refusals import Invalid


class EvidenceList(Endpoint):
    """GET: the evidence of a person, newest first. POST: add a piece."""

    scope = "cases:write"
    serializer_class = Evidence
    queryset = Piece.objects.none()
    filterset_class = EvidenceFilters
    ordering = ("-happened_on", "-pk")

    @extend_schema(responses=Evidence(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List pieces."""
        pieces = Piece.objects.visible_to(_oneself(request, pk)).for_display()
        return self.page(pieces, lambda rows: present(rows, request.user))

    @extend_schema(request=New, responses={201: Evidence})
    def post(self, request: Request, pk: int) -> Response:
        """Add a piece of one's own."""
        person = _oneself(request, pk)
        piece = evidence.add(by=person, **self.checked(New))
        return _shown(piece.pk, person, status.HTTP_201_CREATED)


class OwnPiece(Endpoint):
    """Something about one piece of one's own evidence."""

    scope = "cases:write"
    serializer_class: type = Evidence
    queryset = Piece.objects.none()

    def find(self, pk: int) -> Piece:
        """The piece; evidence of others does not exist for anybody."""
        return get_object_or_404(Piece.objects.visible_to(self.request.user), pk=pk)


class EvidencePiece(OwnPiece):
    """GET and PATCH: one piece of one's own evidence."""

    def get(self, request: Request, pk: int) -> Response:
        """Answer the piece."""
        return _shown(self.find(pk).pk, request.user)

    @extend_schema(request=New(partial=True), responses=Evidence)
    def patch(self, request: Request, pk: int) -> Response:
        """Change what is given."""
        piece = self.find(pk)
        evidence.change(piece, by=request.user, **self.checked(New, partial=True))
        return _shown(pk, request.user)


class Archive(OwnPiece):
    """POST: put a piece away. Nothing is lost; cases keep what they have."""

    @extend_schema(request=Nothing, responses=Evidence)
    def post(self, request: Request, pk: int) -> Response:
        """Put it away."""
        evidence.put_away(self.find(pk), by=request.user)
        return _shown(pk, request.user)


class Return(OwnPiece):
    """POST: bring a piece back that was put away."""

    @extend_schema(request=Nothing, responses=Evidence)
    def post(self, request: Request, pk: int) -> Response:
        """Bring it back."""
        evidence.bring_back(self.find(pk), by=request.user)
        return _shown(pk, request.user)


class Files(OwnPiece):
    """POST: add a file to a piece."""

    parser_classes = (MultiPartParser,)

    @extend_schema(request={"multipart/form-data": NewFile}, responses={201: Evidence})
    def post(self, request: Request, pk: int) -> Response:
        """Add it, up to 10 MB, when it is what its name says."""
        piece = self.find(pk)
        upload = self.checked(NewFile)["file"]
        if upload.size > file_kinds.MOST_BYTES:
            raise Invalid({"file": [file_kinds.too_large(upload.size)]})
        files.add(piece, by=request.user, name=upload.name, content=upload.read())
        return _shown(pk, request.user, status.HTTP_201_CREATED)


class OneFile(OwnPiece):
    """GET: the file itself. DELETE: take it off; a packet that is frozen keeps it."""

    content_negotiation_class = FirstRenderer

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int, file: int) -> StreamingHttpResponse:
        """Answer the content, to be saved."""
        return sent(self.file(pk, file))

    @extend_schema(responses=Evidence)
    def delete(self, request: Request, pk: int, file: int) -> Response:
        """Take it off."""
        files.take_off(self.file(pk, file), by=request.user)
        return _shown(pk, request.user)

    def file(self, piece: int, pk: int) -> EvidenceFile:
        """A file that stands on one's own piece, or 404."""
        found = evidence_files.of_piece(self.request.user, piece, pk)
        if found is None:
            raise Http404
        return found


def _oneself(request: Request, pk: int) -> Person:
    """The person of the address; evidence of others does not exist for anybody."""
    if request.user.pk != pk:
        raise Http404
    return request.user


def _shown(pk: int, person: Person, code: int = status.HTTP_200_OK) -> Response:
    row = Piece.objects.visible_to(person).for_display().get(pk=pk)
    return Response(present([row], person)[0], status=code)
