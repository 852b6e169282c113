"""Whose growth talks a reader may look at, and the rows with who noted them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from assessments.models import GrowthTalk
from people.models import Person, Role


def find(reader: Person, pk: int) -> Any:
    """The person of this id with their manager, for themselves, that manager and HR."""
    person: Any = Person.objects.visible_to(reader).with_current_line().filter(pk=pk).first()
    if person is None:
        return None
    near = reader.pk in (person.pk, person.manager_id) or reader.has_role(Role.HR)
    return person if near else None


def of(person: Person, reader: Person) -> QuerySet[GrowthTalk]:
    """Talks that stand, latest first."""
    rows = GrowthTalk.objects.visible_to(reader).standing().filter(person=person)
    return rows.select_related("recorded_by").order_by("-held_on", "-pk")
