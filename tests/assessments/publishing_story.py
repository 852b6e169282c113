"""A second text of the starter ladder on its way: who writes it, who approves it, what it changes."""

from __future__ import annotations

from ladders import cells
from ladders.actions import drafts, versions
from ladders.models import LadderVersion
from ladders.models.document import document
from people.actions import people
from people.models import Person, Role
from tests.cast import Cast

LEVEL, COMPETENCY = "staff-engineer", "delivery"
RAISED = "Delivers across the whole company, and answers for a promise that the company made."


def writer(name: str = "Edda", *roles: str) -> Person:
    """Somebody who edits ladders."""
    person = people.add(by=None, name=f"{name} Writer", email=f"{name.lower()}@example.com")
    person = people.set_roles(person, by=None, roles=list(roles or (Role.LADDER_EDITOR,)))
    return Person.objects.for_session().get(pk=person.pk)


def publisher(name: str = "Pavel") -> Person:
    """Somebody who publishes them."""
    return writer(name, Role.LADDER_PUBLISHER)


def draft(cast: Cast, by: Person, *, size: str = "major") -> LadderVersion:
    """A draft that raises one cell, renames a level (minor), or mends a letter (patch)."""
    version = drafts.copy_of(cast.levels[LEVEL].version, by=by)
    if size == "major":
        cell = [{"id": "delivery-raised", "summary": RAISED}]
        drafts.write_cell(version, COMPETENCY, LEVEL, cell, by=by)
    elif size == "minor":
        drafts.edit(version, "levels", LEVEL, {"titles": ["Staff Developer"]}, by=by)
    else:
        cell = cells.read(document(version), COMPETENCY, LEVEL)
        cell[0]["summary"] = cell[0]["summary"].replace(" ", "  ", 1)
        drafts.write_cell(version, COMPETENCY, LEVEL, cell, by=by)
    return fresh(version)


def approved(cast: Cast, by: Person, second: Person, *, size: str = "major") -> LadderVersion:
    """The same, sent for review and approved by somebody else."""
    version = draft(cast, by, size=size)
    versions.review(version, by=by)
    versions.approve(version, by=second)
    return fresh(version)


def fresh(version: LadderVersion) -> LadderVersion:
    """The version as it stands now."""
    return LadderVersion.objects.for_moves().get(pk=version.pk)
