"""Who may do what to ladders and placements. Nothing here asks about state."""

from __future__ import annotations

from collections.abc import Callable

from ladders.models import Ladder, LadderVersion
from people.models import Person, Role
from people.refusals import Denied, Verdict

WRITERS = (Role.LADDER_EDITOR, Role.LADDER_PUBLISHER, Role.HR)
PUBLISHERS = (Role.LADDER_PUBLISHER, Role.HR)


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


def relevel(by: Person | None) -> Verdict:
    """HR moves many people at once; their own placement is left out."""
    if by is None or by.has_role(Role.HR):
        return True
    return Denied("Only HR may relevel people.")


def start_draft(by: Person | None) -> Verdict:
    """Those who write ladders begin a draft, from whatever they have."""
    if by is None or by.has_role(*WRITERS):
        return True
    return Denied("Only HR and people who edit or publish ladders may start a draft.")


def import_ladder(by: Person | None) -> Verdict:
    """Bringing in a file begins a draft; without an actor it is a command."""
    if start_draft(by):
        return True
    return Denied("Only HR and people who edit or publish ladders may import one.")


def open_to_public(by: Person | None, ladder: Ladder) -> Verdict:
    """Those who publish ladders decide who may read them; without an actor it is a command."""
    if by is None or by.has_role(*PUBLISHERS):
        return True
    return Denied("Only HR and people who publish ladders may open one to the public or close it.")


def may(name: str, by: Person | None, version: LadderVersion) -> Verdict:
    """The verdict on one person making one move of one version; None is a command or the clock."""
    return True if by is None else MOVES[name](by, version)


def _writer(by: Person, version: LadderVersion) -> Verdict:
    if by.has_role(*WRITERS):
        return True
    return Denied("Only HR and people who edit or publish ladders may change a draft.")


def _publisher(by: Person, version: LadderVersion) -> Verdict:
    if by.has_role(*PUBLISHERS):
        return True
    return Denied("Only HR and people who publish ladders may do this.")


def _second_person(by: Person, version: LadderVersion) -> Verdict:
    if not _publisher(by, version):
        return _publisher(by, version)
    if by.pk in version.author_ids:
        return Denied("You worked on this text, so somebody else with the right approves it.")
    return True


MOVES: dict[str, Callable[[Person, LadderVersion], Verdict]] = {
    "edit": _writer,
    "choose_class": _writer,
    "review": _writer,
    "return": _writer,
    "approve": _second_person,
    "schedule": _publisher,
    "unschedule": _publisher,
    "publish": _publisher,
    "archive": _publisher,
    "supersede": _publisher,
    "retire": _publisher,
    "abandon": _writer,
}
