"""News of a pulse: those who are asked are told once. That one answered is told to nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from assessments.models import Notification, Pulse, PulseAnswer
from people.models import Event


def _tell(event: Event) -> None:
    asked = Pulse.objects.filter(move=event.subject_id, asked_at__lte=event.at).order_by("-pk")
    pulse = asked.select_related("move__person")[0]
    rows = PulseAnswer.objects.filter(pulse=pulse)
    Notification.objects.bulk_create(
        (
            Notification(
                person_id=row.person_id,
                event=event,
                text=f"You are asked, without your name, how {pulse.move.person.name}’s trial is.",
                path=reverse("assessments:pulse", args=[pulse.pk]),
                created_at=event.at,
            )
            for row in rows
        ),
        ignore_conflicts=True,
    )


VERBS: dict[str, Callable[[Event], None]] = {"track_move.ask_pulse": _tell}
