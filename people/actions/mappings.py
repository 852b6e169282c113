"""How the files of an HR system are read: kept under a name, found again by their headings."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from people import audit, policies
from people.actions import pieces
from people.imports import columns, files
from people.imports.fields import PEOPLE, heading_key
from people.imports.mapping import Mapping, build
from people.models import ImportMapping, ImportRun, Person
from people.refusals import Invalid, enforce

FIELDS = {field.name for field in PEOPLE}


def fingerprint(headings: list[str]) -> str:
    """The same for files with the same headings, in whatever order they stand."""
    folded = sorted(heading_key(heading) for heading in headings if heading)
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()


def save(
    *, by: Person | None, name: str, mapping: dict[str, Any], headings: list[str]
) -> ImportMapping:
    """Keep a mapping under a name; one of that name is replaced."""
    enforce(policies.import_people(by))
    name = " ".join(name.split())
    if not name or len(name) > 100:
        raise Invalid({"name": ["Give it a name of at most 100 letters."]})
    build(mapping, FIELDS)
    with transaction.atomic():
        words = {"mapping": mapping, "headings": fingerprint(headings), "saved_by": by}
        kept, _ = ImportMapping.objects.update_or_create(
            name=name, defaults={**words, "saved_at": timezone.now()}
        )
        audit.record("import_mapping.save", kept, by=by)
    return kept


def proposed(headings: list[str]) -> ImportMapping | None:
    """The mapping that was last saved for a file with these headings."""
    found = ImportMapping.objects.filter(headings=fingerprint(headings))
    return found.order_by("-saved_at", "-pk").first()


def headings_of(run: ImportRun) -> list[str]:
    """The headings as the next file like this one will show them before anybody says anything."""
    with pieces.laid_out(run) as content:
        return files.read(content, run.filename, columns.likeness(PEOPLE, Mapping())).heading


def named(pk: int) -> dict[str, Any]:
    """A saved mapping by its id. Raises Invalid when there is none."""
    kept = ImportMapping.objects.filter(pk=pk).first()
    if kept is None:
        raise Invalid({"mapping": ["There is no saved mapping of this id."]})
    return kept.mapping
