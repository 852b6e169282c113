"""Which teams the rows name: those the database has, and those that would be founded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from people.imports.organisation import Teams
from people.imports.paths import split
from people.imports.report import Report

LONGEST = 64


@dataclass
class NewTeam:
    """A team that no one has yet. `parent` is the key of another team, known or new."""

    key: str
    name: str
    parent: str | None = None


class Resolver:
    """Puts the key of a team into each row that names one. Teams that exist keep their name and
    their place in the tree; others are new."""

    def __init__(self, known: Teams) -> None:
        self.known = known
        self.new: dict[str, NewTeam] = {}

    def resolve(self, values: dict[str, Any]) -> None:
        """What one row says about its team becomes `team`, a key."""
        name, parent = values.pop("team_name", None), values.pop("team_parent", None)
        text = values.get("team") or name
        if not text:
            return
        upper = self._key(parent, parent) if parent else None
        values["team"] = key = self._key(text, name or text)
        team = self.new.get(key)
        if team and team.parent is None and upper != key:
            team.parent = upper

    def founded(self, report: Report) -> list[NewTeam]:
        """The new teams, parents first."""
        _along_paths(self.new, self.known.key)
        ordered = _parents_first(self.new)
        for team in ordered:
            report.teams.append({"key": team.key, "name": team.name, "parent": team.parent})
        return ordered

    def _key(self, text: str, name: str) -> str:
        if key := self.known.key(text):
            return key
        key = short(text)
        if key not in self.new:
            self.new[key] = NewTeam(key, name)
        return key


def _along_paths(new: dict[str, NewTeam], known: Callable[[str], str | None]) -> None:
    """“HQ > Engineering” is Engineering below HQ, which is founded where nobody has it."""
    for team in list(new.values()):
        _place(team, new, known)


def _place(team: NewTeam, new: dict[str, NewTeam], known: Callable[[str], str | None]) -> None:
    way = split(team.name) if team.parent is None else None
    if way is None:
        return
    upper = known(way.above) or short(way.above)
    there = upper in new or known(way.above) is not None
    if way.sure or upper in new or upper == way.above == known(way.above):
        team.name, team.parent = way.name, upper
    if way.sure and not there:
        new[upper] = NewTeam(upper, way.above)
        _place(new[upper], new, known)


def short(text: str) -> str:
    """The key of a team: what the file calls it, cut where that is longer than a key may be."""
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - 9].rstrip()}~{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _parents_first(new: dict[str, NewTeam]) -> list[NewTeam]:
    """The order in which they can be founded; where parents form a circle, the last link is cut."""
    ordered: dict[str, NewTeam] = {}

    def visit(team: NewTeam, above: tuple[str, ...]) -> None:
        if team.key in ordered:
            return
        if team.parent in above:
            team.parent = None
        if team.parent in new:
            visit(new[team.parent], (*above, team.key))
        ordered[team.key] = team

    for team in new.values():
        visit(team, ())
    return list(ordered.values())
