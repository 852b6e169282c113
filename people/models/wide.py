"""Rows that are read with many joins."""

from __future__ import annotations

from typing import Any, Self

from django.db import models


class WideRows(models.QuerySet):
    """A QuerySet whose `get` asks without LIMIT.

    Django's own asks with LIMIT 21, and PostgreSQL then keeps more plans to compare: for the joins
    of a case it planned six times as long as it took to read the row.
    """

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """The one row, or DoesNotExist or MultipleObjectsReturned as ever."""
        found = list(self.filter(*args, **kwargs))
        if len(found) == 1:
            return found[0]
        model: Any = self.model
        if found:
            raise model.MultipleObjectsReturned(f"{len(found)} rows of {model.__name__} match.")
        raise model.DoesNotExist(f"No {model.__name__} matches.")

    def of(self, page: models.QuerySet) -> Self:
        """The rows of a page that is chosen without joins, in its order; one statement.

        Choosing 50 rows among the joins of a case took PostgreSQL 70 ms of planning, and so 5.
        """
        return self.filter(pk__in=page.values("pk")).order_by(*page.query.order_by)


class ChosenFirst:
    """What a paginator needs of a QuerySet: `narrow` rows are chosen, `wide` ones are read."""

    def __init__(self, narrow: models.QuerySet, wide: WideRows) -> None:
        self.narrow, self.wide = narrow, wide

    def order_by(self, *names: Any) -> ChosenFirst:
        """The same in this order."""
        return ChosenFirst(self.narrow.order_by(*names), self.wide)

    def filter(self, *args: Any, **kwargs: Any) -> ChosenFirst:
        """Some of them."""
        return ChosenFirst(self.narrow.filter(*args, **kwargs), self.wide)

    def __getitem__(self, part: slice) -> WideRows:
        """A page."""
        return self.wide.of(self.narrow[part])
