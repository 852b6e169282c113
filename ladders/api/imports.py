"""Imports of ladders through the API: a file in, a report out; then a draft."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ladders import policies
from ladders.actions import intake
from ladders.serializers.imports import Confirmation, Import, Listed, New, listed, present
from people.api.endpoint import Endpoint
from people.imports.uploads import content, how
from people.models import ImportRun
from people.refusals import enforce

RUNS = ImportRun.Kind.LADDER


class Imports(Endpoint):
    """GET: what was imported so far. POST: a file to look at."""

    scope = "ladders:write"
    serializer_class = Listed
    parser_classes = (MultiPartParser,)
    queryset = ImportRun.objects.none()

    def get(self, request: Request) -> Response:
        """Imports, newest first."""
        enforce(policies.import_ladder(request.user))
        return self.page(ImportRun.objects.of(RUNS).select_related("uploaded_by"), listed)

    @extend_schema(request={"multipart/form-data": New}, responses={201: Import})
    def post(self, request: Request) -> Response:
        """Look at a file and report what it would become. No ladder is touched."""
        enforce(policies.import_ladder(request.user))
        given = self.checked(New)
        run = intake.preview(
            by=request.user,
            content=content(given["file"]),
            filename=given["file"].name,
            form=given.get("form", ""),
            mapping=how(given.get("mapping"), given.get("mapping_file")),
            ladder=given.get("ladder", ""),
        )
        return Response(present(run, request.user), status=status.HTTP_201_CREATED)


class OneImport(Endpoint):
    """One import with its report."""

    serializer_class = Import
    queryset = ImportRun.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        """The report, which stays."""
        enforce(policies.import_ladder(request.user))
        return Response(present(get_object_or_404(ImportRun.objects.of(RUNS), pk=pk), request.user))


class Confirm(Endpoint):
    """Do what a preview says."""

    scope = "ladders:write"
    serializer_class = Import
    queryset = ImportRun.objects.none()

    @extend_schema(request=Confirmation, responses=Import)
    def post(self, request: Request, pk: int) -> Response:
        """Begin the draft, whole or not at all."""
        enforce(policies.import_ladder(request.user))
        self.checked(Confirmation)
        run = get_object_or_404(ImportRun.objects.of(RUNS), pk=pk)
        return Response(present(intake.confirm(run, by=request.user), request.user))
