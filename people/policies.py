"""Who may do what to people, teams, lines, tokens, imports, delegations; never about state."""

from __future__ import annotations

from people.models import ApiToken, Delegation, Person, Role
from people.refusals import Denied, Verdict

IMPORTERS = (Role.HR, Role.ADMIN)


def change_people(by: Person | None, person: Person | None = None) -> Verdict:
    """HR keeps the records of people; without an actor it is the system itself."""
    if by is None or by.has_role(Role.HR):
        return True
    return Denied("Only HR may change the records of people.")


def set_roles(by: Person | None, person: Person) -> Verdict:
    """The administrator hands out roles, and never their own."""
    if by is None:
        return True
    if not by.has_role(Role.ADMIN):
        return Denied("Only an administrator may change roles.")
    if by.pk == person.pk:
        return Denied("Nobody changes their own roles.")
    return True


def change_own_settings(by: Person | None, person: Person) -> Verdict:
    """Everybody sets their own time zone and working week."""
    if by is None or by.pk == person.pk:
        return True
    return Denied("Only the person may change their own settings.")


def change_teams(by: Person | None) -> Verdict:
    """HR keeps the tree of teams."""
    if by is None or by.has_role(Role.HR):
        return True
    return Denied("Only HR may change teams.")


def change_line(by: Person | None, person: Person) -> Verdict:
    """HR says who reports to whom, but not for themselves."""
    if by is not None and not by.has_role(Role.HR):
        return Denied("Only HR may change who reports to whom.")
    if by is not None and by.pk == person.pk:
        return Denied("Nobody changes whom they report to themselves.")
    return True


def correct_line(by: Person | None, person: Person) -> Verdict:
    """HR corrects reporting lines, but not their own."""
    if change_line(by, person):
        return True
    return Denied("Only HR may correct a reporting line, and never their own.")


def employ(by: Person | None, person: Person) -> Verdict:
    """HR records that somebody leaves or comes back, but not for themselves."""
    if by is not None and by.pk == person.pk:
        return Denied("Nobody records their own leaving or coming back.")
    return change_people(by, person)


def create_token(by: Person | None, person: Person) -> Verdict:
    """Everybody makes their own tokens."""
    if by is None or by.pk == person.pk:
        return True
    return Denied("A token is made by the person it belongs to.")


def revoke_token(by: Person | None, token: ApiToken) -> Verdict:
    """The owner and the administrator end a token."""
    if by is None or by.pk == token.person_id or by.has_role(Role.ADMIN):
        return True
    return Denied("Only the owner or an administrator may revoke a token.")


def import_people(by: Person | None) -> Verdict:
    """HR and the administrator bring in the people of the HR system."""
    if by is None or by.has_role(*IMPORTERS):
        return True
    return Denied("Only HR and administrators may import people.")


def delegate(by: Person | None, delegator: Person, delegate: Person) -> Verdict:
    """Everybody hands over their own tasks; HR does it for others, to anybody but themselves."""
    if by is None or by.pk == delegator.pk:
        return True
    if by.has_role(Role.HR):
        return True if by.pk != delegate.pk else Denied("Somebody else of HR hands tasks to you.")
    return Denied("Only the person and HR hand over a person’s tasks.")


def answer_delegation(by: Person | None, delegation: Delegation) -> Verdict:
    """Whoever is asked answers."""
    if by is not None and by.pk == delegation.delegate_id:
        return True
    return Denied("Only the person who was asked accepts or declines.")


def end_delegation(by: Person | None, delegation: Delegation) -> Verdict:
    """Either side ends it, and HR."""
    if by is None or by.pk in (delegation.delegator_id, delegation.delegate_id):
        return True
    return True if by.has_role(Role.HR) else Denied("Only the two of them and HR end this.")


def record_leave(by: Person | None, person: Person) -> Verdict:
    """HR records and corrects leave, but not their own; without an actor it is a command."""
    if by is None:
        return True
    if not by.has_role(Role.HR):
        return Denied("Only HR may record or correct a leave.")
    if by.pk == person.pk:
        return Denied("Nobody records their own leave; a colleague in HR does.")
    return True
