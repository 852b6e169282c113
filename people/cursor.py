"""The pages of a list: by cursor, so that the last page costs what the first does."""

from __future__ import annotations

from typing import Any

from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class Cursor(CursorPagination):
    """50 rows by default, 200 at most: `{"next", "previous", "results"}`.

    The order is the view's `ordering` (a field or a tuple), else newest first; end it with `pk`.
    """

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-pk"

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        """The view names the order; a client cannot ask for one that has no index."""
        ordering = getattr(view, "ordering", None) or self.ordering
        return (ordering,) if isinstance(ordering, str) else tuple(ordering)
