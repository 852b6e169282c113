"""What can happen to the door of a ladder: it opens to everybody, or closes again."""

from __future__ import annotations

from django.db import transaction

from ladders import policies
from ladders.models import Ladder
from people import audit
from people.models import Person
from people.refusals import Conflict, enforce


def open_to_public(ladder: Ladder, *, by: Person | None) -> Ladder:
    """Let everybody read the published and archived versions without signing in."""
    return _turn(ladder, by, public=True)


def close_to_public(ladder: Ladder, *, by: Person | None) -> Ladder:
    """Let only those read it who sign in."""
    return _turn(ladder, by, public=False)


def _turn(ladder: Ladder, by: Person | None, *, public: bool) -> Ladder:
    with transaction.atomic():
        ladder = Ladder.objects.select_for_update(no_key=True).get(pk=ladder.pk)
        enforce(policies.open_to_public(by, ladder))
        if ladder.public == public:
            raise Conflict(f"This ladder is {'open to everybody' if public else 'closed'} already.")
        ladder.public = public
        ladder.save(update_fields=["public"])
        verb = "open_to_public" if public else "close_to_public"
        audit.record(f"ladder.{verb}", ladder, by=by, slug=ladder.slug)
    return ladder
