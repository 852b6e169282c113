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

STALE_AFTER = 180  # days without new evidence


class Team(serializers.Serializer):
    """The shape of the answer; `present` makes it."""

    url = serializers.CharField()
    page_url = serializers.CharField()
    as_of = serializers.DateField()
    is_you = serializers.BooleanField()
    leader = serializers.DictField()
    span = serializers.DictField()
    reports = serializers.ListField(child=serializers.DictField())
    audience = serializers.DictField()


def present(team: Loaded) -> dict[str, Any]:
    """The payload of `GET /people/{id}/team/`."""
    leader = team.leader
    own = leader.pk == team.reader.pk
    return {
        "url": links.api("team-of", leader.pk),
        "page_url": links.page("team") if own else links.page("team-of", leader.pk),
        "as_of": team.today,
        "is_you": own,
        "leader": {"id": leader.pk, "name": leader.name},
        "span": _span(team),
        "reports": [_member(member, team) for member in team.members],
        "audience": _audience(team),
    }


def _span(team: Loaded) -> dict[str, Any]:
    managers = sum(member.person.leads > 0 for member in team.members)
    band = spans.band(len(team.members), managers)
    return {
        "directs": len(team.members),
        "managers": managers,
        "indirects": _indirects(team),
        "band": band.name,
        "least": band.least,
        "most": band.most,
        "advice": band.advice,
    }


def _indirects(team: Loaded) -> int:
    """Through all layers, as last counted; what is seen here already is never told less."""
    seen = sum(member.person.leads for member in team.members)
    return max(seen, team.leader.below - len(team.members))


def _member(member: Member, team: Loaded) -> dict[str, Any]:
    person, placement, trial = member.person, member.placement, member.trial
    fresh = member.evidence_on and (team.today - member.evidence_on).days <= STALE_AFTER
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
    readers = [("You" if you else team.leader.name, "", "Everything on this page.")]
    if team.leader.manager_id:
        whose = "your manager" if you else "the manager"
        readers.append((team.leader.manager_name, whose, "Everything on this page."))
    readers.append(("Human resources", "", "Everything on this page."))
    return {
        "readers": [dict(zip(("who", "relation", "sees"), row, strict=True)) for row in readers],
        "note": (
            "Of evidence only the date of the newest piece is shown. What it says is seen by the "
            "person who collected it, until it is part of a case."
        ),
    }
