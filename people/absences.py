"""Whose leaves a reader may look at, and the rows with who recorded them."""

from __future__ import annotations

from django.db.models import QuerySet

from people.models import Leave, Person, Role


def find(reader: Person, pk: int) -> Person | None:
    """The person of this id, when `reader` may see their leaves: oneself, or anybody for HR."""
    if reader.pk != pk and not reader.has_role(Role.HR):
        return None
    return Person.objects.visible_to(reader).filter(pk=pk).first()


def of(person: Person, reader: Person) -> QuerySet[Leave]:
    """All that was ever said, latest leave first and what stands before what was corrected."""
    rows = Leave.objects.visible_to(reader).filter(person=person).select_related("recorded_by")
    return rows.order_by("-valid", "-recorded_at", "-pk")
