"""The records of one person as both doors show them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from ladders import policies, records
from ladders.directory import HR
from ladders.serializers import placements
from people import policies as people_policies
from people.models import Employment, ReportingLine
from people.models.temporal import Temporal
from people.refusals import Denied, Verdict

Said = dict[str, Any]


class Records(serializers.Serializer):
    """The shape. `lines` and what was said `before` are for the person and for HR."""

    person = serializers.DictField()
    is_you = serializers.BooleanField()
    whole = serializers.BooleanField(help_text="Whether lines and what was said before are told.")
    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    stood = serializers.DictField(help_text="`placement` and `line` as of that day, as known then.")
    placements = serializers.ListField(child=serializers.DictField())
    lines = serializers.ListField(child=serializers.DictField(), allow_null=True)
    before = serializers.DictField(
        allow_null=True, help_text="`placements` and `lines` that gave way, for the same readers."
    )
    employments = serializers.ListField(child=serializers.DictField(), allow_null=True)
    actions = serializers.ListField(child=serializers.DictField())


def present(found: records.Records) -> Said:
    """The payload of `GET /people/{id}/records/`."""
    person, whole = found.person, found.whole
    stood = [_placement(row, found) for row in found.placements]
    led = [_line(row, found) for row in found.lines]
    was, did = found.stood(found.placements), found.stood(found.lines)
    return {
        "person": {
            "id": person.pk,
            "name": person.name,
            "url": reverse("api-ladders:person", args=[person.pk]),
            "page_url": reverse("ladders:person", args=[person.pk]),
            "hired_on": person.hired_on if whole else None,
            "left_on": person.left_on if whole else None,
        },
        "is_you": found.reader.pk == person.pk,
        "whole": whole,
        "as_of": found.on,
        "known_at": found.known_at,
        "stood": {
            "placement": _of(was, found.placements, stood),
            "line": _of(did, found.lines, led),
        },
        "placements": _standing(stood) if whole else stood,
        "lines": _standing(led) if whole else None,
        "before": {"placements": _gone(stood), "lines": _gone(led)} if whole else None,
        "employments": [_employment(row) for row in found.employments] if whole else None,
        "actions": actions(found),
    }


def line(row: ReportingLine) -> Said:
    """One reporting line."""
    return {
        "id": row.pk,
        "manager": row.manager and {"id": row.manager_id, "name": row.manager.name},
        "team": row.team and {"id": row.team_id, "name": row.team.name},
        "starts_on": row.since,
        "ends_on": row.until,
        "reason": row.reason,
        "recorded_at": row.recorded_at,
        "superseded_at": row.superseded_at,
    }


def actions(found: records.Records) -> list[Said]:
    """What HR may do with the records now; nothing for other readers."""
    if HR not in found.relations:
        return []
    reader, person = found.reader, found.person
    gone = person.left_on is not None
    works = Denied(f"{person.name} works here and has no last day.")
    left = Denied(f"{person.name} left; record the return first.")
    employ = people_policies.employ(reader, person)
    verdicts: list[tuple[str, str, str, Verdict]] = [
        ("placement", "Place", "placements", policies.place_person(reader, person)),
        ("line", "Change manager or team", "lines", people_policies.change_line(reader, person)),
        ("departure", "Record leaving", "departure", left if gone else employ),
        ("rehire", "Record coming back", "rehire", employ if gone else works),
    ]
    return [
        {
            "name": name,
            "label": label,
            "method": "POST",
            "url": reverse(f"api-ladders:{door}", args=[person.pk]),
            "page_url": reverse("ladders:record", args=[person.pk, name]),
            "allowed": bool(verdict),
            "reason": verdict.reason if isinstance(verdict, Denied) else "",
        }
        for name, label, door, verdict in verdicts
    ]


def _standing(rows: list[Said]) -> list[Said]:
    return [row for row in rows if row["superseded_at"] is None]


def _gone(rows: list[Said]) -> list[Said]:
    return [row for row in rows if row["superseded_at"] is not None]


def _of(row: Any, rows: list[Any], said: list[Said]) -> Said | None:
    return None if row is None else said[rows.index(row)]


def _placement(row: Any, found: records.Records) -> Said:
    [said] = placements.present([row], found.relations)
    words = (row.level_id, row.kind, row.archetype, row.reason)
    same = [
        other
        for other in found.placements
        if (other.level_id, other.kind, other.archetype, other.reason) != words
    ]
    said |= _history(row, found, same)
    said["relevel"] = row.relevel_id
    said["correction"] = _correction("placement", row, found)
    return said


def _line(row: ReportingLine, found: records.Records) -> Said:
    same = [
        other
        for other in found.lines
        if (other.manager_id, other.team_id, other.reason)
        != (row.manager_id, row.team_id, row.reason)
    ]
    said = line(row) | _history(row, found, same)
    return said | {"correction": _correction("line", row, found)}


def _history(row: Temporal, found: records.Records, others: list[Any]) -> Said:
    """Whether it stands, who said it, and by what it was replaced. Names of who did it are HR's."""
    told = HR in found.relations
    new = next((other for other in others if other.recorded_at == row.superseded_at), None)
    said_by = row.recorded_by.name if told and row.recorded_by else None
    return {
        "state": _state(row, found),
        "recorded_by": said_by,
        "replaced": row.superseded_at
        and {
            "at": row.superseded_at,
            "by": new.recorded_by.name if new and told and new.recorded_by else None,
            "reason": (new.reason if new else "") or None,
        },
    }


def _state(row: Temporal, found: records.Records) -> str:
    if row.superseded_at is not None:
        return "superseded"
    if row.since and row.since > found.today:
        return "future"
    return "past" if row.until and row.until <= found.today else "standing"


def _correction(kind: str, row: Temporal, found: records.Records) -> Said | None:
    """Where HR corrects it, as long as it stands."""
    if HR not in found.relations or row.superseded_at is not None:
        return None
    return {
        "url": reverse(f"api-ladders:{kind}-correction", args=[row.pk]),
        "page_url": reverse(f"ladders:{kind}-correction", args=[row.pk]),
    }


def _employment(row: Employment) -> Said:
    return {
        "hired_on": row.hired_on,
        "left_on": row.left_on,
        "again_on": row.again_on,
        "reason": row.reason,
    }
