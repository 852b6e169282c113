"""Whom a version of a ladder concerns, as both doors show it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from assessments.impact import Impact
from assessments.models import Cycle
from assessments.publishing import Standing
from assessments.serializers import links
from assessments.states import State
from ladders.serializers.shapes import AsItIs
from people.wording import counted

Said = dict[str, Any]


class Team(AsItIs):
    """People of one team."""

    team = serializers.CharField()
    people = serializers.IntegerField()


class Touched(AsItIs):
    """A level that is concerned, and who stands on it."""

    key = serializers.CharField()
    title = serializers.CharField()
    people = serializers.IntegerField()
    teams = Team(many=True, help_text="Small teams are left out for readers outside of HR.")
    elsewhere = serializers.IntegerField(help_text="People in teams that are not shown.")


class Kept(AsItIs):
    """An open case that keeps its text."""

    id = serializers.IntegerField()
    page_url = serializers.CharField()
    candidate = serializers.CharField()
    target_level = serializers.CharField()
    pinned_version = serializers.CharField()
    state = serializers.CharField()


class Cases(AsItIs):
    """Open cases that keep their text."""

    count = serializers.IntegerField()
    cases = Kept(many=True, allow_null=True, help_text="The first of them, for HR; else null.")


class Running(AsItIs):
    """A running cycle and its freeze window."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    page_url = serializers.CharField()
    freeze_from = serializers.DateField(allow_null=True)
    freeze_until = serializers.DateField(allow_null=True)
    in_the_way = serializers.BooleanField()
    participations = serializers.IntegerField(help_text="Pinned to this ladder; they stay so.")


class Weight(AsItIs):
    """Whom a version concerns; made by `present`."""

    url = serializers.CharField()
    summary = serializers.CharField()
    people_raised = serializers.IntegerField()
    raised = Touched(many=True)
    next_raised = Touched(many=True, help_text="Levels from which the next one is raised.")
    cases = Cases()
    cycles = Running(many=True)
    participations = serializers.IntegerField()


def present(impact: Impact) -> Said:
    """The payload for the reader of the impact."""
    standing = impact.standing
    version = standing.version
    raised = [_touched(impact, key) for key in impact.raised]
    people = sum(row["people"] for row in raised)
    url = reverse("api-ladders:version", args=[version.ladder.slug, version.number])
    cycles = [_cycle(standing, cycle) for cycle in standing.cycles]
    return {
        "url": f"{url}impact/",
        "summary": _summary(people, impact.case_count),
        "people_raised": people,
        "raised": raised,
        "next_raised": [_touched(impact, key) for key in impact.next_raised],
        "cases": {
            "count": impact.case_count,
            "cases": None if impact.cases is None else [_kept(case) for case in impact.cases],
        },
        "cycles": cycles,
        "participations": sum(row["participations"] for row in cycles),
    }


def _summary(people: int, cases: int) -> str:
    who = "Nobody sees" if not people else f"{counted(people, 'person sees,people see')}"
    kept = "No open case keeps" if not cases else counted(cases, "open case keeps,open cases keep")
    return f"{who} a raised expectation. {kept} an earlier text."


def _touched(impact: Impact, key: str) -> Said:
    people, teams = impact.on(key), impact.teams(key)
    return {
        "key": key,
        "title": impact.standing.side.level_name(key),
        "people": people,
        "teams": [{"team": team or "Without a team", "people": count} for team, count in teams],
        "elsewhere": people - sum(count for _, count in teams),
    }


def _kept(case: Any) -> Said:
    return {
        "id": case.pk,
        "page_url": links.page("case", case.pk),
        "candidate": case.candidate.name,
        "target_level": case.target_level.title,
        "pinned_version": case.pinned_version.number,
        "state": State(case.state).label,
    }


def _cycle(standing: Standing, cycle: Cycle) -> Said:
    days = cycle.freeze
    return {
        "id": cycle.pk,
        "name": cycle.name,
        "page_url": links.page("cycle", cycle.pk),
        "freeze_from": days.first if days else None,
        "freeze_until": days.last if days else None,
        "in_the_way": any(other.pk == cycle.pk for other, _ in standing.held),
        "participations": cycle.pinned,
    }
