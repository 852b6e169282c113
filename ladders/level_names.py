"""Pure names of levels across ladders: `software-engineering@1.0.0:staff-engineer`."""

from __future__ import annotations

import re
from dataclasses import dataclass

FORM = re.compile(r"(?P<slug>[-\w]+)(?:@(?P<number>[^:]+))?:(?P<key>.+)", re.DOTALL)
EXAMPLE = "software-engineering@1.0.0:staff-engineer"


@dataclass(frozen=True)
class LevelName:
    """A level of a version of a ladder; without a number, of the version in force."""

    slug: str
    number: str
    key: str

    def __str__(self) -> str:
        return f"{self.slug}@{self.number}:{self.key}" if self.number else f"{self.slug}:{self.key}"


def read(text: str) -> LevelName | None:
    """The level that a text names; None when it does not have the form."""
    found = FORM.fullmatch(text.strip().replace("\0", ""))
    return LevelName(found["slug"], found["number"] or "", found["key"]) if found else None
