"""What happens to the files of a piece of evidence: its owner adds them and takes them off."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from assessments import file_kinds
from assessments.actions import evidence as pieces
from assessments.models import Evidence, EvidenceFile
from assessments.pieces import MOST_FILES
from people import audit
from people.models import Person
from people.refusals import Conflict, Invalid


def add(evidence: Evidence, *, by: Person, name: str, content: bytes) -> EvidenceFile:
    """Keep a file with a piece. Raises Invalid (`file`) when it is not what its name says."""
    name = file_kinds.safe_name(name)
    try:
        kind = file_kinds.kind_of(name, content)
    except file_kinds.NotTaken as reason:
        raise Invalid({"file": [str(reason)]}) from None
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        piece = pieces.own(evidence.pk, by=by)
        standing = list(piece.files.standing().values_list("digest", flat=True))
        if digest in standing:
            raise Invalid({"file": ["This file is there already."]})
        if len(standing) >= MOST_FILES:
            raise Invalid({"file": [f"A piece holds up to {MOST_FILES} files."]})
        file = EvidenceFile.objects.create(
            evidence=piece,
            name=name,
            kind=kind.key,
            size=len(content),
            digest=digest,
            content=content,
        )
        audit.record("evidence.add_file", piece, by=by, file=file.pk)
    return file


def take_off(file: EvidenceFile, *, by: Person) -> None:
    """Take a file off its piece. A packet that is frozen keeps it."""
    with transaction.atomic():
        piece = pieces.own(file.evidence_id, by=by)
        taken = EvidenceFile.objects.standing().filter(pk=file.pk)
        if not taken.update(removed_at=timezone.now()):
            raise Conflict("This file was taken off already.")
        audit.record("evidence.take_off_file", piece, by=by, file=file.pk)
