"""A database of the measurement's own, made for it and dropped after it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection, connections
from psycopg import sql

NAME = "twintrack_bench_"
LEFT_BEHIND = """
SELECT datname FROM pg_database d WHERE datname LIKE %s
    AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)
"""


@contextmanager
def own_database() -> Iterator[str]:
    """Point every connection at a fresh, empty database; the configured one is never opened."""
    usual = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    server = psycopg.connect(**_maintenance(), autocommit=True)
    name = f"{NAME}{os.getpid()}"
    try:
        for (forgotten,) in server.execute(LEFT_BEHIND, [f"{NAME}%"]).fetchall():
            _drop(server, forgotten)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        _use(dict.fromkeys(usual, name))
        yield name
    finally:
        _use(usual)
        _drop(server, name)
        server.close()


def _maintenance() -> dict:
    known = connection.get_connection_params() | {"dbname": "postgres"}
    return {key: value for key, value in known.items() if key not in ("cursor_factory", "context")}


def _use(names: dict[str, str]) -> None:
    connections.close_all()
    for alias, name in names.items():
        connections[alias].settings_dict["NAME"] = name


def _drop(server: psycopg.Connection, name: str) -> None:
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    server.execute(statement.format(sql.Identifier(name)))
