"""My track as both doors show it: where somebody stands, what comes next, the way so far."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from assessments import hands_on, tracks, visibility
from assessments.serializers import happy_here, track_next, track_past, track_words
from assessments.serializers.evidence import present as present_evidence
from assessments.serializers.levels import level_of
from assessments.tracks import Way
from ladders import standing, ways
from ladders.models import Placement
from ladders.serializers import stints
from people import clocks

NEWEST = 6  # pieces of evidence on the page; the list has all


class Track(serializers.Serializer):
    """The shape of the answer; `present` makes it."""

    url = serializers.CharField()
    page_url = serializers.CharField()
    as_of = serializers.DateField()
    is_you = serializers.BooleanField()
    headline = serializers.CharField()
    sentence = serializers.CharField()
    person = serializers.DictField()
    standing = serializers.DictField(allow_null=True)
    expects = serializers.ListField(child=serializers.DictField())
    map = serializers.ListField(child=serializers.DictField())
    next = serializers.DictField()
    placements = serializers.ListField(child=serializers.DictField())
    hands_on = serializers.DictField(
        allow_null=True, help_text="For managers and HR: the last day on a hands-on level."
    )
    experience = serializers.ListField(
        child=serializers.DictField(), help_text="Stints on the manager track, newest first."
    )
    leave = serializers.ListField(child=serializers.DictField(), allow_null=True)
    evidence = serializers.DictField(allow_null=True)
    case = serializers.DictField(allow_null=True)
    happy_here = serializers.DictField(
        allow_null=True, help_text="Whether they want no talk of promotion, if you may know."
    )
    audience = serializers.DictField()


def present(way: Way) -> dict[str, Any]:
    """The payload of `GET /people/{id}/track/` for the reader of `way`."""
    return {
        "url": reverse("api-assessments:track", args=[way.person.pk]),
        "page_url": _page_url(way),
        "as_of": way.today,
        "is_you": tracks.ONESELF in way.relations,
        "headline": track_words.headline(way),
        "sentence": track_words.what_next(way),
        "person": _person(way),
        "standing": _standing(way),
        "expects": track_next.expected(way),
        "map": _map(way),
        "next": track_next.following(way),
        "placements": track_past.placements(way),
        "hands_on": _hands_on(way),
        "experience": stints.present(way.placements, way.today),
        "leave": track_past.leave(way),
        "evidence": _evidence(way),
        "case": _case(way),
        "happy_here": _happy_here(way),
        "audience": track_past.audience(way),
    }


def _page_url(way: Way) -> str:
    if tracks.ONESELF in way.relations:
        return reverse("assessments:my-track")
    return reverse("assessments:track", args=[way.person.pk])


def _person(way: Way) -> dict[str, Any]:
    person = way.person
    manager = {"id": person.manager_id, "name": person.manager_name}
    return {
        "id": person.pk,
        "name": person.name,
        "team": person.team_name,
        "manager": manager if person.manager_id else None,
    }


def _standing(way: Way) -> dict[str, Any] | None:
    """The level held, since when its clock runs, and the trial that is on."""
    if way.standing is None or way.level is None:
        return None
    version = way.level.version
    first = way.stands[way.standing.clock[0]].since
    net = standing.net_days(way.stands, way.standing, way.leave, way.today)
    away = standing.net_days(way.stands, way.standing, [], way.today) - net
    now = way.placements[way.standing.now]
    return {
        "level": level_of(way.level),
        "ladder": {
            "slug": version.ladder.slug,
            "title": version.title,
            "version": version.number,
            "page_url": reverse("ladders:version", args=[version.ladder.slug, version.number]),
        },
        "since": first,
        "served": track_words.served(net, away, told=_trusted(way)),
        "net_days": net,
        "net_months": round(clocks.months(net), 1),
        "leave_months": round(clocks.months(away), 1) if _trusted(way) else None,
        "trial": _trial(now) if now.kind == Placement.Kind.TRIAL else None,
        "ways_back": [
            level_of(level)
            for key in ways.back(way.level.key, way.ladder.links)
            if (level := way.ladder.level(key))
        ],
    }


def _trial(placement: Placement) -> dict[str, Any]:
    return {
        "level": level_of(placement.level),
        "since": placement.since,
        "until": placement.until,
    }


def _hands_on(way: Way) -> dict[str, Any] | None:
    """For a manager themselves and HR, nobody else."""
    if not way.relations & {tracks.ONESELF, tracks.HR}:
        return None
    stays = [(row.level.track.kind, row.since, row.until) for row in way.placements]
    found = hands_on.of(stays, way.today)
    return asdict(found) if found else None


def _trusted(way: Way) -> bool:
    return bool(way.relations & track_past.TOLD_OF_LEAVE)


def _map(way: Way) -> list[dict[str, Any]]:
    """Levels with their height, for a drawing; a track of its own kind has no place in it."""
    return [
        {
            "track": level.track.kind,
            "grade": level.grade.rank if level.grade else level.order,
            "here": level.key == way.level.key,
            "title": level.title,
        }
        for level in way.ladder.levels
        if level.track.kind in track_past.LANES
    ]


def _evidence(way: Way) -> dict[str, Any] | None:
    """One's own evidence; for anybody else it does not exist."""
    if tracks.ONESELF not in way.relations:
        return None
    covered = track_next.covered(way)
    asked = [row for row in covered if row["asked"]]
    return {
        "url": reverse("api-assessments:evidence", args=[way.person.pk]),
        "page_url": reverse("assessments:evidence"),
        "count": len(way.evidence),
        "newest": present_evidence(way.evidence[:NEWEST], way.reader),
        "competencies": covered,
        "thinnest": asked[0] if asked and not way.person.happy_words else None,
    }


def _happy_here(way: Way) -> dict[str, Any] | None:
    you = tracks.ONESELF in way.relations
    if not you and not way.relations & visibility.KNOW_HAPPY:
        return None
    return happy_here.shown(way.person.happy_words, way.person.pk, oneself=you, today=way.today)


def _case(way: Way) -> dict[str, Any] | None:
    """The open case, as far as the reader may know of it: that it is there, and its state."""
    case = way.case
    if case is None:
        return None
    return {
        "id": case.pk,
        "url": reverse("api-assessments:case", args=[case.pk]),
        "page_url": reverse("assessments:case", args=[case.pk]),
        "target_title": case.target_level.title,
        "state": case.state,
        "state_label": case.get_state_display(),
    }
