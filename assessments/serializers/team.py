"""A manager's team as both doors show it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from assessments import spans
from assessments.serializers import links
from assessments.serializers.levels import level_of
from assessments.teams import Member
from assessments.teams import Team as Loaded
from people import clocks

STALE_AFTER = 180  # days without new evidence, net of leave
COLUMNS = (
    ("Name", "name"),
    ("Level", "level"),
    ("Months in level", "net_months"),
    ("Since", "since"),
    ("Open case", "open_case"),
    ("Newest evidence", "evidence_on"),
    ("Last growth talk", "talked_on"),
    ("Leads", "leads"),
    ("Away", "away"),
)


class Team(serializers.Serializer):
    """The shape of the answer; `present` makes it."""

    url = serializers.CharField()
    page_url = serializers.CharField()
    as_of = serializers.DateField()
    is_you = serializers.BooleanField()
    leader = serializers.DictField()
    span = serializers.DictField()
    hands_on = serializers.DictField(allow_null=True)
    sees_talks = serializers.BooleanField()
    csv_url = serializers.CharField()
    reports = serializers.DictField(help_text="next, previous, results: one page, by name.")
    audience = serializers.DictField()


def present(team: Loaded, pages: dict[str, Any]) -> dict[str, Any]:
    """The payload of `GET /people/{id}/team/`; `pages` has the addresses before and after."""
    leader = team.leader
    own = leader.pk == team.reader.pk
    return {
        "url": links.api("team-of", leader.pk),
        "page_url": links.page("team") if own else links.page("team-of", leader.pk),
        "as_of": team.today,
        "is_you": own,
        "leader": {"id": leader.pk, "name": leader.name},
        "span": _span(team),
        "hands_on": _hands_on(team),
        "sees_talks": team.trusted,
        "csv_url": links.page("team-download", leader.pk),
        "reports": pages | {"results": [_member(member, team) for member in team.members]},
        "audience": _audience(team),
    }


def table(team: Loaded) -> tuple[list[str], list[list[Any]]]:
    """The same as lines of a file."""
    said = {
        "level": lambda level: level and level["title"],
        "open_case": lambda case: case and f"{case['target_title']}: {case['state_label']}",
        "away": lambda away: away and (away["back_on"] or "yes"),
    }
    rows = [
        [said.get(key, lambda value: value)(report[key]) for _, key in COLUMNS]
        for report in (_member(member, team) for member in team.members)
    ]
    return [heading for heading, _ in COLUMNS], rows


def _span(team: Loaded) -> dict[str, Any]:
    directs, managers = team.leader.directs, team.leader.managers
    bands, band = spans.bands(directs, managers), spans.band(directs, managers)
    return {
        "directs": directs,
        "managers": managers,
        "indirects": _indirects(team),
        "band": band.name,
        "least": band.least,
        "most": band.most,
        "advice": band.advice,
        "scale": [
            {"band": each.name, "least": each.least, "most": each.most, "is_here": each == band}
            for each in bands
        ],
    }


def _indirects(team: Loaded) -> int:
    """Through all layers, as last counted; what is seen here already is never told less."""
    seen = sum(member.person.leads for member in team.members)
    return max(seen, team.leader.below - team.leader.directs)


def _hands_on(team: Loaded) -> dict[str, Any] | None:
    """For the manager and HR: when they last worked hands-on."""
    found = team.hands_on
    if found is None or not team.trusted:
        return None
    return {"last_day": found.last_day, "years": found.years, "advice": found.advice}


def _member(member: Member, team: Loaded) -> dict[str, Any]:
    person, placement, trial = member.person, member.placement, member.trial
    fresh = member.evidence_on and member.evidence_days <= STALE_AFTER
    away = member.away and team.trusted
    return {
        "id": person.pk,
        "name": person.name,
        "title": person.title,
        "track_page_url": links.page("track", person.pk),
        "team_page_url": links.page("team-of", person.pk) if person.leads else "",
        "leads": person.leads,
        "level": level_of(placement.level) if placement else None,
        "since": member.clock_since,
        "net_months": round(clocks.months(member.net_days), 1) if placement else None,
        "trial": {"title": trial.level.title, "until": trial.until} if trial else None,
        "open_case": _case(member),
        "evidence_on": member.evidence_on,
        "evidence_fresh": bool(fresh),
        "talked_on": person.talked_on if team.trusted else None,
        "talks_page_url": links.page("growth-talks", person.pk) if team.trusted else "",
        "away": {"back_on": member.back_on} if away else None,
    }


def _case(member: Member) -> dict[str, Any] | None:
    case = member.case
    if case is None:
        return None
    return {
        "id": case.pk,
        "page_url": links.page("case", case.pk),
        "target_title": case.target_level.title,
        "state": case.state,
        "state_label": case.get_state_display(),
    }


def _audience(team: Loaded) -> dict[str, Any]:
    you = team.leader.pk == team.reader.pk
    everything = "Everything on this page."
    readers = [("You" if you else team.leader.name, "", everything)]
    if team.leader.manager_id:
        whose = "your manager" if you else "the manager"
        sees = "All but growth talks, who is away, and time since hands-on work."
        readers.append((team.leader.manager_name, whose, sees))
    readers.append(("Human resources", "", everything))
    return {
        "readers": [dict(zip(("who", "relation", "sees"), row, strict=True)) for row in readers],
        "note": (
            "Of evidence only the date of the newest piece is shown. What it says is seen by the "
            "person who collected it, until it is part of a case. Of a leave only that somebody "
            "is away today and when they are back."
        ),
    }
