"""Imports of people through the API: file in, report out; then do it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from people import policies
from people.actions import imports, mappings
from people.api.endpoint import Endpoint
from people.imports.report import PARTS
from people.imports.uploads import checked, how, page_asked_for, source
from people.models import ImportMapping, ImportRun
from people.refusals import enforce
from people.serializers.imports import (
    Confirmation,
    Import,
    Listed,
    Mapping,
    New,
    NewMapping,
    Reading,
    entries,
    listed,
    present,
)
from people.serializers.imports import mappings as shown_mappings
from people.states import UNDER_WAY

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

    @extend_schema(request={"multipart/form-data": New}, responses={201: Import, 202: Import})
    def post(self, request: Request) -> Response:
        """Look at a file and report what it would change. Nobody is touched.

        A large file is answered with 202 and read by a worker; ask again until `progress` is null.
        """
        enforce(policies.import_people(request.user))
        form = New(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        run = imports.preview(
            by=request.user,
            content=source(given["file"]),
            filename=given["file"].name,
            mapping=_mapping(given),
            on=given.get("effective_on"),
        )
        return _answer(run, request, status.HTTP_201_CREATED)


class OneImport(Endpoint):
    """One import with its report."""

    serializer_class = Import
    queryset = ImportRun.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        """The report, which stays."""
        enforce(policies.import_people(request.user))
        return Response(present(get_object_or_404(ImportRun.objects.of(RUNS), pk=pk), request.user))


class Lists(Endpoint):
    """One list of a report, page by page."""

    serializer_class = Import
    queryset = ImportRun.objects.none()

    @extend_schema(parameters=[OpenApiParameter("page", int)], responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, pk: int, part: str) -> Response:
        """`{part, page, pages, next, previous, results}`."""
        enforce(policies.import_people(request.user))
        run = get_object_or_404(ImportRun.objects.of(RUNS), pk=pk)
        if part not in PARTS:
            raise Http404
        return Response(entries(run, part, page_asked_for(request.query_params)))


class Confirm(Endpoint):
    """Do what a preview says."""

    scope = "people:write"
    serializer_class = Import
    queryset = ImportRun.objects.none()

    @extend_schema(request=Confirmation, responses={200: Import, 202: Import})
    def post(self, request: Request, pk: int) -> Response:
        """All of it or nothing. A large file is written by a worker: 202."""
        enforce(policies.import_people(request.user))
        form = Confirmation(data=request.data)
        form.is_valid(raise_exception=True)
        run = get_object_or_404(ImportRun.objects.of(RUNS), pk=pk)
        return _answer(imports.confirm(run, by=request.user, **form.validated_data), request)


class LookAgain(Endpoint):
    """Read the same file in another way."""

    scope = "people:write"
    serializer_class = Import
    queryset = ImportRun.objects.none()

    @extend_schema(request=Reading, responses={200: Import, 202: Import})
    def post(self, request: Request, pk: int) -> Response:
        """The whole mapping, and the day from which changes hold."""
        enforce(policies.import_people(request.user))
        form = Reading(data=request.data)
        form.is_valid(raise_exception=True)
        run = get_object_or_404(ImportRun.objects.of(RUNS), pk=pk)
        given = form.validated_data
        mapping, on = checked(given["mapping"]), given.get("effective_on")
        return _answer(imports.look_again(run, by=request.user, mapping=mapping, on=on), request)


class Discard(Endpoint):
    """Put a preview away."""

    scope = "people:write"
    serializer_class = Import
    queryset = ImportRun.objects.none()

    @extend_schema(request=None, responses=Import)
    def post(self, request: Request, pk: int) -> Response:
        """The file is forgotten; that it was there is not."""
        enforce(policies.import_people(request.user))
        run = get_object_or_404(ImportRun.objects.of(RUNS), pk=pk)
        return _answer(imports.discard(run, by=request.user), request)


class Mappings(Endpoint):
    """How the files of HR systems are read, under names."""

    scope = "people:write"
    serializer_class = Mapping
    queryset = ImportMapping.objects.none()

    def get(self, request: Request) -> Response:
        """Saved mappings, newest first."""
        enforce(policies.import_people(request.user))
        return self.page(ImportMapping.objects.select_related("saved_by"), shown_mappings)

    @extend_schema(request=NewMapping, responses={201: Mapping})
    def post(self, request: Request) -> Response:
        """Keep one; a mapping of that name is replaced."""
        enforce(policies.import_people(request.user))
        form = NewMapping(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        given["mapping"] = checked(given["mapping"])
        kept = mappings.save(by=request.user, **given)
        return Response(shown_mappings([kept])[0], status=status.HTTP_201_CREATED)


def _mapping(given: dict[str, Any]) -> dict[str, Any] | None:
    """Inline, as a file, or by the id of a saved one; None when nothing was said."""
    text, upload = given.get("mapping", "").strip(), given.get("mapping_file")
    if text.isdecimal() and len(text) < 10 and not upload:
        return mappings.named(int(text))
    return how(text, upload) if text or upload else None


def _answer(run: ImportRun, request: Request, done: int = status.HTTP_200_OK) -> Response:
    waits = run.state in UNDER_WAY
    return Response(present(run, request.user), status.HTTP_202_ACCEPTED if waits else done)
