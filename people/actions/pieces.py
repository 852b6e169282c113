"""An uploaded file in the database: kept and laid out piece by piece, whatever its size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from people.imports import files
from people.imports.files import Source
from people.models import ImportPiece, ImportRun

PIECE = 256 * 1024  # bytes
AT_HAND = 1024 * 1024  # a larger file is laid out on the disk


def keep(run: ImportRun, content: Source) -> None:
    """Put a file beside its import."""
    with files.opened(content) as stream:
        number = 0
        while piece := stream.read(PIECE):
            number += 1
            ImportPiece.objects.create(run=run, number=number, content=piece)


def forget(run: ImportRun) -> None:
    """The file is gone; the import stays."""
    run.pieces.all().delete()


@contextmanager
def laid_out(run: ImportRun) -> Iterator[Source]:
    """The file of an import, for as long as somebody reads it."""
    pieces = run.pieces.order_by("number").values_list("content", flat=True)
    if run.size <= AT_HAND:
        yield b"".join(pieces)
        return
    with NamedTemporaryFile(prefix="import-") as copy:
        for piece in pieces.iterator(chunk_size=4):
            copy.write(piece)
        copy.flush()
        yield Path(copy.name)
