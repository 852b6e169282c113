"""Which teams the rows name: those the database has, and those that would be founded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from people.imports.columns import Row
from people.imports.organisation import Organisation
from people.imports.report import Report

LONGEST = 64


@dataclass
class NewTeam:
    """A team that no one has yet. `parent` is the key of another team, known or new."""

    key: str
    name: str
    parent: str | None = None


def resolve(rows: list[Row], known: Organisation, report: Report) -> list[NewTeam]:
    """Put the key of a team into each row that names one; return the new teams, parents first.

    A team that exists keeps its name and its place in the tree.
    """
    new: dict[str, NewTeam] = {}
    for row in rows:
        name, parent = row.values.pop("team_name", None), row.values.pop("team_parent", None)
        text = row.values.get("team") or name
        if not text:
            continue
        upper = _key(parent, parent, known, new) if parent else None
        row.values["team"] = key = _key(text, name or text, known, new)
        team = new.get(key)
        if team and team.parent is None and upper != key:
            team.parent = upper
    ordered = _parents_first(new)
    for team in ordered:
        report.teams.append({"key": team.key, "name": team.name, "parent": team.parent})
    return ordered


def _key(text: str, name: str, known: Organisation, new: dict[str, NewTeam]) -> str:
    if key := known.team_key(text):
        return key
    key = short(text)
    if key not in new:
        new[key] = NewTeam(key, name)
    return key


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
