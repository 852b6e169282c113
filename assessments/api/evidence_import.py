"""Bringing in one's own evidence from a spreadsheet through the API."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import evidence_import
from assessments.models import Evidence
from assessments.serializers.evidence_import import Import, New, present
from people.api.endpoint import Endpoint


class EvidenceImport(Endpoint):
    """POST: what a file would add; with `confirm`, add it."""

    scope = "cases:write"
    serializer_class = Import
    parser_classes = (MultiPartParser,)
    queryset = Evidence.objects.none()

    @extend_schema(request={"multipart/form-data": New}, responses=Import)
    def post(self, request: Request, pk: int) -> Response:
        """Look at it, or do it: what is there already is never added twice."""
        if request.user.pk != pk:
            raise Http404
        given = self.checked(New)
        content = given["file"].read(evidence_import.MOST_BYTES + 1)
        name, done = given["file"].name, given["confirm"]
        if done:
            skip = given["skip_problem_rows"]
            report = evidence_import.confirm(content, name, by=request.user, skip_problem_rows=skip)
        else:
            report = evidence_import.preview(content, name, by=request.user)
        return Response(present(report, done=done))
