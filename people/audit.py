"""One way to write down what happened: who did what to which row, and why."""

from typing import Any

from django.db import models

from people.models import Event, Person


def record(verb: str, subject: models.Model, *, by: Person | None, **data: Any) -> Event:
    """Write one event in the caller's transaction; the row is also the outbox.

    `by` is None when the clock acts. `data` holds plain JSON values such as `reason`; never the
    text of a case.
    """
    return Event.objects.create(
        verb=verb,
        actor=by,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        data={key: value for key, value in data.items() if value not in (None, "")},
    )
