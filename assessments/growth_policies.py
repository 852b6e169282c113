"""Who may note a growth talk. Nothing here asks about state, and nothing asks the database."""

from __future__ import annotations

from typing import Any

from assessments.models import GrowthTalk
from people.models import Person
from people.refusals import Denied, Verdict


def note(by: Person, person: Any) -> Verdict:
    """The manager of today; `person` comes with their current line."""
    if by.pk == person.manager_id:
        return True
    return Denied("Only the manager notes on which day the two talked.")


def take_back(by: Person, talk: GrowthTalk) -> Verdict:
    """Whoever noted it."""
    if by.pk == talk.recorded_by_id:
        return True
    return Denied("Only whoever noted a talk takes it back.")
