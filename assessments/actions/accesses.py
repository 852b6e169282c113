"""What is noted when somebody opens a case that is not their own."""

from __future__ import annotations

from django.utils import timezone

from assessments import visibility
from assessments.models import Access, PromotionCase
from people.models import Person


def note(case: PromotionCase, *, by: Person, door: str) -> None:
    """Write down that `by` opened a case from `for_display()`; once for each door and day.

    Candidates leave no trace on their own case. One statement, whatever was noted before.
    """
    if by.pk == case.candidate_id:
        return
    now = timezone.now()
    row = Access(
        case=case,
        person=by,
        door=door,
        standing=sorted(visibility.relations(by, case)),
        on=now.date(),
        at=now,
    )
    Access.objects.bulk_create([row], ignore_conflicts=True)
