"""Pure making of keys: from a name, readable in an address, unique among those that exist."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

LONGEST = 60


def slug(name: str) -> str:
    """Lower-case letters, digits and hyphens; blank when the name has none of them."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")


def fresh(name: str, taken: Container[str]) -> str:
    """An id for `name` that is not in `taken`."""
    stem = slug(name) or "row"
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found
