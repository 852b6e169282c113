"""A team named with everything above it, as “HQ > Engineering > Payments”. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SURE = re.compile(r"(.*\S)\s*(?:>|»|→|›|::)\s*(\S.*)")
_SLASHED = re.compile(r"(/.+)/([^/]+)")
_UNSURE = re.compile(r"(.*\S)\s+/\s+(\S.*)")


@dataclass(frozen=True)
class Path:
    """The last name, and all that stands before it. Not `sure`: “Sales / Marketing” could be one
    name; it is a path only where what stands before is a team too."""

    above: str
    name: str
    sure: bool


def split(text: str) -> Path | None:
    """A path parted before its last name; None for a plain name."""
    if found := _SURE.fullmatch(text) or _SLASHED.fullmatch(text):
        return Path(found[1], found[2], sure=True)
    if found := _UNSURE.fullmatch(text):
        return Path(found[1], found[2], sure=False)
    return None
