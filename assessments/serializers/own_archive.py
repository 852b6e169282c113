"""Everything about one person as one zip file, streamed, so that large files never pile up."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse
from rest_framework.utils.encoders import JSONEncoder

from assessments import evidence_files
from assessments.models import EvidenceFile
from assessments.serializers import own_data
from people.models import Person


class _Sink:
    """Takes what the archive writes, to be handed on."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes) -> int:
        self.written += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self.written)
        self.written.clear()
        return taken


def sent(person: Person) -> StreamingHttpResponse:
    """The answer. All but the files is read before it begins, so that it does not break off."""
    stream = _stream(own_data.of(person), own_data.files_of(person))
    response = StreamingHttpResponse(stream, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _stream(parts: dict[str, Any], files: list[EvidenceFile]) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        archive.writestr("README.txt", _readme())
        for name, rows in parts.items():
            text = json.dumps(rows, cls=JSONEncoder, ensure_ascii=False, indent=1)
            archive.writestr(f"{name}.json", text)
            yield sink.take()
        for file in files:
            with archive.open(own_data.path_of(file), "w") as entry:
                for chunk in evidence_files.chunks(file):
                    entry.write(chunk)
                    yield sink.take()
    yield sink.take()


def _readme() -> str:
    lines = [f"{part.name}.json: {part.about}" for part in own_data.PARTS]
    return "\n".join(["What Twintrack keeps about you, as you may see it today.", "", *lines, ""])
