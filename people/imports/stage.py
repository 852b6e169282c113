"""The rows of a file in tables that only this transaction sees: the database compares them, so that
a file of any length takes as much memory as a short one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from people.imports.cells import Bad
from people.imports.columns import KNOWN_AS, Sheet

FETCHED = 2_000  # rows that are at hand together
TYPES = {
    "employee_number": "text",
    "name": "text",
    "email": "text",
    "title": "text",
    "time_zone": "text",
    "hired_on": "date",
    "left_on": "date",
    "status": "text",
    "effective_on": "date",
    "manager": "text",
    "team": "text",
    "team_name": "text",
    "team_parent": "text",
    KNOWN_AS: "text",
}
NOTHING = "\x02"  # no cell holds control characters


class Stage:
    """The table `import_row`. `said` are the fields that the file has a column for; `bad` of a row
    names those of its cells that could not be read, each between commas. Where `figures`, plain
    figures can be keys by which managers are named."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.figures = True
        run("SET LOCAL jit = off")  # what is asked here is asked once, of many rows
        run("SET LOCAL work_mem = '64MB'")
        columns = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
        make("import_row", f"line integer, bad text, {columns}")

    def put(self, sheet: Sheet) -> None:
        """Take further rows."""
        self.said = list(sheet.columns)
        columns = [_texts(values) for values in sheet.columns.values()]
        lines = zip(map(str, sheet.lines), _bad(sheet), *columns, strict=True)
        text = "\n".join(map("\t".join, lines)).replace("\\", "\\\\")
        names = ", ".join(["line", "bad", *self.said])
        into = f"COPY import_row ({names}) FROM STDIN (NULL '{NOTHING}')"
        if text:
            with (
                connection.wrap_database_errors,
                connection.cursor() as cursor,
                cursor.copy(into) as copy,
            ):
                copy.write(text + "\n")


def _texts(values: list[Any]) -> list[str]:
    return [value if value.__class__ is str else _text(value) for value in values]


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else NOTHING


def _bad(sheet: Sheet) -> list[str]:
    bad = [NOTHING] * len(sheet)
    for name, values in sheet.columns.items() if sheet.spoilt else ():
        if Bad in set(map(type, values)):
            for at, value in enumerate(values):
                if value.__class__ is Bad:
                    bad[at] = f"{',' if bad[at] == NOTHING else bad[at]}{name},"
    return bad


def counted(table: str) -> int:
    """How many rows a table of this transaction has."""
    [(count,)] = rows(f"SELECT count(*) FROM {table}")
    return count


def make(table: str, columns: str) -> None:
    """An empty table of this transaction."""
    run(f"DROP TABLE IF EXISTS {table}")
    run(f"CREATE TEMP TABLE {table} ({columns}) ON COMMIT DROP")


def made(table: str, select: str, given: dict[str, Any] | None = None) -> None:
    """A table of this transaction with what a query says."""
    run(f"DROP TABLE IF EXISTS {table}")
    run(f"CREATE TEMP TABLE {table} ON COMMIT DROP AS {select}", given)
    run(f"ANALYZE {table}")


def fill(table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Add rows, all columns of each. Nothing may be asked of the database meanwhile."""
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def run(statement: str, given: dict[str, Any] | None = None) -> int:
    """Do something; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.rowcount


def rows(query: str, given: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """A few rows."""
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchall()


def stream(query: str, given: dict[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
    """Rows, however many; the database may be asked other things meanwhile."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, given)
        while some := cursor.fetchmany(FETCHED):
            yield from some
