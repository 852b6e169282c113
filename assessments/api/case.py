"""What the addresses below one case share: find it, check the shape, make one move, answer it."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers, status
from rest_framework.response import Response

from assessments.models import PromotionCase
from assessments.serializers.case import Case
from assessments.serializers.moves import Nothing
from people.api import rows
from people.api.endpoint import tagged


class CaseEndpoint(rows.RowEndpoint):
    """Something below `/cases/{id}/`."""

    scope = "cases:write"
    serializer_class: type[serializers.BaseSerializer] = Case
    queryset = PromotionCase.objects.none()

    def visible(self) -> Any:
        """The cases that the person may see."""
        return PromotionCase.objects.visible_to(self.request.user).for_display()

    def shown(self, case: PromotionCase, code: int = status.HTTP_200_OK) -> Response:
        """All that the person sees of it, with the version of its texts."""
        seen = Case(case, context={"person": self.request.user}).data
        return tagged(Response(seen, status=code), case.version_for(self.request.user))

    def answer(self, case: PromotionCase, code: int = status.HTTP_200_OK) -> Response:
        """The case as it stands now; nothing for somebody whose move ended their sight of it."""
        found = next(iter(self.visible().filter(pk=case.pk)), None)
        if found is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return self.shown(found, code)


class MoveEndpoint(rows.MoveEndpoint, CaseEndpoint):
    """POST makes one move of a case."""

    serializer_class = Nothing
    answers: ClassVar[Any] = {200: Case, 204: None}
