"""News of a delegation: told to the side that did not act."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from assessments.models import Notification
from people.models import Delegation, Event
from people.wording import short_day

WORDS = {
    "delegation.offer": "{delegator} asks you to do tasks for them from {first} to {last}.",
    "delegation.accept": "{delegate} accepted, and does tasks for you from {first} to {last}.",
    "delegation.decline": "{delegate} declined to do tasks for you; they stay with you.",
    "delegation.end": "The delegation from {delegator} to {delegate} has ended.",
}


def _tell(event: Event) -> None:
    row = Delegation.objects.for_display().get(pk=event.subject_id)
    told = {
        "delegation.offer": [row.delegate],
        "delegation.accept": [row.delegator],
        "delegation.decline": [row.delegator],
        "delegation.end": [row.delegator, row.delegate],
    }[event.verb]
    text = WORDS[event.verb].format(
        delegator=row.delegator.name,
        delegate=row.delegate.name,
        first=short_day(row.first_on),
        last=short_day(row.last_on),
    )
    path = reverse("assessments:delegations")
    Notification.objects.bulk_create(
        (
            Notification(
                person=person, event=event, text=text[:300], path=path, created_at=event.at
            )
            for person in told
            if person.is_active and person.pk != event.actor_id
        ),
        ignore_conflicts=True,
    )


VERBS: dict[str, Callable[[Event], None]] = dict.fromkeys(WORDS, _tell)
