"""Rows that are read with many joins."""

from __future__ import annotations

from typing import Any

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
        name = self.model._meta.object_name
        if found:
            raise self.model.MultipleObjectsReturned(f"{len(found)} {name} rows match.")
        raise self.model.DoesNotExist(f"No {name} matches.")
