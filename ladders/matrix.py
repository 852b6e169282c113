"""Pure layout of the matrix: columns grade by grade with the tracks abreast, rows by pillar."""

from __future__ import annotations

from itertools import groupby

from ladders.choices import Asked, own_tracks, pillar_options, track_options
from ladders.heights import heads, ordered
from ladders.sheet import Said, Sheet, css

WIDE = 24
"""With more levels than this, tracks of their own are shown one at a time."""


class Layout:
    """Everything the template needs, from one payload and one address."""

    def __init__(self, version: Said, asked: Asked) -> None:
        self.sheet, self.version, self.asked = Sheet(version), version, asked

    def data(self) -> Said:
        """The matrix as plain data; `columns` is empty when there is nothing to show."""
        track = self.asked.track or self._first_track()
        levels = self._levels(track)
        shown = self._shown(levels)
        over = heads(self.sheet, levels)
        columns = [self._column(row, head, shown) for row, head in zip(levels, over, strict=True)]
        return {
            "groups": _groups(columns, over),
            "columns": columns,
            "width": len(columns) + 1,
            "pillars": self._pillars(columns),
            "tracks": track_options(self.version, self.asked),
            "own_tracks": own_tracks(self.version, track),
            "all_tracks": len(self.version["levels"]) <= WIDE,
            "pillar_options": pillar_options(self.version, self.asked),
            "picks": [self._pick(column) for column in columns],
            "asked": vars(self.asked),
            "editable": False,
        }

    # --- Columns ---------------------------------------------------------------------------
    def _levels(self, track: str) -> list[Said]:
        """The levels that are shown, from left to right."""
        return ordered([row for row in self.version["levels"] if _inside(row, track)])

    def _first_track(self) -> str:
        """Where a ladder is too wide: the track of what is asked for, one's own, else the first."""
        if len(self.version["levels"]) <= WIDE or not own_tracks(self.version, ""):
            return ""
        asked = (self._opened(), self.asked.level, self.version["stands_on"])
        here = next((self.sheet.levels[key] for key in asked if key in self.sheet.levels), None)
        return here["track"] if here else self.version["tracks"][0]["key"]

    def _opened(self) -> str:
        """The level of the opened cell; ids may hold colons themselves."""
        found = (key for key in self.sheet.levels if self.asked.cell.endswith(f":{key}"))
        return next(found, "")

    def _column(self, level: Said, head: tuple[int, str], shown: str) -> Said:
        track = self.sheet.tracks[level["track"]]
        return {
            "key": level["key"],
            "title": level["title"],
            "code": level["code"],
            "kind": level["kind"],
            "track": track["name"],
            "named_above": head[1] == track["name"],
            "url": level["page_url"],
            "here": level["key"] == self.version["stands_on"],
            "css": css(level["kind"]),
            "classes": css(level["kind"]),
            "shown": level["key"] == shown,
        }

    def _shown(self, levels: list[Said]) -> str:
        """The level that a phone shows: the one asked for, one's own, else the first."""
        keys = [row["key"] for row in levels]
        wanted = (self._opened(), self.asked.level, self.version["stands_on"])
        return next((key for key in wanted if key in keys), keys[0] if keys else "")

    # --- Rows ------------------------------------------------------------------------------
    def _pillars(self, columns: list[Said]) -> list[Said]:
        """Pillars in order, each with its rows; competencies without one come first."""
        order = [{"key": None, "name": "", "description": ""}, *self.version["pillars"]]
        shown = [row for row in order if self.asked.pillar in ("", row["key"])]
        pillars = []
        for pillar in shown:
            inside = [row for row in self.version["competencies"] if row["pillar"] == pillar["key"]]
            rows = [self._row(competency, columns) for competency in inside]
            if rows:
                pillars.append({"name": pillar["name"], "rows": rows})
        return pillars

    def _row(self, competency: Said, columns: list[Said]) -> Said:
        cells = [self._cell(competency, column) for column in columns]
        opened = next((cell for cell in cells if cell["current"]), None)
        detail = self._detail(competency, opened["level"]) if opened else None
        return {
            "key": competency["key"],
            "name": competency["name"],
            "url": competency["page_url"],
            "cells": cells,
            "detail": detail,
        }

    def _cell(self, competency: Said, column: Said) -> Said:
        name = f"{competency['key']}:{column['key']}"
        said = self.sheet.cell(competency["key"], column["key"])
        return said | {
            "level": column["key"],
            "classes": column["classes"],
            "url": self.asked.address(cell=name),
            "current": name == self.asked.cell,
        }

    def _detail(self, competency: Said, key: str) -> Said:
        """One opened cell, everything it says, and what the other track says instead."""
        level = self.sheet.levels[key]
        across = [(row, self.sheet.cell(competency["key"], row["key"])) for row in
                  self.sheet.equals(key)]  # fmt: skip
        name = f"{competency['key']}:{key}"
        return {
            "level": level,
            "css": css(level["kind"]),
            "competency": competency,
            "items": items(self.sheet, competency["key"], key),
            "same": self.sheet.cell(competency["key"], key)["same"],
            "across": [
                {"title": row["title"], "text": cell["text"] or cell["same"]}
                for row, cell in across
            ],
            "close": self.asked.address(cell=""),
            "link": Asked(cell=name).address(cell=name),
        }

    def _pick(self, column: Said) -> Said:
        label = f"{column['title']}, {column['track']}" if column["track"] else column["title"]
        return {"value": column["key"], "label": label, "selected": column["shown"]}


def items(sheet: Sheet, competency: str, level: str) -> list[Said]:
    """Everything that a level expects of a competency, ready to be read in full."""
    hidden = set(sheet.version["null_tokens"])
    return [
        row
        | {
            "summary": "" if row["summary"] in hidden else row["summary"],
            "statements": [said for said in row["statements"] if said["text"] not in hidden],
            "counters": [said["counter"] for said in row["statements"] if said["counter"]],
            "step": sheet.step(row),
        }
        for row in sheet.standing.get((competency, level), [])
    ]


def _inside(level: Said, track: str) -> bool:
    if track in ("staff", "manager"):
        return level["kind"] in ("shared", track)
    return not track or level["track"] == track


def _groups(columns: list[Said], heads: list[tuple[int, str]]) -> list[Said]:
    """The upper row of the head; its first column, and that of the fork, get their line."""
    groups, at, forked = [], 0, False
    for _, members in groupby(heads, key=lambda head: head[0]):
        labels = [label for _, label in members]
        inside = columns[at : at + len(labels)]
        kinds = {column["css"] for column in inside}
        forks = not forked and at > 0 and {"staff", "manager"} <= kinds
        line = "fork" if forks else "first" if at and (forked or len(inside) > 1) else ""
        forked = forked or forks
        if line:
            inside[0]["classes"] += f" {line}"
        alone = inside[0]["css"] if len(inside) == 1 else ""
        here = any(column["here"] for column in inside)
        groups.append(
            {"label": labels[0], "span": len(inside), "classes": f"{alone} {line}".strip(),
             "here": here and len(inside) == 1}
        )  # fmt: skip
        at += len(labels)
    for column in columns:
        column["classes"] += " is-here" if column["here"] else ""
        column["classes"] += " is-shown" if column["shown"] else ""
    return groups
