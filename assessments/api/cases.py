"""Cases through the API: the list, opening one, reading it, writing its texts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import candidates, dossiers, evidence_files
from assessments.actions import accesses, cases, texts
from assessments.api.case import CaseEndpoint
from assessments.filters import CandidateFilters, CaseFilters
from assessments.models import CaseEvidence, PromotionCase
from assessments.models.access import Door
from assessments.serializers import candidate as candidate_shapes
from assessments.serializers import moves as shapes
from assessments.serializers import opening
from assessments.serializers.case import Case, Row, rows
from assessments.serializers.files import sent
from assessments.serializers.history import Entry, history
from ladders.models import Competency
from people.api.endpoint import tagged, version_asked_for
from people.api.negotiation import FirstRenderer
from people.models import Person
from people.refusals import Invalid

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag that the writer started from."
)


class Cases(CaseEndpoint):
    """GET: the cases that the person may see, the last active first. POST: open one."""

    queryset = PromotionCase.objects.none()
    serializer_class = Row
    filterset_class = CaseFilters
    ordering = ("-active_at", "-pk")

    @extend_schema(responses=Row(many=True))
    def get(self, request: Request) -> Response:
        """List cases."""
        visible = PromotionCase.objects.visible_to(request.user)
        wide = PromotionCase.objects.for_rows()
        return self.page(visible, lambda page: rows(page, request.user), wide)

    @extend_schema(request=opening.Opening, responses={201: Case})
    def post(self, request: Request) -> Response:
        """Open a case for somebody."""
        case = cases.open_case(by=request.user, **self.checked(opening.Opening))
        return self.answer(case, status.HTTP_201_CREATED)


class Candidates(CaseEndpoint):
    """GET: people for whom one may open a case, with their level and the next ones, by name."""

    serializer_class = candidate_shapes.Candidate
    queryset = Person.objects.none()
    filterset_class = CandidateFilters
    ordering = ("name", "pk")

    @extend_schema(responses=candidate_shapes.Candidate(many=True))
    def get(self, request: Request) -> Response:
        """List people."""
        return self.page(
            candidates.of(request.user), lambda page: candidate_shapes.rows(page, request.user)
        )


class OneCase(CaseEndpoint):
    """GET and PATCH: one case, its ETag counting the saves of its texts."""

    def get(self, request: Request, pk: int) -> Response:
        """All that the person sees of it."""
        case = self.find(pk)
        accesses.note(case, by=request.user, door=Door.API)
        return self.shown(case)

    @extend_schema(request=opening.Writing, responses=Case, parameters=[IF_MATCH])
    def patch(self, request: Request, pk: int) -> Response:
        """Save texts: all that are given, or none."""
        case = self.find(pk)
        given = self.checked(opening.Writing)
        known = _competencies(case, [one["competency"] for one in given.get("sections", [])])
        given["sections"] = [
            texts.Section(known[one["competency"]], one["text"], one.get("revision"))
            for one in given.get("sections", [])
        ]
        texts.write(case, by=request.user, version=version_asked_for(request), **given)
        return self.answer(case)


class Section(CaseEndpoint):
    """PATCH: the text about one competency; the ETag is that of this text alone."""

    serializer_class = opening.SectionText

    @extend_schema(responses=Case, parameters=[IF_MATCH])
    def patch(self, request: Request, pk: int, competency: int) -> Response:
        """Save it."""
        case = self.find(pk)
        part = get_object_or_404(Competency, pk=competency, version=case.pinned_version_id)
        given = self.checked(opening.SectionText)
        version = version_asked_for(request)
        saved = texts.write_section(case, part, by=request.user, revision=version, **given)
        return tagged(self.answer(case), saved.revision)


class History(CaseEndpoint):
    """GET: who did what on a case and why, newest first."""

    serializer_class = Entry
    ordering = ("-at", "-pk")

    @extend_schema(responses=Entry(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List entries."""
        case = self.find(pk)
        accesses.note(case, by=request.user, door=Door.API)
        events = dossiers.history(case, request.user)
        return self.page(events, lambda page: history(page, case, request.user))


class Attachments(CaseEndpoint):
    """POST: attach a piece of evidence to the case or to one part of it."""

    serializer_class = shapes.Attachment

    @extend_schema(responses={201: Case})
    def post(self, request: Request, pk: int) -> Response:
        """Attach it."""
        case = self.find(pk)
        given = self.checked(shapes.Attachment)
        piece = dossiers.attachable(case, request.user).filter(pk=given["evidence"]).first()
        if piece is None:
            raise Invalid({"evidence": [UNKNOWN_PIECE]})
        part = given.get("competency")
        known = _competencies(case, [part] if part else [])
        texts.attach(case, piece, by=request.user, competency=known.get(part))
        return self.answer(case, status.HTTP_201_CREATED)


class OneAttachment(CaseEndpoint):
    """DELETE: take a piece off; it stays with the person who collected it."""

    @extend_schema(responses=Case)
    def delete(self, request: Request, pk: int, attachment: int) -> Response:
        """Take it off."""
        case = self.find(pk)
        row = get_object_or_404(CaseEvidence.objects.filter(case=case), pk=attachment)
        texts.detach(case, row.pk, by=request.user)
        return self.answer(case)


class File(CaseEndpoint):
    """GET: a file of the evidence of a case, as it is or as the packet holds it."""

    content_negotiation_class = FirstRenderer

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int, file: int) -> StreamingHttpResponse:
        """Answer the content, to be saved."""
        case = self.find(pk)
        found = evidence_files.of_case(request.user, case, file)
        if found is None:
            raise Http404
        accesses.note(case, by=request.user, door=Door.API)
        return sent(found)


UNKNOWN_PIECE = (
    "Choose evidence that you may attach: your own as the candidate, as the manager what the "
    "candidate attached to this case."
)


def _competencies(case: PromotionCase, ids: list[int]) -> dict[Any, Competency]:
    """The competencies of the pinned version by id; an id that is none of them is refused."""
    found = Competency.objects.filter(version=case.pinned_version_id).in_bulk(ids) if ids else {}
    if any(pk not in found for pk in ids):
        raise Invalid({"competency": ["Choose a competency of the version this case keeps."]})
    return found
