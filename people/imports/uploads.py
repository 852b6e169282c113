"""What both doors do with an uploaded file before anything reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from people.imports import mapping
from people.imports.files import MOST_BYTES, Source, refuse, too_large


def content(upload: Any) -> bytes:
    """What was uploaded, refused before it is loaded when it is too large."""
    if upload.size > MOST_BYTES:
        raise refuse(too_large(upload.size))
    return upload.read()


def source(upload: Any) -> Source:
    """The same, but a large file stays on the disk, where it was received."""
    if upload.size > MOST_BYTES:
        raise refuse(too_large(upload.size))
    path = getattr(upload, "temporary_file_path", None)
    return Path(path()) if path else upload.read()


def how(text: str | None, upload: Any = None) -> dict[str, Any]:
    """The mapping that came as a file or as text."""
    if upload is not None:
        return mapping.parse(upload.read(mapping.MOST_BYTES + 1))
    return mapping.parse(text) if text else {}


def checked(data: Any) -> dict[str, Any]:
    """A mapping that came as plain data: the same rules as for text."""
    return mapping.parse(json.dumps(data))


def page_asked_for(query: Any) -> int:
    """The number of a page in the address; 1 when none is meant."""
    asked = query.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 8 else 1
