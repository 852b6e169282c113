"""Files of evidence as payloads name them, and how both doors send one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from rest_framework import serializers

from assessments import evidence_files, file_kinds
from assessments.models import EvidenceFile
from assessments.serializers import links


class File(serializers.Serializer):
    """One file of a piece."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField(help_text="What it is, in words.")
    size = serializers.IntegerField(help_text="In bytes.")
    digest = serializers.CharField(help_text="SHA-256 of the content, in hex.")
    url = serializers.CharField()
    page_url = serializers.CharField()


def of_piece(piece: int, held: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The files of one's own piece."""
    return _shown(held, lambda find, pk: find("evidence-file", piece, pk))


def of_case(case: int, held: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The files of a piece as readers of a case have them."""
    return _shown(held, lambda find, pk: find("case-file", case, pk))


def _shown(
    held: Iterable[dict[str, Any]], where: Callable[[Callable[..., str], int], str]
) -> list[dict[str, Any]]:
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "kind": file_kinds.KINDS[row["kind"]].label,
            "size": row["size"],
            "digest": row["digest"],
            "url": where(links.api, row["id"]),
            "page_url": where(links.page, row["id"]),
        }
        for row in held
    ]


def sent(file: EvidenceFile) -> StreamingHttpResponse:
    """The answer that holds a file: always to be saved, never shown, of one fixed type."""
    kind = file_kinds.KINDS[file.kind]
    response = StreamingHttpResponse(evidence_files.chunks(file), content_type=kind.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
