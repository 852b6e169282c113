"""Drafts of ladders through the API: they begin, and every part of them is written."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ladders import beginnings, cells, edits
from ladders.actions import drafts
from ladders.models import LadderVersion
from ladders.models.document import document
from ladders.serializers import draft, readiness, writing
from people.api.endpoint import Endpoint, mark_asked_for, tagged

SECTIONS = {"framework", *edits.CALLED}
PART = {200: OpenApiTypes.OBJECT}
WHERE = [
    OpenApiParameter("competency", str, required=True),
    OpenApiParameter("level", str, required=True),
]


class Drafts(Endpoint):
    """The texts in the making, for those who work on ladders."""

    scope = "ladders:write"
    serializer_class = draft.Draft
    queryset = LadderVersion.objects.none()
    ordering = ("ladder__title", "pk")

    def get(self, request: Request) -> Response:
        """A page of drafts, by the title of their ladders."""
        return self.page(draft.drafts(request.user), draft.present)

    @extend_schema(request=writing.Start, responses={201: draft.Draft})
    def post(self, request: Request) -> Response:
        """Begin a ladder of its own: from a starter, a copy, or nearly empty."""
        asked = self.checked(writing.Start)
        text = beginnings.text(asked, request.user)
        return _begun(drafts.new_ladder(asked["title"], by=request.user, text=text), request)


class OneDraft(Endpoint):
    """Something below one version of a ladder."""

    scope = "ladders:write"
    serializer_class: type[serializers.BaseSerializer] = writing.Nothing
    queryset = LadderVersion.objects.none()
    pagination_class = None

    def find(self, slug: str, number: str) -> LadderVersion:
        """The version, or 404 for whoever may not see it."""
        visible = LadderVersion.objects.visible_to(self.request.user).select_related("ladder")
        return get_object_or_404(visible, ladder__slug=slug, number=number)


class Copy(OneDraft):
    """A draft that begins with the text of a version."""

    @extend_schema(responses={201: draft.Draft})
    def post(self, request: Request, slug: str, number: str) -> Response:
        """Begin the next draft of the same ladder."""
        version = self.find(slug, number)
        self.checked(writing.Nothing)
        return _begun(drafts.copy_of(version, by=request.user), request)


class Parts(OneDraft):
    """Tracks, levels, links, pillars, competencies, scales and grades of a draft."""

    @extend_schema(request=OpenApiTypes.OBJECT, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, slug: str, number: str, section: str) -> Response:
        """Add a part with the fields that the format of ladder files gives it."""
        version = self.find(slug, number)
        if section not in edits.CALLED:
            raise Http404
        key = drafts.add(version, section, _values(request.data), by=request.user)
        return _part(version, section, key, status.HTTP_201_CREATED)


class Part(OneDraft):
    """One part of a draft; the head of the text is `framework/framework`."""

    @extend_schema(responses=PART)
    def get(self, request: Request, slug: str, number: str, section: str, key: str) -> Response:
        """What the part says; its ETag goes into If-Match."""
        return _part(self.find(slug, number), section, key)

    @extend_schema(request=OpenApiTypes.OBJECT, responses=PART)
    def patch(self, request: Request, slug: str, number: str, section: str, key: str) -> Response:
        """Change some fields; null takes a field away."""
        version = self.find(slug, number)
        row = _there(document(version), section, key)
        values, seen = _values(request.data), mark_asked_for(request)
        drafts.edit(version, section, key, values, by=request.user, seen=seen)
        renamed = edits.identity(section, row | values) if section in edits.NAMED_BY else key
        return _part(version, section, renamed)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, number: str, section: str, key: str) -> Response:
        """Take the part away, and with a level or a competency what is said of it alone."""
        version = self.find(slug, number)
        _there(document(version), section, key)
        if section not in edits.CALLED:
            raise Http404
        drafts.remove(version, section, key, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Positions(OneDraft):
    """The order of parts."""

    @extend_schema(request=writing.Position, responses=writing.Moved)
    def post(self, request: Request, slug: str, number: str) -> Response:
        """Move a part by one place among its neighbours."""
        version = self.find(slug, number)
        asked = self.checked(writing.Position)
        section, key, steps = asked["section"], asked["key"], asked["steps"]
        if section not in edits.CALLED:
            raise serializers.ValidationError({"section": ["There is no such section."]})
        moved = drafts.shift(version, section, key, by=request.user, steps=steps)
        return Response({"moved": moved})


class Cell(OneDraft):
    """What one level expects of one competency."""

    serializer_class = writing.Cell

    @extend_schema(parameters=WHERE)
    def get(self, request: Request, slug: str, number: str) -> Response:
        """Its entries; the ETag goes into If-Match."""
        return _cell(
            self.find(slug, number), self.checked(writing.Place, request.query_params.dict())
        )

    @extend_schema(parameters=WHERE)
    def put(self, request: Request, slug: str, number: str) -> Response:
        """Make the entries what the cell says: known ids are changed, the others are new."""
        version = self.find(slug, number)
        place = self.checked(writing.Place, request.query_params.dict())
        entries = self.checked(writing.Cell)["entries"]
        seen = mark_asked_for(request)
        drafts.write_cell(version, **place, entries=entries, by=request.user, seen=seen)
        return _cell(version, place)


class Gaps(OneDraft):
    """The cells that say nothing."""

    @extend_schema(request=writing.Gaps, responses=writing.Marked)
    def post(self, request: Request, slug: str, number: str) -> Response:
        """Mark them as not expected."""
        version = self.find(slug, number)
        asked = self.checked(writing.Gaps)
        marked = drafts.close_gaps(version, by=request.user, **asked)
        return Response({"marked": marked})


class Readiness(OneDraft):
    """How far a draft is."""

    serializer_class = readiness.Readiness

    def get(self, request: Request, slug: str, number: str) -> Response:
        """What keeps it from review, and what may be looked at."""
        version = self.find(slug, number)
        return Response(readiness.present(version, document(version)))


def _values(data: Any) -> dict[str, Any]:
    """Fields of a part; which there are is known by the domain, which refuses others by name."""
    if not isinstance(data, dict) or not data:
        raise serializers.ValidationError("Send the fields of the part as a JSON object.")
    return data


def _begun(version: LadderVersion, request: Request) -> Response:
    row = draft.drafts(request.user).get(pk=version.pk)
    return Response(draft.Draft(row).data, status=status.HTTP_201_CREATED)


def _text(version: LadderVersion) -> dict[str, Any]:
    """The document as it stands now, after whatever was just done to it."""
    return document(LadderVersion.objects.select_related("ladder").get(pk=version.pk))


def _there(text: dict[str, Any], section: str, key: str) -> dict[str, Any]:
    try:
        return edits.find(text, section if section in SECTIONS else "", key)
    except KeyError:
        raise Http404 from None


def _part(version: LadderVersion, section: str, key: str, code: int = 200) -> Response:
    found = _there(_text(version), section, key)
    return tagged(Response({"key": key, **found}, status=code), drafts.mark(found))


def _cell(version: LadderVersion, place: dict[str, str]) -> Response:
    text = _text(version)
    for section, name in (("competencies", "competency"), ("levels", "level")):
        _there(text, section, place[name])
    said = {"entries": cells.read(text, **place)}
    return tagged(Response(said), drafts.mark(said))
