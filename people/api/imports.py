"""Imports of people through the API: file in, report out; then do it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from people import policies
from people.actions import imports
from people.api.endpoint import Endpoint
from people.imports.uploads import content, how
from people.models import ImportRun
from people.refusals import enforce
from people.serializers.imports import Confirmation, Import, Listed, New, listed, present

RUNS = ImportRun.Kind.PEOPLE


class Imports(Endpoint):
    """GET: what was imported so far. POST: a file to look at."""

    scope = "people:write"
    serializer_class = Listed
    parser_classes = (MultiPartParser,)
    queryset = ImportRun.objects.none()

    def get(self, request: Request) -> Response:
        """Imports, newest first."""
        enforce(policies.import_people(request.user))
        return self.page(ImportRun.objects.of(RUNS).select_related("uploaded_by"), listed)

    @extend_schema(request={"multipart/form-data": New}, responses={201: Import})
    def post(self, request: Request) -> Response:
        """Look at a file and report what it would change. Nobody is touched."""
        enforce(policies.import_people(request.user))
        form = New(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        run = imports.preview(
            by=request.user,
            content=content(given["file"]),
            filename=given["file"].name,
            mapping=how(given.get("mapping"), given.get("mapping_file")),
        )
        return Response(present(run, request.user), status=status.HTTP_201_CREATED)


class OneImport(Endpoint):
    """One import with its report."""

    serializer_class = Import
    queryset = ImportRun.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        """The report, which stays."""
        enforce(policies.import_people(request.user))
        return Response(present(get_object_or_404(ImportRun.objects.of(RUNS), pk=pk), request.user))


class Confirm(Endpoint):
    """Do what a preview says."""

    scope = "people:write"
    serializer_class = Import
    queryset = ImportRun.objects.none()

    @extend_schema(request=Confirmation, responses=Import)
    def post(self, request: Request, pk: int) -> Response:
        """All of it or nothing."""
        enforce(policies.import_people(request.user))
        form = Confirmation(data=request.data)
        form.is_valid(raise_exception=True)
        run = get_object_or_404(ImportRun.objects.of(RUNS), pk=pk)
        run = imports.confirm(run, by=request.user, **form.validated_data)
        return Response(present(run, request.user))
