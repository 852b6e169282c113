"""Everything that can happen to a version of a ladder on its way from draft to archive."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from ladders import diff, numbers, policies, readiness, states
from ladders.formats import packing
from ladders.models import Ladder, LadderVersion
from ladders.models.document import document
from ladders.states import ChangeClass, VersionState
from people import audit
from people.models import Event, Person
from people.refusals import Conflict, Invalid, enforce

CLASSES = list(ChangeClass.values)
SITTING = datetime.timedelta(minutes=30)  # a draft is saved every few seconds: one event will do


@contextmanager
def move(
    name: str, version: LadderVersion, by: Person | None, **data: Any
) -> Iterator[LadderVersion]:
    """One move of one version: yields it locked and fresh, saves and records it afterwards.

    The ladder is locked first, so that nothing else of it is published meanwhile.
    """
    with transaction.atomic():
        Ladder.objects.select_for_update(no_key=True).get(pk=version.ladder_id)
        rows = LadderVersion.objects.select_for_update(no_key=True, of=("self",))
        locked = rows.for_moves().get(pk=version.pk)
        enforce(policies.may(name, by, locked))
        states.check(locked.state, name)
        yield locked
        if target := states.MOVES[name].target:
            locked.state = target
        locked.save()
        if not (name == "edit" and _goes_on(locked, by, data)):
            audit.record(f"version.{name}", locked, by=by, **data)


def review(version: LadderVersion, *, by: Person) -> LadderVersion:
    """Hand a draft to somebody else; refused while something in it is missing."""
    with move("review", version, by) as version:
        text = document(version)
        found = readiness.look(text)
        if not found.ready:
            raise Conflict(found.first())
        difference = against_published(version, text)
        if difference is not None and not difference.changes:
            raise Conflict("Nothing in this draft differs from the published version.")
        version.sent_by = by
        version.authors.add(by)
    return version


def send_back(version: LadderVersion, *, by: Person, reason: str) -> LadderVersion:
    """Make it a draft again, so that it can be changed; an approval falls with it."""
    _said(reason=reason)
    with move("return", version, by, reason=reason) as version:
        version.sent_by = version.approved_by = version.scheduled_by = None
        version.effective_from = None
    return version


def approve(version: LadderVersion, *, by: Person) -> LadderVersion:
    """Say, as somebody who did not write it, that it may be published."""
    with move("approve", version, by) as version:
        if version.approved_by is not None:
            raise Conflict(f"{version.approved_by.name} has approved this already.")
        version.approved_by = by
    return version


def choose_class(
    version: LadderVersion, change_class: str, *, by: Person, reason: str = ""
) -> LadderVersion:
    """Name the class of the change: higher than computed freely, lower with a reason."""
    if change_class not in CLASSES:
        raise Invalid({"change_class": ["Choose major, minor or patch."]})
    data = {"change_class": change_class, "reason": reason}
    with move("choose_class", version, by, **data) as version:
        difference = against_published(version)
        if difference is None:
            raise Conflict("A first version has no class: there is nothing to compare it with.")
        computed = difference.klass.label
        if _lower(change_class, computed):
            _said(reason=reason)
        version.change_class = "" if change_class == computed else change_class
        version.class_reason = reason if _lower(change_class, computed) else ""
    return version


def schedule(
    version: LadderVersion, *, by: Person, on: datetime.date, reason: str = ""
) -> LadderVersion:
    """Let the clock publish an approved text on a later day; `reason` as for `publish`."""
    if on <= timezone.localdate():
        raise Invalid({"effective_from": ["Choose a day after today, or publish now."]})
    with move("schedule", version, by, on=on.isoformat(), reason=reason) as version:
        _approved(version)
        version.effective_from, version.scheduled_by = on, by
    return version


def unschedule(version: LadderVersion, *, by: Person | None) -> LadderVersion:
    """Keep an approved text from taking effect by itself; `by` is None when the clock must not."""
    with move("unschedule", version, by) as version:
        version.effective_from = version.scheduled_by = None
    return version


def publish(version: LadderVersion, *, by: Person | None, reason: str = "") -> LadderVersion:
    """Make an approved text the one in force; `by` is None when the clock does as it was told.

    Whether today lies in the freeze window of a cycle is asked by assessments, which knows
    cycles, before it calls this; `reason` is why HR went on all the same.
    """
    with move("publish", version, by, reason=reason) as version:
        _approved(version)
        if by is None and (version.scheduled_by_id is None or _early(version)):
            raise Conflict("Nobody asked for this version to be published today.")
        version.effective_from = timezone.localdate()
        _number(version)
        _supersede(version.ladder)
        version.published_at = timezone.now()
        _name_ladder(version)
    return version


def retire(version: LadderVersion, *, by: Person, reason: str) -> LadderVersion:
    """Take a version out of use; it stays readable for ever."""
    _said(reason=reason)
    with move("retire", version, by, reason=reason) as version:
        pass
    return version


def abandon(version: LadderVersion, *, by: Person, reason: str = "") -> LadderVersion:
    """Give a draft up; those who work on ladders can still read it."""
    with move("abandon", version, by, reason=reason) as version:
        pass
    return version


def seal(version: LadderVersion, state: VersionState) -> None:
    """Close a text that a command brought in: published, or straight into the archive."""
    if state == VersionState.PUBLISHED:
        difference = against_published(version)
        if difference is not None and difference.changes:
            version.change_class = difference.klass.label
        _supersede(version.ladder)
        _name_ladder(version)
    version.state = state if state == VersionState.PUBLISHED else VersionState.SUPERSEDED
    version.published_at = timezone.now()
    version.save()
    if state == VersionState.RETIRED:
        version.state = state
        version.save(update_fields=["state"])


def against_published(
    version: LadderVersion, text: dict[str, Any] | None = None
) -> diff.Difference | None:
    """What a text changes in the published version of its ladder; None where there is none."""
    current = version.ladder.versions.filter(state=VersionState.PUBLISHED).first()
    return None if current is None else diff.compare(document(current), text or document(version))


def _goes_on(version: LadderVersion, by: Person | None, data: dict[str, Any]) -> bool:
    """True when the newest event says that the same person just changed the same draft."""
    newest = Event.objects.about(version).first()
    return (
        newest is not None
        and (newest.verb, newest.actor_id) == ("version.edit", by and by.pk)
        and newest.data == data
        and newest.at > timezone.now() - SITTING
    )


def _number(version: LadderVersion) -> None:
    """Give a text the number that follows from what it changes."""
    text = document(version)
    current = version.ladder.versions.filter(state=VersionState.PUBLISHED).first()
    if current is None:
        said = version.extra.get("number") or ""
        version.number = said if numbers.parts(said) else numbers.FIRST
    else:
        computed = diff.compare(document(current), text).klass.label
        version.change_class = version.change_class or computed
        version.number = numbers.after(current.number, version.change_class)
    while version.ladder.versions.exclude(pk=version.pk).filter(number=version.number).exists():
        version.number = numbers.after(version.number, ChangeClass.PATCH)
    text["framework"] |= {"version": version.number, "effective_from": version.effective_from}
    version.digest = packing.digest(text)


def _approved(version: LadderVersion) -> None:
    if version.approved_by_id is None:
        raise Conflict("Somebody who did not write it has to approve this version first.")


def _early(version: LadderVersion) -> bool:
    return version.effective_from is None or version.effective_from > timezone.localdate()


def _supersede(ladder: Ladder) -> None:
    ladder.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.SUPERSEDED)


def _name_ladder(version: LadderVersion) -> None:
    version.ladder.title, version.ladder.summary = version.title, version.summary
    version.ladder.save(update_fields=["title", "summary"])


def _lower(one: str, other: str) -> bool:
    return other in CLASSES and CLASSES.index(one) < CLASSES.index(other)


def _said(**texts: str) -> None:
    empty = {name: ["Say why."] for name, text in texts.items() if not text.strip()}
    if empty:
        raise Invalid(empty)
