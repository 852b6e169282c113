"""Pure arithmetic of version numbers: MAJOR.MINOR.PATCH."""

from __future__ import annotations

import re

from ladders.diff.classes import FIRST, Class, following

__all__ = ["FIRST", "after", "parts", "rank"]

_NUMBER = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?")


def parts(number: str) -> tuple[int, int, int] | None:
    """The three numbers; missing ones are 0. None for a name that is no number."""
    found = _NUMBER.fullmatch(number.strip())
    return tuple(int(part or 0) for part in found.groups()) if found else None  # type: ignore[return-value]


def after(number: str, change_class: str) -> str:
    """The number of the version that follows `number` with a change of this class."""
    return following(number, Class[change_class.upper()])


def rank(number: str) -> tuple[list[int], str]:
    """A key that sorts numbers, and other names by the numbers in them."""
    return [int(part) for part in re.findall(r"\d+", number)], number
