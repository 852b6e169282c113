"""From the bytes of a text file to its letters, whatever program wrote it."""

from __future__ import annotations

import codecs
import re

from people.tables.encodings import CODECS

SEEN = 4_000  # bytes by which UTF-16 is told from binary data
BINARY = "This is not a CSV file: it holds binary data."
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
WESTERN = "Windows-1252"
CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
KNOWN = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls); save it as .xlsx or CSV"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"PK\x03\x04", "a zip file or a workbook; a workbook is named .xlsx"),
)


class Unreadable(Exception):
    """The file cannot be read; `reason` is for the person who chose it, `line` 0 is all of it."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def decode(content: bytes, codec: str = "", *, lenient: bool = False) -> tuple[str, str]:
    """The text and the name of its encoding: `codec` where somebody chose it, else UTF-8, UTF-16,
    or as a guess WESTERN. For whoever asks then, `lenient` puts U+FFFD for what it lacks."""
    for start, what in KNOWN:
        if content.startswith(start):
            raise Unreadable(f"This is not a CSV file. It looks like {what}.")
    text, encoding = _chosen(content, codec) if codec else _decode(content, lenient=lenient)
    if "\0" in text:
        raise Unreadable(BINARY)
    return text, encoding


def _decode(content: bytes, *, lenient: bool) -> tuple[str, str]:
    for mark, codec, name in MARKS:
        if content.startswith(mark):
            try:
                return content.decode(codec), name
            except UnicodeDecodeError:
                raise Unreadable(f"The file begins like {name} but is not.") from None
    if b"\0" in content:
        return _unmarked(content)
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    if lenient and CONTROL.search(content):
        raise Unreadable(BINARY)
    try:
        return content.decode("cp1252", errors="replace" if lenient else "strict"), WESTERN
    except UnicodeDecodeError:
        raise Unreadable("The letters of this file cannot be read. Save it as UTF-8.") from None


def _chosen(content: bytes, codec: str) -> tuple[str, str]:
    mark = next((name for start, name, _ in MARKS if content.startswith(start)), codec)
    try:
        return content.decode(mark), CODECS[codec]
    except UnicodeDecodeError:
        raise Unreadable(f"The letters of this file are not {CODECS[codec]}.") from None


def _unmarked(content: bytes) -> tuple[str, str]:
    """UTF-16 without a mark: every second byte of most letters is nothing."""
    even, odd = content[:SEEN:2], content[1:SEEN:2]
    for codec, full, bare in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        if not full.count(0) and bare.count(0) > len(bare) * 0.7:
            try:
                return content.decode(codec), "UTF-16"
            except UnicodeDecodeError:
                break
    raise Unreadable(BINARY)
