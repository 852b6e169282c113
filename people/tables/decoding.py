"""From the bytes of a text file to its letters, whatever program wrote it."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from people.tables.encodings import CODECS

BLOCK = 1024 * 1024  # bytes that are looked at together
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


@dataclass(frozen=True)
class Letters:
    """How bytes become letters; `errors` is as Python names it, `encoding` as people do."""

    codec: str
    encoding: str
    errors: str = "strict"

    def of(self, stream: BinaryIO) -> TextIO:
        """The letters of an open file, from where it stands."""
        return io.TextIOWrapper(stream, self.codec, self.errors, newline="")


def decode(content: bytes, codec: str = "", *, lenient: bool = False) -> tuple[str, str]:
    """The text and the name of its encoding, as `letters` finds it."""
    found = letters(io.BytesIO(content), codec, lenient=lenient)
    return content.decode(found.codec, found.errors), found.encoding


def letters(stream: BinaryIO, chosen: str = "", *, lenient: bool = False) -> Letters:
    """How a whole file can be read: `chosen` where somebody chose it, else UTF-8, UTF-16, or as a
    guess WESTERN. For whoever asks then, `lenient` puts U+FFFD for what it lacks."""
    start = next(_blocks(stream), b"")
    if what := next((what for begins, what in KNOWN if start.startswith(begins)), ""):
        raise Unreadable(f"This is not a CSV file. It looks like {what}.")
    mark = next(((codec, name) for mark, codec, name in MARKS if start.startswith(mark)), None)
    if chosen:
        why = f"The letters of this file are not {CODECS[chosen]}."
        return _sure(stream, mark[0] if mark else chosen, CODECS[chosen], why)
    if mark:
        return _sure(stream, *mark, f"The file begins like {mark[1]} but is not.")
    if any(b"\0" in block for block in _blocks(stream)):
        return Letters(_unmarked(stream, start[:SEEN]), "UTF-16")
    if _fits(stream, "utf-8"):
        return Letters("utf-8", "UTF-8")
    if not lenient:
        why = "The letters of this file cannot be read. Save it as UTF-8."
        return _sure(stream, "cp1252", WESTERN, why)
    if any(CONTROL.search(block) for block in _blocks(stream)):
        raise Unreadable(BINARY)
    return Letters("cp1252", WESTERN, "replace")


def _sure(stream: BinaryIO, codec: str, encoding: str, why: str) -> Letters:
    if _fits(stream, codec):
        return Letters(codec, encoding)
    raise Unreadable(why)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while block := stream.read(BLOCK):
        yield block


def _fits(stream: BinaryIO, codec: str) -> bool:
    """Whether every byte means a letter. Raises Unreadable where one means nothing at all."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for block in _blocks(stream):
            if "\0" in decoder.decode(block):
                raise Unreadable(BINARY)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _unmarked(stream: BinaryIO, start: bytes) -> str:
    """UTF-16 without a mark: every second byte of most letters is nothing."""
    even, odd = start[::2], start[1::2]
    for codec, full, bare in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        if not full.count(0) and bare.count(0) > len(bare) * 0.7 and _fits(stream, codec):
            return codec
    raise Unreadable(BINARY)
