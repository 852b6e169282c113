"""From bytes to text: size, encoding, and signs that a text file does not contain."""

from __future__ import annotations

import re

from ladders.formats.report import Report

LARGEST = 5 * 1024 * 1024
"""Bytes. The largest real ladder that was seen has 0.2 million."""

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""Control characters other than tab and line ends, and halves of characters."""

KINDS = {
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x7fELF": "a program",
}


def decode(data: bytes, report: Report) -> str | None:
    """The text of `data` as UTF-8, or None after saying in `report` why not."""
    if len(data) > LARGEST:
        size = len(data) / 1024 / 1024
        report.error(f"The file has {size:.1f} MB; a ladder file has at most 5 MB.")
        return None
    for start, kind in KINDS.items():
        if data.startswith(start):
            report.error(f"This is {kind}, not a ladder file in YAML or JSON.", line=1)
            return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report.error(
            f"Byte {error.start} (0x{data[error.start]:02x}) is not UTF-8. "
            "Save the file in UTF-8 and try again.",
            line=data.count(b"\n", 0, error.start) + 1,
        )
        return None
    return _printable(text, report)


def _printable(text: str, report: Report) -> str | None:
    found = FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        report.error(f"{described(found[0])} does not belong in a text file.", line=line)
        return None
    if not text.strip():
        report.error("The file is empty.")
        return None
    return text


def described(character: str) -> str:
    """A character that cannot be shown, in words."""
    return f"The control character U+{ord(character):04X}"
