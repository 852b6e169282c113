"""Who may publish past a cycle, and who sees what a version would do. Nothing here asks when."""

from __future__ import annotations

from ladders import policies
from ladders.models import LadderVersion
from people.models import Person, Role
from people.refusals import Denied, Verdict


def override(person: Person) -> Verdict:
    """Inside the freeze window of a cycle only HR goes on, and says why."""
    if person.has_role(Role.HR):
        return True
    return Denied("Only HR may publish a major change inside the freeze window of a cycle.")


def weigh(person: Person, version: LadderVersion) -> Verdict:
    """Whoever works on ladders sees whom a version would concern."""
    if policies.may("edit", person, version):
        return True
    return Denied("Only HR and people who edit or publish ladders see how a version is published.")
