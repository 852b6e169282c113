"""A version of a ladder on its way: how it stands, whom it concerns, and each move by its noun."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import impact, publication_policies, publishing
from assessments.actions import publications
from assessments.serializers import impact as impact_shapes
from assessments.serializers import publishing as shapes
from assessments.serializers import version_inputs as inputs
from assessments.serializers.moves import NeededReason, Nothing, OptionalReason
from ladders.actions import versions
from ladders.models import LadderVersion
from people.api import rows
from people.refusals import enforce


class VersionEndpoint(rows.RowEndpoint):
    """Something below one version of a ladder."""

    scope = "ladders:write"
    serializer_class: type[serializers.BaseSerializer] = shapes.Publishing
    queryset = LadderVersion.objects.none()

    def visible(self) -> Any:
        """The versions that the person may see."""
        return LadderVersion.objects.visible_to(self.request.user).for_moves()

    def find(self, slug: str, number: str) -> LadderVersion:
        """The version, or 404 for whoever may not see it."""
        return get_object_or_404(self.visible(), ladder__slug=slug, number=number)

    def answer(self, version: LadderVersion) -> Response:
        """How the version stands now; its number may be a new one."""
        return Response(shapes.present(publishing.read(version, self.request.user)))


class Impact(VersionEndpoint):
    """Whom a version concerns."""

    serializer_class = impact_shapes.Weight

    def get(self, request: Request, slug: str, number: str) -> Response:
        """Count people, cases and cycles."""
        version = self.find(slug, number)
        enforce(publication_policies.weigh(request.user, version))
        found = impact.weigh(publishing.read(version, request.user))
        return Response(impact_shapes.present(found))


class MoveEndpoint(rows.MoveEndpoint, VersionEndpoint):
    """POST makes one move of a version."""

    serializer_class = Nothing
    answers = shapes.Publishing


class Review(MoveEndpoint):
    """Send a draft for review."""

    act = versions.review


class Return(MoveEndpoint):
    """Take a text back to draft; an approval falls with it."""

    serializer_class = NeededReason
    act = versions.send_back


class Approval(MoveEndpoint):
    """Approve a text that somebody else wrote."""

    act = versions.approve


class ChosenClass(MoveEndpoint):
    """Choose the class of the change; lower than computed needs a reason."""

    serializer_class = inputs.ChosenClass
    act = versions.choose_class


class Publication(MoveEndpoint):
    """Publish an approved text today."""

    serializer_class = inputs.Publication
    act = publications.publish

    @extend_schema(responses=shapes.Publishing)
    def get(self, request: Request, slug: str, number: str) -> Response:
        """How the version stands on its way, and the moves that are open to you."""
        version = self.find(slug, number)
        enforce(publication_policies.weigh(request.user, version))
        return self.answer(version)


class Schedule(MoveEndpoint):
    """Let the clock publish an approved text on a later day."""

    serializer_class = inputs.Schedule
    act = publications.publish

    @extend_schema(responses=shapes.Publishing)
    def delete(self, request: Request, slug: str, number: str) -> Response:
        """Keep it from being published by itself."""
        version = self.find(slug, number)
        versions.unschedule(version, by=request.user)
        return self.answer(version)


class Retirement(MoveEndpoint):
    """Take a version out of use; it stays readable."""

    serializer_class = NeededReason
    act = publications.retire


class Abandonment(MoveEndpoint):
    """Give a draft up."""

    serializer_class = OptionalReason
    act = versions.abandon
