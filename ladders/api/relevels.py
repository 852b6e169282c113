"""Relevels through the API: look first, then do it, and look at it later."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ladders import policies, relevelled
from ladders.actions import relevels
from ladders.models import Relevel
from ladders.serializers import relevels as payload
from people.api.endpoint import Endpoint
from people.refusals import enforce


def _asked(request: Request) -> payload.Asked:
    form = payload.Asked(data=request.data)
    form.is_valid(raise_exception=True)
    return form


class Relevels(Endpoint):
    """GET: what was done so far. POST: one more."""

    scope = "people:write"
    serializer_class = payload.Listed
    queryset = Relevel.objects.none()

    def get(self, request: Request) -> Response:
        """Relevels, newest first."""
        enforce(policies.relevel(request.user))
        return self.page(relevelled.batches(), payload.listed)

    @extend_schema(request=payload.Asked, responses={201: payload.Listed})
    def post(self, request: Request) -> Response:
        """Move everybody at once, whole or not at all."""
        enforce(policies.relevel(request.user))
        form = _asked(request)
        said = form.validated_data
        words = {"reason": said["reason"], "seen": said.get("seen")}
        batch = relevels.relevel(by=request.user, **form.plan(), **words)
        [row] = payload.listed([relevelled.batches().get(pk=batch.pk)])
        return Response(row, status=status.HTTP_201_CREATED)


class Preview(Endpoint):
    """What a relevel would do."""

    scope = "people:write"
    serializer_class = payload.Preview
    queryset = Relevel.objects.none()

    @extend_schema(request=payload.Asked, responses=payload.Preview)
    def post(self, request: Request) -> Response:
        """Who would move from where to where, and who is left out and why. Nothing is written."""
        enforce(policies.relevel(request.user))
        found = relevels.plan(by=request.user, **_asked(request).plan())
        return Response(payload.preview(found))


class OneRelevel(Endpoint):
    """One relevel."""

    serializer_class = payload.Whole
    queryset = Relevel.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        """Everybody who was moved, and who was left out."""
        enforce(policies.relevel(request.user))
        found = relevelled.find(pk)
        if found is None:
            raise Http404
        return Response(payload.whole(*found))
