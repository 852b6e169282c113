"""Many rows at once, by COPY, in the caller's transaction. For actions that hold their locks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

STAGED = "import_staged"
MANY = 1_000


def add(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """New rows, by the names of their columns; what a row does not name gets its default."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    defaults = {field.attname: field.get_default() for field in fields}
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    full = ({**defaults, **row} for row in rows)
    count = _copy(f"{table} ({names})", ([row[field.attname] for field in fields] for row in full))
    if count >= MANY:  # what is asked next must not be planned as if the table were small
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {table}")


def change(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set the columns `names` of rows that are there; each of `rows` is an id and the values."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    meta: Any = model._meta
    columns = [quote(meta.get_field(name).column) for name in names]
    listed = ", ".join(columns)
    with connection.cursor() as cursor:
        # Names of columns come from the model, never from a file.
        cursor.execute(f"CREATE TEMP TABLE {STAGED} AS SELECT id, {listed} FROM {table} LIMIT 0")  # noqa: S608
        _copy(f"{STAGED} (id, {listed})", rows)
        values = ", ".join(f"{column} = s.{column}" for column in columns)
        cursor.execute(f"UPDATE {table} t SET {values} FROM {STAGED} s WHERE s.id = t.id")  # noqa: S608
        cursor.execute(f"DROP TABLE {STAGED}")


def _copy(into: str, rows: Iterable[Sequence[Any]]) -> int:
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {into} FROM STDIN") as copy,
    ):
        count = 0
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
