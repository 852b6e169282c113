"""The way so far, and who may read about it, for My track."""

from __future__ import annotations

from typing import Any

from assessments.tracks import HR, MANAGER, ONESELF, Way
from ladders.models import Placement, Track
from people.wording import counted

LANES = (Track.Kind.SHARED, Track.Kind.STAFF, Track.Kind.MANAGER)
TOLD_WHY = frozenset({ONESELF, MANAGER, HR})
"""Who reads why a placement began, and that a trial ended with a return."""
TOLD_OF_LEAVE = frozenset({ONESELF, HR})
"""Who reads on which days somebody was away; a manager learns only that they are away today."""

Kind = Placement.Kind
WORDS = {
    Kind.HIRE: "Hired.",
    Kind.PROMOTION: "Promotion.",
    Kind.TRACK_MOVE: "A change of job, not a promotion.",
    Kind.TRIAL: "A trial, as agreed; it counts for the level held.",
    Kind.RETURN: "Back from the trial, as agreed. The clock counted on throughout.",
    Kind.RELEVEL: "The ladder was redrawn; the clock counted on.",
    Kind.CORRECTION: "As it stands after a correction of the record.",
    Kind.IMPORT: "Taken over from the HR system.",
}


def placements(way: Way) -> list[dict[str, Any]]:
    """Oldest first; the last day of each is the day before `ends_on`."""
    now = way.placements[way.standing.now].pk if way.standing else None
    return [_placement(way, row, row.pk == now) for row in way.placements]


def _placement(way: Way, row: Placement, current: bool) -> dict[str, Any]:
    told = bool(way.relations & TOLD_WHY)
    kind = row.kind if told or row.kind != Kind.RETURN else None
    track = row.level.track.kind
    title = row.level.title
    return {
        "label": f"Trial as {title}" if row.kind == Kind.TRIAL else title,
        "title": title,
        "track": track if track in LANES else Track.Kind.SHARED.value,
        "kind": kind,
        "why": _why(row, told),
        "starts_on": row.since,
        "ends_on": row.until,
        "current": current,
    }


def _why(row: Placement, told: bool) -> str:
    if not told and row.kind == Kind.RETURN:
        return ""
    return " ".join(text for text in (WORDS[Kind(row.kind)], row.reason if told else "") if text)


def leave(way: Way) -> list[dict[str, Any]] | None:
    """Days on which the clock stood still; None for those who may not know of them."""
    if not way.relations & TOLD_OF_LEAVE:
        return None
    return [{"starts_on": start, "ends_on": end} for start, end in way.leave]


def audience(way: Way) -> dict[str, Any]:
    """Who can see this page, and what each of them sees."""
    person, you = way.person, ONESELF in way.relations
    whose = "your" if you else "the"
    readers = [(("You" if you else person.name), "", "Everything on this page.")]
    if person.manager_id:
        sees = "Placements with their reasons, time in level. No evidence outside a case."
        readers.append((person.manager_name, f"{whose} manager", sees))
    if person.skip_level_id:
        readers.append(
            (person.skip_level_name, f"{whose} skip-level", "Placements without reasons.")
        )
    sees = "Placements with their reasons, leave, time in level. No evidence outside a case."
    staff = counted(len(person.hr_names), "person,people")
    readers.append(("Human resources", staff, sees))
    readers.append(
        ("HR partner", f"of {whose} unit, if there is one", "Placements without reasons.")
    )
    return {
        "readers": [
            {"who": who, "relation": relation, "sees": sees} for who, relation, sees in readers
        ],
        "note": "Evidence is seen by the person who collected it, until it is part of a case.",
    }
