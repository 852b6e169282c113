"""The text in the making of the demo organisation: written by one person, approved by another."""

from __future__ import annotations

from ladders import cells
from ladders.actions import drafts, versions
from ladders.models import LadderVersion
from ladders.models.document import document
from people.models import Person

LEVEL, COMPETENCY = "staff-engineer", "delivery"
ADDED = " Says in writing what was learned when a promise to another team was not kept."


def send_for_review(editor: Person) -> LadderVersion:
    """A draft of the next version that raises one cell, waiting for somebody to approve it."""
    current = LadderVersion.objects.in_force().get(ladder__slug="software-engineering")
    draft = drafts.copy_of(current, by=editor)
    cell = cells.read(document(draft), COMPETENCY, LEVEL)
    cell[0]["summary"] = f"{cell[0]['summary'].rstrip()}{ADDED}"
    drafts.write_cell(draft, COMPETENCY, LEVEL, cell, by=editor)
    return versions.review(draft, by=editor)
