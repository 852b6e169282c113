"""A version of a ladder on its way: how it stands, whom it concerns, and each move by its noun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
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
from people.api.endpoint import Endpoint
from people.refusals import enforce


class VersionEndpoint(Endpoint):
    """Something below one version of a ladder."""

    scope = "ladders:write"
    serializer_class: type[serializers.BaseSerializer] = shapes.Publishing
    queryset = LadderVersion.objects.none()

    def find(self, slug: str, number: str) -> LadderVersion:
        """The version, or 404 for whoever may not see it."""
        visible = LadderVersion.objects.visible_to(self.request.user).for_moves()
        return get_object_or_404(visible, ladder__slug=slug, number=number)

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


class MoveEndpoint(VersionEndpoint):
    """POST makes one move. `serializer_class` is what it asks for, `act` the one action."""

    serializer_class = Nothing
    act: ClassVar[Callable[..., Any]]

    def __init_subclass__(cls, **options: Any) -> None:
        """Let the schema describe each move in its own words."""
        super().__init_subclass__(**options)
        described = extend_schema(description=cls.__doc__ or "", responses=shapes.Publishing)
        extend_schema_view(post=described)(cls)

    def post(self, request: Request, slug: str, number: str) -> Response:
        """Make the move and answer how the version stands then."""
        version = self.find(slug, number)
        form = self.get_serializer_class()(data=request.data)
        form.is_valid(raise_exception=True)
        type(self).act(version, by=request.user, **form.validated_data)
        return self.answer(version)


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
