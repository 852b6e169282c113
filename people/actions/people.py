"""Everything that can happen to a person's own row."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from people import audit, policies, zones
from people.actions import headcounts
from people.actions.lines import end, lock_hierarchy
from people.models import Employment, Person, Role, Team
from people.models.person import search_key
from people.refusals import Conflict, Invalid, enforce

EDITABLE = ("employee_number", "email", "name", "title", "time_zone", "hired_on")


def add(*, by: Person | None, name: str, email: str | None = None, **fields: Any) -> Person:
    """Take somebody on the books. Without a password they cannot sign in with one."""
    enforce(policies.change_people(by))
    _check({"name": name, "email": email, **fields})
    with transaction.atomic():
        person = _unique(lambda: _made(name, email, fields))
        headcounts.know([person.pk])
        audit.record("person.add", person, by=by)
    return person


def edit(person: Person, *, by: Person | None, **fields: Any) -> Person:
    """Change what the records say; `fields` are any of EDITABLE."""
    if unknown := sorted(set(fields) - set(EDITABLE)):
        raise TypeError(f"Not edited here: {', '.join(unknown)}")
    with transaction.atomic():
        person = _lock(person)
        enforce(policies.change_people(by, person))
        _check(fields)
        changed = {key: value for key, value in fields.items() if getattr(person, key) != value}
        if changed:
            _set(person, **changed)
            audit.record("person.edit", person, by=by, fields=sorted(changed))
    return person


def leave(person: Person, *, by: Person | None, on: datetime.date) -> Person:
    """`on` is the last day: the reporting line ends and the account closes with it, now or then.

    What was stays.
    """
    with transaction.atomic():
        lock_hierarchy()
        person = _lock(person)
        enforce(policies.employ(by, person))
        if person.hired_on and on < person.hired_on:
            raise Invalid({"left_on": ["Nobody leaves before they came."]})
        if person.left_on == on:
            return person
        _set(person, left_on=on, is_active=on > timezone.localdate())
        end(person, by=by, on=on + datetime.timedelta(days=1))
        audit.record("person.leave", person, by=by, on=on.isoformat())
    return person


def come_back(person: Person, *, by: Person | None, on: datetime.date, reason: str = "") -> Person:
    """From `on` on, somebody who left works here again: the earlier employment becomes a row of
    its own, and the account opens.
    """
    with transaction.atomic():
        person = _lock(person)
        enforce(policies.employ(by, person))
        if person.left_on is None:
            raise Conflict(f"{person.name} works here and has no last day.")
        if on <= person.left_on:
            raise Invalid({"on": [f"The last day was {person.left_on:%-d %B %Y}: choose a later."]})
        earlier = Employment.objects.create(
            person=person,
            hired_on=person.hired_on,
            left_on=person.left_on,
            again_on=on,
            reason=reason,
            recorded_by=by,
        )
        _set(person, hired_on=on, left_on=None, is_active=True)
        audit.record("person.come_back", person, by=by, on=on.isoformat(), employment=earlier.pk)
    return person


def close_accounts(today: datetime.date) -> int:
    """What the clock does: nobody signs in after their last day. Returns for how many it closed."""
    with transaction.atomic():
        rows = Person.objects.select_for_update(no_key=True).filter(
            is_active=True, left_on__lte=today
        )
        for person in rows:
            _set(person, is_active=False)
            audit.record("person.close_account", person, by=None)
    return len(rows)


def set_roles(
    person: Person, *, by: Person | None, roles: list[str], partner_team: Team | None = None
) -> Person:
    """Say what a person is trusted with; an HR partner has a unit."""
    if unknown := sorted(set(roles) - set(Role.values)):
        raise Invalid({"roles": [f"“{role}” is not a role." for role in unknown]})
    if Role.HR_PARTNER in roles and partner_team is None:
        raise Invalid({"partner_team": ["An HR partner has a unit."]})
    with transaction.atomic():
        person = _lock(person)
        enforce(policies.set_roles(by, person))
        before = person.roles
        _set(person, roles=sorted(set(roles)), partner_team=partner_team)
        audit.record("person.set_roles", person, by=by, before=before, after=person.roles)
    return person


def set_time_zone(person: Person, *, by: Person | None, time_zone: str) -> Person:
    """Where the person's mornings are: reminders and dates follow it."""
    with transaction.atomic():
        person = _lock(person)
        enforce(policies.change_own_settings(by, person))
        _check({"time_zone": time_zone})
        if person.time_zone != time_zone:
            _set(person, time_zone=time_zone)
            audit.record("person.set_time_zone", person, by=by, time_zone=time_zone)
    return person


def _lock(person: Person) -> Person:
    return Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)


def _made(name: str, email: str | None, fields: dict[str, Any]) -> Person:
    if email:
        return Person.objects.create_user(email, name=name, **fields)
    password = fields.pop("password", None)
    person = Person(name=name, search_key=search_key(name), **fields)
    person.set_password(password)
    person.save()
    return person


def _set(person: Person, **fields: Any) -> None:
    for key, value in fields.items():
        setattr(person, key, value)
    person.search_key = search_key(person.name, person.email)
    _unique(lambda: person.save(update_fields=[*fields, "search_key"]))


def _check(fields: dict[str, Any]) -> None:
    errors: dict[str, list[str]] = {}
    if "name" in fields and not (fields["name"] or "").strip():
        errors["name"] = ["A person has a name."]
    if fields.get("email"):
        try:
            validate_email(fields["email"])
        except ValidationError:
            errors["email"] = [f"“{fields['email']}” is not an e-mail address."]
    if "time_zone" in fields and fields["time_zone"] not in zones.known():
        errors["time_zone"] = [f"“{fields['time_zone']}” is not a time zone."]
    if errors:
        raise Invalid(errors)


def _unique(write: Any) -> Any:
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as refused:
        if "an employee number names one person" in str(refused):
            raise Conflict("Somebody else already has this employee number.") from None
        if "email" in str(refused):
            raise Conflict("Somebody else already has this e-mail address.") from None
        raise
