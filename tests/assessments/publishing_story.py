"""A second text of the starter ladder on its way: its writer, who approves it, what changes."""

from __future__ import annotations

import datetime

from django.utils import timezone

from assessments.actions import cases, texts
from assessments.models import Cycle, PromotionCase
from ladders import cells
from ladders.actions import drafts, imports, placements, versions
from ladders.models import LadderVersion, Placement
from ladders.models.document import document
from people.actions import lines, people
from people.models import Person, Role
from tests.assessments import cycle_story
from tests.cast import LONG_AGO, Cast
from tests.ladders.small import small

LEVEL, COMPETENCY = "staff-engineer", "delivery"
RAISED = "Delivers across the whole company, and answers for a promise that the company made."


def day(offset: int) -> datetime.date:
    """A day seen from today."""
    return timezone.localdate() + datetime.timedelta(days=offset)


def running(cast: Cast) -> Cycle:
    """A cycle that opened sixty days ago and whose last grace ends in 59 days."""
    return cycle_story.running(cast, day(0))


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


def small_draft(by: Person) -> LadderVersion:
    """A draft that raises a cell of a ladder small enough to be quick; nobody stands on it."""
    imports.import_document(small(), by=None)
    version = drafts.copy_of(LadderVersion.objects.get(ladder__slug="small"), by=by)
    cell = [{"id": "craft-above", "summary": "Shapes systems and says why."}]
    drafts.write_cell(version, "craft", "staff-1", cell, by=by)
    return fresh(version)


def second_text(cast: Cast) -> tuple[PromotionCase, LadderVersion]:
    """A small ladder with a case on its first text, a second one in force, a third in review."""
    imports.import_document(small(), by=None)
    first = LadderVersion.objects.get(ladder__slug="small")
    levels = {level.key: level for level in first.levels.all()}
    person = people.add(by=None, name="Kim Keeps", email="kim@example.com")
    lines.change(person, by=None, on=LONG_AGO, manager=cast.maya, team=cast.teams["payments"])
    hire = Placement.Kind.HIRE
    placements.place(person, levels["senior"], by=None, on=LONG_AGO, kind=hire)
    case = cases.open_case(person, levels["staff-1"], by=cast.maya)
    texts.write_statement(case, by=cast.maya, text="Kim shapes systems.")
    for number, words in enumerate(
        ("Shapes systems and says why.", "Shapes systems, with others.")
    ):
        current = LadderVersion.objects.get(ladder=first.ladder, state="published")
        version = drafts.copy_of(current, by=cast.hana)
        cell = [{"id": "craft-above", "summary": words}]
        drafts.write_cell(version, "craft", "staff-1", cell, by=cast.hana)
        versions.review(version, by=cast.hana)
        if number == 0:
            versions.approve(version, by=cast.henry)
            versions.publish(version, by=cast.hana)
    return case, fresh(version)


def come(version: LadderVersion) -> None:
    """The day for which a version is scheduled has come."""
    LadderVersion.objects.filter(pk=version.pk).update(effective_from=day(0))
