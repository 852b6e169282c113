"""The pages of a list: by cursor, so that the last page costs what the first does."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

from people.refusals import Invalid

LONGEST = 10  # digits
NO_SIZE = "Ask for 1 to 200 rows."
BROKEN = "This is not a cursor that was given out here; begin with the first page."


class Cursor(CursorPagination):
    """50 rows by default, 200 at most: `{"next", "previous", "results"}`.

    The order is the view's `ordering` (a field or a tuple), else newest first; end it with `pk`.
    """

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-pk"

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        """One page. Raises Invalid for a cursor that was not given out here."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValidationError, DataError, ValueError, TypeError):
            if self.cursor_query_param not in request.query_params:
                raise
            raise Invalid({self.cursor_query_param: [BROKEN]}) from None

    def get_page_size(self, request: Request) -> int:
        """As asked for, 200 at most. Raises Invalid for what is no number of rows."""
        asked = request.query_params.get(self.page_size_query_param, str(self.page_size))
        if not (asked.isdecimal() and asked.isascii() and len(asked) < LONGEST and int(asked)):
            raise Invalid({self.page_size_query_param: [NO_SIZE]})
        return min(int(asked), self.max_page_size)

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        """The view names the order; a client cannot ask for one that has no index."""
        ordering = getattr(view, "ordering", None) or self.ordering
        return (ordering,) if isinstance(ordering, str) else tuple(ordering)
