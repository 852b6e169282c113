"""Several files at once: a ZIP of them, read within limits."""

from __future__ import annotations

import io
import zipfile
import zlib

from people.tables.decoding import Unreadable

MOST_FILES = 200
MOST_UNPACKED = 20 * 1024 * 1024
READ = (
    ".yaml",
    ".yml",
    ".json",
    ".csv",
    ".tsv",
    ".txt",
    ".md",
    ".markdown",
    ".html",
    ".htm",
    ".xlsx",
)
ASIDE = ("readme.md", "license.md", "license.txt", "source.txt", "changelog.md", "contributing.md")
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)


def is_archive(data: bytes) -> bool:
    """True for what begins like a ZIP, a workbook among them."""
    return data.startswith(b"PK\x03\x04")


def is_workbook(data: bytes) -> bool:
    """True for a ZIP that says it holds a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except DAMAGED:
        return b"[Content_Types].xml" in data[:4_000] or b"xl/" in data[:4_000]
    return any(name.startswith("xl/") for name in names)


def unpack(data: bytes) -> dict[str, bytes]:
    """The files inside that a ladder may be written in, by their path."""
    files: dict[str, bytes] = {}
    room = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if _inside(part)]
            if len(parts) > MOST_FILES:
                raise Unreadable(f"The archive holds more than {MOST_FILES} files.", 1)
            for part in parts:
                with archive.open(part) as stream:
                    files[part.filename] = stream.read(room + 1)
                room -= len(files[part.filename])
                if room < 0:
                    raise Unreadable("The archive unpacks to far more than it should.", 1)
    except DAMAGED as wrong:
        raise Unreadable(f"The archive is damaged ({wrong}).", 1) from None
    return files


def pack(files: dict[str, bytes]) -> bytes:
    """Several files as one, as if they had been sent in an archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def wanted(path: str) -> bool:
    """True for the name of a file that a ladder may be written in."""
    name = path.rsplit("/", 1)[-1].lower()
    return not name.startswith(".") and name.endswith(READ) and name not in ASIDE


def _inside(part: zipfile.ZipInfo) -> bool:
    return not part.is_dir() and not part.filename.startswith("__MACOSX/") and wanted(part.filename)
