"""Weigh a move: the next staff level and the manager level beside each other, line by line."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from assessments import states as case_states
from assessments.actions import track_moves
from assessments.models.track_move import HOME, LONGEST, USUAL
from assessments.serializers import links, track_next
from assessments.serializers.levels import level_of
from assessments.serializers.track_words import served
from assessments.tracks import Way
from ladders import standing, ways
from ladders.models import Level

WEEK = 7
BESIDE = 2  # levels that fit beside each other


class Weighing(serializers.Serializer):
    """The shape of the answer; `present` makes it."""

    url = serializers.CharField()
    page_url = serializers.CharField()
    level = serializers.DictField(allow_null=True)
    served = serializers.CharField()
    sides = serializers.ListField(child=serializers.DictField())
    rows = serializers.ListField(child=serializers.DictField())
    unchanged = serializers.IntegerField()
    rejoins = serializers.ListField(child=serializers.DictField())
    terms = serializers.DictField()
    open_move = serializers.DictField(allow_null=True)
    case = serializers.CharField()


def present(way: Way) -> dict[str, Any]:
    """The payload for the person of `way`, who is its reader too. One query."""
    following, ends = track_next.following(way), _ends(way)
    return {
        "url": links.api("move-weighing"),
        "page_url": links.page("weigh"),
        "level": level_of(way.level) if way.level else None,
        "served": _served(way),
        "sides": [
            _side(way, place, level, how, following, ends)
            for place, (level, how) in enumerate(way.onward[:BESIDE])
        ],
        "rows": [_line(way, row) for row in following["rows"]],
        "unchanged": following["unchanged"],
        "rejoins": [level_of(level) for level, how in ends.items() if how == ways.BACK],
        "terms": {
            "weeks": USUAL.days // WEEK,
            "most_weeks": LONGEST.days // WEEK,
            "home_days": HOME.days,
        },
        "open_move": _open_move(way),
        "case": _case(way),
    }


def _served(way: Way) -> str:
    if way.standing is None:
        return ""
    net = standing.net_days(way.stands, way.standing, way.leave, way.today)
    away = standing.net_days(way.stands, way.standing, [], way.today) - net
    return served(net, away, told=True)


def _ends(way: Way) -> dict[Level, str]:
    """Where a change of job leads to, from the level held."""
    if way.level is None:
        return {}
    return dict(track_moves.crossings_among(way.level, way.ladder.levels, way.ladder.links))


def _side(
    way: Way,
    place: int,
    level: Level,
    how: str,
    following: dict[str, Any],
    ends: dict[Level, str],
) -> dict[str, Any]:
    asked = [row for row in following["rows"] if row["cells"][place]["kind"] != "same"]
    keys = [row["competency"]["key"] for row in asked]
    return {
        **following["levels"][place],
        "changed": len(keys),
        "covered": sum(key in way.tally for key in keys),
        "pieces": sum(way.tally[key][0] for key in keys if key in way.tally),
        "ways_back": [
            level_of(end)
            for key in ways.back(level.key, way.ladder.links)
            if (end := way.ladder.level(key))
        ],
        "is_move": level in ends,
        "is_promotion": how == ways.UP or level not in ends,
    }


def _line(way: Way, row: dict[str, Any]) -> dict[str, Any]:
    count, newest = way.tally.get(row["competency"]["key"], (0, None))
    return {**row, "evidence": {"count": count, "newest": newest}}


def _open_move(way: Way) -> dict[str, Any] | None:
    move = track_moves.open_for(way.person)
    if move is None:
        return None
    return {
        "id": move.pk,
        "url": links.api("move", move.pk),
        "page_url": links.page("move", move.pk),
        "to_level": level_of(move.to_level),
        "state_label": move.get_state_display(),
    }


def _case(way: Way) -> str:
    """What an open promotion case means for a move; nothing when there is none."""
    if way.case is None:
        return ""
    if way.case.state == case_states.State.DRAFT:
        return (
            f"Your case to {way.case.target_level.title} is a draft. A move can be planned beside "
            "it, but begins only once the case has ended: you or your manager may withdraw it."
        )
    return (
        f"Your case to {way.case.target_level.title} is open. You can explore a move; it is "
        "proposed once the case has ended."
    )
