"""Who may do what to ladders and placements. Nothing here asks about state."""

from __future__ import annotations

from people.models import Person, Role
from people.refusals import Denied, Verdict


def place_person(by: Person | None, person: Person) -> Verdict:
    """HR places people, but not themselves; without an actor it is the clock or a command."""
    if by is None:
        return True
    if not by.has_role(Role.HR):
        return Denied("Only HR may place people on a level.")
    if by.pk == person.pk:
        return Denied("Nobody places themselves.")
    return True


def correct_placement(by: Person | None, person: Person) -> Verdict:
    """HR corrects placements, but not their own."""
    if place_person(by, person):
        return True
    return Denied("Only HR may correct a placement, and never their own.")


def import_ladder(by: Person | None) -> Verdict:
    """Those who publish ladders bring them in; without an actor it is a command."""
    if by is None or by.has_role(Role.LADDER_PUBLISHER, Role.HR):
        return True
    return Denied("Only HR and people who publish ladders may import one.")
