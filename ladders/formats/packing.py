"""Keeps what a file said where the tables do not: as JSON, without losing a type."""

from __future__ import annotations

import datetime
import hashlib
import json
import math
from collections.abc import Callable
from typing import Any

ABSENT = "$absent"
"""Keys that the rows give back although the file did not have them."""


def pack(value: Any) -> Any:
    """`value` as JSON can hold it: dates and unusual numbers are marked with a `$`."""
    if isinstance(value, dict):
        return {_escaped(key): pack(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [pack(inner) for inner in value]
    if isinstance(value, datetime.datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"$date": value.isoformat()}
    if isinstance(value, float) and not _plain_number(value):
        return {"$float": repr(value)}
    return value


def unpack(value: Any) -> Any:
    """The reverse of `pack`."""
    if isinstance(value, list):
        return [unpack(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((mark, said),) = value.items()
        if mark in READERS:
            return READERS[mark](said)
    return {_plain(key): unpack(inner) for key, inner in value.items()}


READERS: dict[str, Callable[[Any], Any]] = {
    "$datetime": datetime.datetime.fromisoformat,
    "$date": datetime.date.fromisoformat,
    "$float": float,
}


def kept(original: dict[str, Any], rebuilt: dict[str, Any]) -> dict[str, Any]:
    """What a row must keep in `extra` so that `restored` gives `original` back exactly."""
    extra = {
        _escaped(key): pack(value)
        for key, value in original.items()
        if key not in rebuilt or not same(rebuilt[key], value)
    }
    if absent := [key for key in rebuilt if key not in original]:
        extra[ABSENT] = absent
    return extra


def restored(rebuilt: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    """What the file said: the rebuilt keys, and over them what the row keeps."""
    absent = extra.get(ABSENT, [])
    own = {key: value for key, value in rebuilt.items() if key not in absent}
    for key, value in extra.items():
        if key != ABSENT:
            own[_plain(key)] = unpack(value)
    return own


def same(one: Any, other: Any) -> bool:
    """Equal, and of the same type all the way down: 1, 1.0 and true are three things."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def digest(document: dict[str, Any]) -> str:
    """SHA-256 of a document, whatever the order of its keys or the form of its file."""
    text = json.dumps(pack(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain_number(value: float) -> bool:
    """True for what jsonb gives back as the same float: no infinity, exponent or negative zero."""
    return math.isfinite(value) and "e" not in repr(value) and repr(value) != "-0.0"


def _escaped(key: str) -> str:
    return f"${key}" if key.startswith("$") else key


def _plain(key: str) -> str:
    return key[1:] if key.startswith("$$") else key
