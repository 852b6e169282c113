"""Which file somebody may read where, and its bytes a piece at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import BinaryField, F, Func, Value

from assessments import visibility
from assessments.models import EvidenceFile, Packet, PromotionCase
from people.models import Person

AT_ONCE = 512 * 1024  # bytes that are in memory together


def of_piece(person: Person, piece: int, pk: int) -> EvidenceFile | None:
    """A file that stands on a piece of one's own."""
    rows = EvidenceFile.objects.visible_to(person).standing()
    return rows.filter(evidence=piece, pk=pk).first()


def of_case(person: Person, case: PromotionCase, pk: int) -> EvidenceFile | None:
    """A file of the evidence of a case from `visible_to(person).for_display()`.

    Before the freeze what stands on the pieces, after it what the packet holds.
    """
    standing = visibility.relations(person, case)
    if not visibility.sees("evidence", standing, case.state):
        return None
    rows = EvidenceFile.objects.filter(pk=pk, evidence__attachments__case=case).defer("content")
    if case.frozen_at is None:
        return rows.standing().first()
    packet = Packet.objects.filter(case=case).values_list("content__evidence", flat=True).first()
    return rows.first() if pk in packed(packet or []) else None


def packed(pieces: list[dict[str, Any]]) -> set[int]:
    """Ids of the files that the evidence of a packet holds; old packets know of none."""
    return {file["id"] for piece in pieces for file in piece.get("files", ())}


def chunks(file: EvidenceFile) -> Iterator[bytes]:
    """The content in order; each piece is read from the database when it is wanted."""
    row = EvidenceFile.objects.filter(pk=file.pk)
    for start in range(1, file.size + 1, AT_ONCE):
        part = Func(
            F("content"),
            Value(start),
            Value(AT_ONCE),
            function="substr",
            output_field=BinaryField(),
        )
        yield bytes(row.values_list(part, flat=True).get())
