"""News of a cycle, told to every manager who takes part: one statement, whatever their number."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from assessments.models import Cycle, Phase
from people.models import Event
from people.wording import weekday

_TELL = """
INSERT INTO assessments_notification (person_id, event_id, text, path, created_at)
SELECT DISTINCT p.id, %(event)s, %(text)s, %(path)s, %(at)s::timestamptz
FROM assessments_participation a JOIN people_person p ON p.id = a.manager_id
WHERE a.cycle_id = %(cycle)s AND p.is_active
ON CONFLICT (person_id, event_id) DO NOTHING
"""


def _announced(event: Event) -> None:
    cycle = Cycle.objects.get(pk=event.subject_id)
    phase = cycle.phases.filter(kind=Phase.Kind.NOMINATIONS).first()
    text = f"{cycle.name} has begun."
    if phase:
        text = f"{cycle.name} has begun: nominations are due by {_day(phase)}."
    _tell(event, cycle, text)


def _extended(event: Event) -> None:
    cycle = Cycle.objects.get(pk=event.subject_id)
    phase = cycle.phases.get(kind=event.data["phase"])
    label = phase.get_kind_display().lower()
    _tell(event, cycle, f"{cycle.name}: the new due date for {label} is {_day(phase)}.")


def _day(phase: Phase) -> str:
    return weekday(phase.due_on, timezone.localdate())


def _tell(event: Event, cycle: Cycle, text: str) -> None:
    values = {
        "event": event.pk,
        "text": text[:300],
        "path": reverse("assessments:cycle", args=[cycle.pk]),
        "at": event.at,
        "cycle": cycle.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TELL, values)


VERBS: dict[str, Callable[[Event], None]] = {
    "cycle.announce": _announced,
    "cycle.extend": _extended,
}
