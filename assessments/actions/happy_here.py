"""How somebody says that they want no talk of promotion for now, and takes it back."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import policies
from assessments.models import HappyHere
from people import audit
from people.models import Person
from people.refusals import Conflict, Invalid, enforce


def say(person: Person, *, by: Person, look_again_on: datetime.date | None = None) -> HappyHere:
    """Stop the talk of promotion; said again, the new date stands.

    Nothing is counted for or against anybody by it. Raises Invalid for a date that is past.
    """
    today = timezone.localdate()
    if look_again_on is not None and look_again_on <= today:
        raise Invalid({"look_again_on": ["Choose a day that is still to come, or none."]})
    try:
        with transaction.atomic():
            enforce(policies.say_happy_here(by, person))
            HappyHere.objects.standing().filter(person=person).update(ended_at=timezone.now())
            word = HappyHere.objects.create(person=person, since=today, look_again_on=look_again_on)
            audit.record("happy_here.say", word, by=by)
    except IntegrityError:
        raise Conflict("You said so in another window at the same moment.") from None
    return word


def take_back(person: Person, *, by: Person) -> None:
    """Let others talk of promotion again. Raises Conflict when nothing was said."""
    with transaction.atomic():
        enforce(policies.say_happy_here(by, person))
        word = HappyHere.objects.standing().select_for_update().filter(person=person).first()
        if word is None:
            raise Conflict("This was taken back already.")
        word.ended_at = timezone.now()
        word.save(update_fields=["ended_at"])
        audit.record("happy_here.take_back", word, by=by)
