"""Who may make which move of a cycle. Nothing here asks about state."""

from assessments.models import Cycle
from people.models import Person, Role
from people.refusals import Denied, Verdict

_REFUSAL = Denied("Only HR runs review cycles.")


def may(name: str, person: Person, cycle: Cycle | None) -> Verdict:
    """The verdict on one person making one move of one cycle."""
    return POLICIES[name](person, cycle)


def _only_hr(person: Person, cycle: Cycle | None) -> Verdict:
    return True if person.has_role(Role.HR) else _REFUSAL


POLICIES = {
    "create": _only_hr,
    "dry_run": _only_hr,
    "change_phases": _only_hr,
    "announce": _only_hr,
    "extend": _only_hr,
    "close": _only_hr,
}
