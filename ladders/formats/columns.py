"""The levels that the columns of a matrix are, and the tracks that they belong to."""

from __future__ import annotations

import re
from typing import Any

from ladders.formats import headings
from ladders.formats.about import About
from ladders.formats.drafting import Draft
from ladders.formats.grids import Place
from ladders.formats.layout import Layout
from ladders.formats.mappings import Mapping
from ladders.formats.report import Report

Said = dict[str, Any]


def label(level: Said) -> str:
    """How a column is headed: the code and the title of its level, else its id."""
    titles, code = level.get("titles"), str(level.get("code") or "")
    title = str(titles[0] or "") if isinstance(titles, list) and titles else ""
    return f"{code} – {title}" if code and title else code or title or str(level.get("id", ""))


class Columns:
    """Gives every column of a layout the id of its level; known facts come from `about`."""

    def __init__(self, draft: Draft, mapping: Mapping, about: About, report: Report) -> None:
        self.draft, self.mapping, self.about, self.report = draft, mapping, about, report
        self.tracks: dict[str, str] = {}
        self.levels: dict[tuple[str, str], str] = {}
        self.unused = [row for row in about.sections.get("levels") or [] if "id" in row]
        draft.bring(about, "grades", "job_families", "tracks", "levels", "level_links")
        for entry in mapping.tracks:
            self._said_track(entry)
        for entry in mapping.grades:
            rank = entry.get("rank", "")
            number = int(rank) if rank.isdecimal() else len(draft.rows("grades")) + 1
            draft.add("grades", {**entry, "rank": number}, Place(0))

    def read(self, layout: Layout, only_track: str = "") -> dict[int, str]:
        """The id of the level in each column."""
        guessed = {} if layout.tracks or only_track or self._said() else self._by_code(layout)
        found = {}
        for column in layout.levels:
            place = layout.grid.place(layout.header, column)
            heading = layout.header[column]
            name = only_track or layout.tracks.get(column, "") or guessed.get(column, "")
            found[column] = self._level(heading, name, place)
        return found

    def _said(self) -> bool:
        return bool(self.unused) or any(level.get("track") for level in self.mapping.levels)

    def _by_code(self, layout: Layout) -> dict[int, str]:
        """IC1, IC2, M1, M2: the letters of the codes are the tracks, where there are several."""
        codes = {at: headings.coded(layout.header[at])[0] for at in layout.levels}
        letters = {at: re.match("[A-Z]+", code) for at, code in codes.items()}
        groups = [found[0] for found in letters.values() if found]
        if len(groups) < len(codes) or len(set(groups)) < 2 or len(set(groups)) * 2 > len(groups):
            return {}
        self.report.note(
            f"The tracks {', '.join(dict.fromkeys(groups))} were guessed from the levels' codes."
        )
        return {at: found[0] for at, found in letters.items() if found}

    def _level(self, heading: str, track: str, place: Place) -> str:
        for entry in self.unused:
            if label(entry) == heading and track in ("", self._shown_track(entry.get("track"))):
                self.unused.remove(entry)
                return str(entry.get("id"))
        said = self.mapping.level(heading) or {}
        code, title = headings.coded(said.get("title") or heading)
        code = said.get("code") or code
        own = self.track(said.get("track") or track)
        key = (own, said.get("id") or code or title)
        if key not in self.levels:
            name = said.get("id") or self.mapping.renamed("levels", headings.slug(code or title))
            track_name = f"{own} {code or title}"
            level = {
                "id": self.draft.id("levels", name, track_name) if not said.get("id") else name,
                "track": own,
                "order": len(self.draft.rows("levels")) + 1,
                "code": code,
                "grade": said.get("grade"),
                "titles": [title] if title else [],
                "summary": said.get("summary"),
                "scope": said.get("scope"),
            }
            self.levels[key] = self.draft.add("levels", level, place)["id"]
        return self.levels[key]

    def track(self, name: str) -> str:
        """The id of the track of this name; a new one where there is none."""
        if name in self.tracks:
            return self.tracks[name]
        for entry in self.draft.rows("tracks"):
            if name and name in (entry.get("name"), str(entry.get("id"))):
                return str(entry["id"])
        if not name and self.draft.rows("tracks"):
            return str(self.draft.rows("tracks")[0]["id"])
        if not name:
            self.report.note("No tracks are named: all levels stand on one.")
        kind = headings.kind_of_track(name) if name else "shared"
        words = {"management": "a manager track", "individual_contributor": "a staff track"}
        if kind in words:
            self.report.note(f"“{name}” was taken to be {words[kind]}.")
        own = self.draft.id("tracks", self.mapping.renamed("tracks", name) or "levels")
        row = {"id": own, "kind": kind, "name": name}
        self.tracks[name] = self.draft.add("tracks", row, Place(0))["id"]
        return self.tracks[name]

    def _said_track(self, entry: Said) -> None:
        own = entry.get("id") or self.draft.id("tracks", entry["name"])
        row = {"id": own, "kind": entry.get("kind"), "name": entry["name"]}
        row["description"] = entry.get("description")
        self.draft.reserve("tracks", own)
        self.draft.add("tracks", row, Place(0))
        self.tracks[entry["name"]] = own

    def _shown_track(self, own: Any) -> str:
        entries = self.draft.rows("tracks")
        names = [entry.get("name") for entry in entries]
        entry = next((entry for entry in entries if str(entry.get("id")) == str(own)), {})
        name = entry.get("name")
        return str(name) if name and names.count(name) == 1 else str(own)
