"""Everything that is kept about one person, in parts, as they may see it themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from assessments import tracks
from assessments.models import (
    Evidence,
    EvidenceFile,
    Feedback,
    Handover,
    HappyHere,
    Notification,
    PulseAnswer,
    TrackMove,
)
from assessments.models import PromotionCase as Row
from assessments.serializers import (
    delegations,
    evidence,
    notification,
    pulse,
    track,
    track_move,
)
from assessments.serializers.case import Case
from people.models import ApiToken, Delegation, Employment, Leave, Person, ReportingLine


@dataclass(frozen=True)
class Part:
    """One file of the answer: its name, a line on what it holds, and how it is made."""

    name: str
    about: str
    rows: Callable[[Person], Any]


def _record(person: Person) -> dict[str, Any]:
    fields = (
        *("name", "email", "employee_number", "title", "hired_on", "left_on", "roles"),
        *("time_zone", "working_days", "created_at"),
    )
    return {field: getattr(person, field) for field in fields}


def _employments(person: Person) -> list[dict[str, Any]]:
    rows = Employment.objects.filter(person=person).order_by("left_on", "pk")
    return list(rows.values("hired_on", "left_on", "again_on"))


def _lines(person: Person) -> list[dict[str, Any]]:
    rows = ReportingLine.objects.known_at().filter(person=person).order_by("valid")
    rows = rows.select_related("manager", "team")
    return [
        {
            "from": row.since,
            "until": row.until,
            "manager": row.manager.name if row.manager else None,
            "team": row.team.name if row.team else None,
        }
        for row in rows
    ]


def _track(person: Person) -> dict[str, Any] | None:
    found = tracks.find(person.pk, person)
    return track.present(tracks.follow(found, person)) if found else None


def _leave(person: Person) -> list[dict[str, Any]]:
    rows = Leave.objects.visible_to(person).filter(person=person).order_by("valid", "pk")
    return [
        {
            "kind": row.kind,
            "from": row.since,
            "until": row.until,
            "stops_clock": row.stops_clock,
            "reason": row.reason,
            "recorded_at": row.recorded_at,
            "superseded_at": row.superseded_at,
        }
        for row in rows
    ]


def _growth_talks(person: Person) -> list[dict[str, Any]]:
    return list(person.growth_talks.order_by("held_on").values("held_on", "superseded_at"))


def _evidence(person: Person) -> list[dict[str, Any]]:
    return evidence.present(Evidence.objects.visible_to(person).for_display(), person)


def _files(person: Person) -> list[dict[str, Any]]:
    fields = ("evidence", "name", "kind", "size", "digest", "added_at", "removed_at")
    return [
        {
            "path": path_of(row),
            "evidence": row.evidence_id,
            **{name: getattr(row, name) for name in fields[1:]},
        }
        for row in files_of(person)
    ]


def _cases(person: Person) -> list[dict[str, Any]]:
    rows = Row.objects.visible_to(person).filter(candidate=person).for_display()
    return [Case(row, context={"person": person}).data for row in rows.order_by("pk")]


def _moves(person: Person) -> list[dict[str, Any]]:
    rows = TrackMove.objects.visible_to(person).filter(person=person).for_display()
    return [track_move.present(row, person) for row in rows.order_by("pk")]


def _pulses(person: Person) -> list[dict[str, Any]]:
    rows = PulseAnswer.objects.visible_to(person).for_display().order_by("pk")
    return pulse.own(rows.filter(answered_at__isnull=False))


def _delegations(person: Person) -> list[dict[str, Any]]:
    mine = Q(delegator=person) | Q(delegate=person)
    rows = Delegation.objects.visible_to(person).filter(mine).for_display().order_by("pk")
    return delegations.present(rows, person, timezone.localdate())


def _feedback(person: Person) -> list[dict[str, Any]]:
    rows = Feedback.objects.visible_to(person).for_display().order_by("pk")
    return [
        {
            "about": row.case.candidate.name,
            "read_by": row.get_visibility_display(),
            "state": row.get_state_display(),
            "text": row.text,
            "answered_at": row.answered_at,
        }
        for row in rows
    ]


def _handovers(person: Person) -> list[dict[str, Any]]:
    rows = Handover.objects.visible_to(person).select_related("case__candidate").order_by("pk")
    fields = ("handed_at", "words", "question", "statement", "written_at")
    return [
        {"about": row.case.candidate.name, **{name: getattr(row, name) for name in fields}}
        for row in rows
    ]


def _inbox(person: Person) -> list[dict[str, Any]]:
    return notification.present(Notification.objects.visible_to(person).order_by("pk"))


def _happy_here(person: Person) -> list[dict[str, Any]]:
    rows = HappyHere.objects.filter(person=person).order_by("pk")
    return list(rows.values("since", "look_again_on", "said_at", "ended_at"))


def _tokens(person: Person) -> list[dict[str, Any]]:
    rows = ApiToken.objects.filter(person=person).order_by("pk")
    fields = ("name", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at")
    return list(rows.values(*fields))


PARTS: tuple[Part, ...] = (
    Part("person", "Your record and preferences.", _record),
    Part(
        "employments",
        "Earlier times that you worked here.",
        _employments,
    ),
    Part("lines", "Whom you reported to, and in which team.", _lines),
    Part("track", "Your level, placements and what comes next, as My track shows it.", _track),
    Part("leave", "Your leaves, also what was said of them before it was corrected.", _leave),
    Part("growth-talks", "When you and your manager talked about growth.", _growth_talks),
    Part("evidence", "Your evidence, also what you put away.", _evidence),
    Part("files", "The files of your evidence; they are in the folder files.", _files),
    Part("cases", "Your cases, with your own section and what you were told.", _cases),
    Part("feedback", "Feedback that you were asked for, with what you wrote.", _feedback),
    Part("handovers", "What you left to the next manager of a candidate.", _handovers),
    Part("moves", "Your moves between the tracks, also those you only explored.", _moves),
    Part("pulses", "What you answered without your name about somebody on trial.", _pulses),
    Part("delegations", "Who stands in for you, and for whom you do.", _delegations),
    Part("happy-here", "When you wanted no talk of promotion.", _happy_here),
    Part("inbox", "What was sent to you.", _inbox),
    Part("tokens", "Names and dates of your tokens, without the tokens.", _tokens),
)
"""Who adds a table about people adds a line here."""


def of(person: Person) -> dict[str, Any]:
    """Every part by name."""
    return {part.name: part.rows(person) for part in PARTS}


def files_of(person: Person) -> list[EvidenceFile]:
    """The files that go along, also those that were taken off, without their bytes."""
    return list(EvidenceFile.objects.visible_to(person).order_by("pk"))


def path_of(file: EvidenceFile) -> str:
    """Where a file lies in the answer."""
    return f"files/{file.pk}-{file.name}"
