"""What addresses below one row share: find it among what is seen, make one move, answer it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from people.api.endpoint import Endpoint


class RowEndpoint(Endpoint):
    """Something below one row. Inherit, and say which rows one sees and how one is shown."""

    def visible(self) -> Any:
        """The rows that the person may see, with all that moves and answers read of them."""
        raise NotImplementedError

    def shown(self, row: Any, code: int = status.HTTP_200_OK) -> Response:
        """A row from `visible()` as it is answered."""
        raise NotImplementedError

    def find(self, pk: int) -> Any:
        """The row, or 404 for whoever may not see it."""
        return get_object_or_404(self.visible(), pk=pk)

    def answer(self, row: Any, code: int = status.HTTP_200_OK) -> Response:
        """The row as it stands now, after whatever was done to it."""
        return self.shown(self.find(row.pk), code)


class MoveEndpoint(RowEndpoint):
    """POST makes one move. `serializer_class` is what it asks for, `act` the one action, `answers`
    what the schema says of the answer.
    """

    act: ClassVar[Callable[..., Any]]
    answers: ClassVar[Any]

    def __init_subclass__(cls, **options: Any) -> None:
        """Let the schema describe each move in its own words."""
        super().__init_subclass__(**options)
        words = (cls.__doc__ or "").removeprefix("POST: ")
        words = words[:1].upper() + words[1:]
        extend_schema_view(post=extend_schema(description=words, responses=cls.answers))(cls)

    def post(self, request: Request, **where: Any) -> Response:
        """Make the move and answer the row as it stands then."""
        row = self.find(**where)
        type(self).act(row, by=request.user, **self.checked(self.get_serializer_class()))
        return self.answer(row)
