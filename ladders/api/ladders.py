"""Ladders, their versions, and one version with its whole matrix."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ladders.actions import openings
from ladders.models import LadderVersion
from ladders.models.matrix import whole
from ladders.models.pairs import pair, with_changes
from ladders.serializers import difference, document, ladder, version
from people.api.endpoint import Endpoint
from people.api.negotiation import FirstRenderer

AGAINST = "The number of another version; without it, the one before."


class Ladders(Endpoint):
    """Every ladder that people may read, each with its version in force."""

    serializer_class = ladder.Ladder
    ordering = ("ladder__title", "pk")

    def get(self, request: Request) -> Response:
        """A page of ladders, by title."""
        rows = LadderVersion.objects.readable().one_per_ladder().for_list()
        return self.page(rows, ladder.present)


class Ladder(Endpoint):
    """One ladder."""

    serializer_class = ladder.Ladder
    scope = "ladders:write"

    def get(self, request: Request, slug: str) -> Response:
        """The ladder and its version in force."""
        return Response(ladder.Ladder(self._row(slug)).data)

    @extend_schema(request=ladder.Opening, responses=ladder.Ladder)
    def patch(self, request: Request, slug: str) -> Response:
        """Open the ladder to everybody (`public: true`), or close it again."""
        public = self.checked(ladder.Opening)["public"]
        turn = openings.open_to_public if public else openings.close_to_public
        turn(self._row(slug).ladder, by=request.user)
        return self.get(request, slug)

    def _row(self, slug: str) -> LadderVersion:
        rows = LadderVersion.objects.readable().filter(ladder__slug=slug)
        return get_object_or_404(rows.one_per_ladder().for_list())


class Versions(Endpoint):
    """The published and archived versions of one ladder."""

    serializer_class = ladder.Edition
    ordering = ("-published_at", "-pk")

    def get(self, request: Request, slug: str) -> Response:
        """A page of versions, newest first."""
        rows = LadderVersion.objects.readable().filter(ladder__slug=slug).select_related("ladder")
        answer = self.page(rows, _with_changes)
        if not answer.data["results"] and not answer.data["previous"]:
            raise Http404
        return answer


class Version(Endpoint):
    """One version."""

    serializer_class = version.Version

    def get(self, request: Request, slug: str, number: str) -> Response:
        """The version with its whole matrix; drafts too, for those who work on ladders."""
        rows = LadderVersion.objects.visible_to(request.user)
        rows = rows.filter(ladder__slug=slug, number=number)
        found = get_object_or_404(whole(rows, request.user))
        return Response(version.present(found, person=request.user))


class File(Endpoint):
    """One version as a file."""

    serializer_class = None
    content_negotiation_class = FirstRenderer

    @extend_schema(
        parameters=[OpenApiParameter("form", str, "path", enum=list(document.FORMS))],
        responses={
            (200, made.content_type): OpenApiTypes.BINARY for made in document.FORMS.values()
        },
    )
    def get(self, request: Request, slug: str, number: str, form: str) -> HttpResponse:
        """The file that the page offers; it can be imported again."""
        if form not in document.FORMS:
            raise Http404
        rows = LadderVersion.objects.visible_to(request.user).select_related("ladder")
        made = document.file(get_object_or_404(rows, ladder__slug=slug, number=number), form)
        headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
        return HttpResponse(made.data, content_type=made.content_type, headers=headers)


class Diff(Endpoint):
    """The difference of two versions."""

    serializer_class = difference.Difference

    @extend_schema(parameters=[OpenApiParameter("against", str, description=AGAINST)])
    def get(self, request: Request, slug: str, number: str) -> Response:
        """What changed from the version `against` to this one, each change with its class."""
        against = request.query_params.get("against", "")
        rows = LadderVersion.objects.visible_to(request.user)
        found = pair(rows, slug, number, against, request.user)
        if found is None:
            raise Http404
        return Response(difference.present(found, found.difference()))


def _with_changes(rows: Any) -> list[dict[str, Any]]:
    return ladder.editions(with_changes(rows))
