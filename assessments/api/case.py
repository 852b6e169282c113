"""What the addresses below one case share: find it, check the shape, make one move, answer it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.models import PromotionCase
from assessments.serializers.case import Case
from assessments.serializers.moves import Nothing
from people.api.endpoint import Endpoint, tagged


class CaseEndpoint(Endpoint):
    """Something below `/cases/{id}/`."""

    scope = "cases:write"
    serializer_class: type[serializers.BaseSerializer] = Case
    queryset = PromotionCase.objects.none()

    def find(self, pk: int) -> PromotionCase:
        """The case, or 404 for whoever may not see it."""
        visible = PromotionCase.objects.visible_to(self.request.user).for_display()
        return get_object_or_404(visible, pk=pk)

    def checked(self, shape: type[serializers.BaseSerializer]) -> dict[str, Any]:
        """The input, or 400 that names the fields."""
        form = shape(data=self.request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data

    def answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        """The case as it stands now; nothing for somebody whose move ended their sight of it."""
        visible = PromotionCase.objects.visible_to(self.request.user).for_display()
        case = next(iter(visible.filter(pk=pk)), None)
        if case is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        shown = Case(case, context={"person": self.request.user}).data
        return tagged(Response(shown, status=code), case.version_for(self.request.user))


class MoveEndpoint(CaseEndpoint):
    """POST makes one move. `serializer_class` is what it asks for, `act` the one action."""

    serializer_class = Nothing
    act: ClassVar[Callable[..., Any]]

    def __init_subclass__(cls, **options: Any) -> None:
        """Let the schema describe each move in its own words."""
        super().__init_subclass__(**options)
        words = (cls.__doc__ or "").removeprefix("POST: ")
        described = extend_schema(
            description=words[:1].upper() + words[1:], responses={200: Case, 204: None}
        )
        extend_schema_view(post=described)(cls)

    def post(self, request: Request, pk: int) -> Response:
        """Make the move and answer the case as it stands then."""
        case = self.find(pk)
        type(self).act(case, by=request.user, **self.checked(self.get_serializer_class()))
        return self.answer(case.pk)
