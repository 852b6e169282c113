"""Everything that can happen to a growth talk: it is noted, and a wrong day is taken back."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from assessments import growth_policies
from assessments.models import GrowthTalk
from people import audit
from people.models import Person
from people.refusals import Conflict, Invalid, enforce


def note(person: Person, *, by: Person, held_on: datetime.date) -> GrowthTalk:
    """You talked about growth on `held_on`. The same day again is the same talk."""
    with transaction.atomic():
        person = _lock(person)
        enforce(growth_policies.note(by, person))
        if held_on > timezone.localdate():
            raise Invalid({"held_on": ["Note a talk once it was held."]})
        if same := GrowthTalk.objects.standing().filter(person=person, held_on=held_on).first():
            return same
        talk = GrowthTalk.objects.create(person=person, held_on=held_on, recorded_by=by)
        audit.record("growth_talk.note", talk, by=by)
    return talk


def take_back(talk: GrowthTalk, *, by: Person) -> GrowthTalk:
    """The day was wrong: it counts no longer."""
    with transaction.atomic():
        _lock(talk.person)
        talk = GrowthTalk.objects.get(pk=talk.pk)
        enforce(growth_policies.take_back(by, talk))
        if talk.superseded_at is not None:
            raise Conflict("This was already taken back.")
        talk.superseded_at = timezone.now()
        talk.save(update_fields=["superseded_at"])
        audit.record("growth_talk.take_back", talk, by=by)
    return talk


def _lock(person: Person) -> Person:
    """The row, with its manager of today; locked."""
    people = Person.objects.select_for_update(no_key=True, of=("self",))
    return people.with_current_line().get(pk=person.pk)
