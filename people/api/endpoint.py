"""What every endpoint has in common: scope, pages of a list, one effect per key, versions."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.http import HttpResponseBase
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from people.api import idempotency
from people.cursor import Cursor
from people.models.wide import ChosenFirst, WideRows
from people.refusals import Invalid

LONGEST_VERSION = 20  # digits


class Endpoint(GenericAPIView):
    """One address of the API. Inherit and write `get`, `post`, `patch`; each calls one action.

    `scope` is what a token needs: `"cases:write"` for the writing methods (without it tokens
    cannot write here), `"reports:read"` for reading; reading needs `"read"` unless said otherwise.
    """

    scope: ClassVar[str | None] = None
    pagination_class = Cursor

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After sign-in, scope and allowance: let a POST with a key happen once."""
        super().initial(request, *args, **kwargs)
        key = request.headers.get(idempotency.HEADER)
        if request.method == "POST" and key and hasattr(self, "post"):
            self.post = partial(self._once, self.post, key)

    def _once(
        self, post: Any, key: str, request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        def call() -> HttpResponseBase:
            try:
                return post(request, *args, **kwargs)
            except Exception as refusal:
                return self.handle_exception(refusal)  # raises again what is no refusal

        return idempotency.once(request, key, call)

    def checked(self, shape: type[BaseSerializer], data: Any = None, **how: Any) -> dict[str, Any]:
        """What was sent (or `data`) in its shape, or 400 that names the fields."""
        form = shape(data=self.request.data if data is None else data, **how)
        form.is_valid(raise_exception=True)
        return form.validated_data

    def page(self, rows: Any, present: Any, wide: WideRows | None = None) -> Response:
        """One page of `rows` (a QuerySet), each shown by `present(rows) -> list`.

        With `wide`, a page of `rows` is chosen and read from there.
        """
        chosen: Any = self.filter_queryset(rows)
        page = self.paginate_queryset(chosen if wide is None else ChosenFirst(chosen, wide))
        return self.get_paginated_response(present(page))


def tagged(response: Response, version: int | str) -> Response:
    """Put the version of what is answered in its ETag."""
    response["ETag"] = f'"{version}"'
    return response


def version_asked_for(request: Request) -> int | None:
    """The version in If-Match, which the action compares; None when the client does not care."""
    asked = request.headers.get("If-Match", "").strip()
    if asked in ("", "*"):
        return None
    digits = asked.removeprefix("W/").strip('"')
    if not digits.isdecimal() or len(digits) > LONGEST_VERSION:
        raise Invalid({"If-Match": ["This is not an ETag that was given out here."]})
    return int(digits)


def mark_asked_for(request: Request) -> str | None:
    """The mark of a part in If-Match, which the action compares; None when nobody cares."""
    asked = request.headers.get("If-Match", "").strip()
    return None if asked in ("", "*") else asked.removeprefix("W/").strip('"')
