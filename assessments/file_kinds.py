"""Pure: which files are taken, and whether a file is what its name says."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

_MB = 1024 * 1024
MOST_BYTES = 10 * _MB
LONGEST_NAME = 120
TAKEN = (
    "PDF, pictures (PNG, JPEG, WebP, GIF), plain text, Markdown, CSV, and Word, Excel or "
    "PowerPoint files of today are taken."
)
EMPTY = "This file is empty."


class NotTaken(Exception):
    """Why a file is not taken, for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of file: what people call it, and the type it is always served with."""

    key: str
    label: str
    media_type: str
    holds: Callable[[bytes], bool]


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


_UNSHOWN = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")  # in UTF-8 no other letter has these bytes


def _is_text(content: bytes) -> bool:
    if content.startswith((b"%PDF", b"PK\x03\x04", b"\x7fELF", b"MZ")):
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return _UNSHOWN.search(content) is None


def _packs(folder: str) -> Callable[[bytes], bool]:
    """A document of an office program: a package with this folder, and without macros."""

    def holds(content: bytes) -> bool:
        if not content.startswith(b"PK\x03\x04"):
            return False
        try:
            names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        packed = "[Content_Types].xml" in names
        return (
            packed
            and any(name.startswith(folder) for name in names)
            and not any(name.lower().endswith("vbaproject.bin") for name in names)
        )

    return holds


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    kind.key: kind
    for kind in (
        Kind("pdf", "a PDF", "application/pdf", _begins(b"%PDF-")),
        Kind("png", "a PNG picture", "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
        Kind("jpeg", "a JPEG picture", "image/jpeg", _begins(b"\xff\xd8\xff")),
        Kind("gif", "a GIF picture", "image/gif", _begins(b"GIF87a", b"GIF89a")),
        Kind("webp", "a WebP picture", "image/webp", _is_webp),
        Kind("docx", "a Word file", f"{_OFFICE}wordprocessingml.document", _packs("word/")),
        Kind("xlsx", "an Excel file", f"{_OFFICE}spreadsheetml.sheet", _packs("xl/")),
        Kind(
            "pptx",
            "a PowerPoint file",
            f"{_OFFICE}presentationml.presentation",
            _packs("ppt/"),
        ),
        Kind("text", "plain text in UTF-8", "text/plain; charset=utf-8", _is_text),
        Kind("markdown", "Markdown in UTF-8", "text/markdown; charset=utf-8", _is_text),
        Kind("csv", "a CSV file in UTF-8", "text/csv; charset=utf-8", _is_text),
    )
}
ENDINGS = {
    **{key: key for key in ("pdf", "png", "jpeg", "gif", "webp", "docx", "xlsx", "pptx", "csv")},
    "jpg": "jpeg",
    "txt": "text",
    "md": "markdown",
    "markdown": "markdown",
}
"""How a name may end → the kind that it says."""

_LOOKS_LIKE = (
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"#!", "a program"),
    (b"PK\x03\x04", "a zip file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "a file of an old office program"),
)


def kind_of(name: str, content: bytes) -> Kind:
    """The kind of a file whose content is what its name says. Raises NotTaken with the reason."""
    if not content:
        raise NotTaken(EMPTY)
    if len(content) > MOST_BYTES:
        raise NotTaken(too_large(len(content)))
    _, dot, ending = name.rpartition(".")
    key = ENDINGS.get(ending.lower().strip()) if dot else None
    if key is None:
        raise NotTaken(f"A file with this ending is not taken. {TAKEN}")
    kind = KINDS[key]
    if not kind.holds(content):
        raise NotTaken(
            f"The name says {kind.label}, but the content is not: {_looks_like(content)}."
        )
    return kind


def too_large(size: int) -> str:
    """The refusal of a file with more bytes than are taken."""
    most = MOST_BYTES // _MB
    return f"This file has {size / _MB:.1f} MB; up to {most} MB are taken."


def safe_name(name: str) -> str:
    """The last part of a path, without what is not shown or changes how the name reads."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    seen = " ".join(seen.replace('"', "'").split()).lstrip(". ")
    stem, dot, ending = seen.rpartition(".")
    if dot:
        seen = f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return seen[-LONGEST_NAME:] or "file"


def _looks_like(content: bytes) -> str:
    for kind in KINDS.values():
        if kind.media_type[:5] != "text/" and kind.holds(content):
            return f"it looks like {kind.label}"
    found = next((what for start, what in _LOOKS_LIKE if content.startswith(start)), "")
    if found:
        return f"it looks like {found}"
    return "it looks like text" if _is_text(content) else "nobody could open it"
