"""Reads two published shapes as they are: Medium's tracks of milestones, Monzo's topics."""

from __future__ import annotations

import re
from typing import Any

from ladders.formats import headings
from ladders.formats.drafting import Draft
from ladders.formats.grids import Place
from ladders.formats.mappings import Mapping
from ladders.formats.report import Path, Report

FRONT = re.compile(r"\A---\n(.*?\n)---\s*(?:\n|\Z)", re.S)

Said = dict[str, Any]


def has_milestones(value: Any) -> bool:
    """True for tracks that each have a list of milestones."""
    tracks = value.get("tracks") if isinstance(value, dict) else None
    return (
        isinstance(tracks, dict)
        and bool(tracks)
        and all(isinstance(track, dict) and "milestones" in track for track in tracks.values())
    )


def has_topics(value: Any) -> bool:
    """True for topics with content by level."""
    topics = value.get("topics") if isinstance(value, dict) else None
    first = topics[0] if isinstance(topics, list) and topics else None
    return isinstance(first, dict) and isinstance(first.get("content"), list)


def milestones(value: Said, mapping: Mapping, report: Report, head: Said) -> Said | None:
    """Tracks are competencies, milestones the steps of a scale, bands of points the levels."""
    try:
        return _milestones(value, mapping, report, head)
    except (AttributeError, TypeError, KeyError) as wrong:
        report.error(f"This is not shaped like tracks with milestones ({wrong}).")
        return None


def _milestones(value: Said, mapping: Mapping, report: Report, head: Said) -> Said:
    draft, source = _draft(report, head)
    draft.add("tracks", {"id": "engineering", "kind": "mixed"}, Place(1))
    bands = value.get("pointsToLevels") or {}
    for at, (points, name) in enumerate(bands.items(), 1):
        level = {"id": str(name), "track": "engineering", "order": at, "code": str(name)}
        titles = [
            row["label"] for row in value.get("titles") or [] if row.get("minPoints") == int(points)
        ]
        draft.add("levels", level | {"titles": titles}, _place(source, ("pointsToLevels", points)))
    points = value.get("milestoneToPoints") or {}
    steps = [
        {"id": str(step), "rank": at, "points": points.get(str(step))}
        for at, step in enumerate(value.get("milestones") or sorted(points))
    ]
    draft.document["proficiency_scales"] = [{"id": "milestones", "levels": steps}]
    for own, track in value["tracks"].items():
        pillar = str(track.get("category") or "")
        if pillar and pillar not in [row["id"] for row in draft.rows("pillars")]:
            draft.add("pillars", {"id": pillar, "name": pillar}, Place(1))
        competency = {"id": own, "pillar": pillar, "name": track.get("displayName")}
        competency |= {"description": track.get("description"), "scale": "milestones"}
        draft.add("competencies", competency, _place(source, ("tracks", own)))
        for at, milestone in enumerate(track["milestones"]):
            told = [{"kind": "indicator", "text": text} for text in milestone.get("signals") or []]
            told += [{"kind": "example", "text": text} for text in milestone.get("examples") or []]
            row = {"competency": own, "proficiency": str(at + 1), "statements": told}
            row["summary"] = milestone.get("summary")
            place = _place(source, ("tracks", own, "milestones", at))
            draft.add("proficiency_statements", row, place)
    draft.document["scoring"] = {"method": "points", "titles": value.get("titles") or []}
    report.note("Levels are bands of points; what each asks of a competency is not in the file.")
    return draft.done()


def topics(value: Said, mapping: Mapping, report: Report, head: Said) -> Said | None:
    """Topics are competencies; each has statements by level, some with examples."""
    try:
        return _topics(value, mapping, report, head)
    except (AttributeError, TypeError, KeyError) as wrong:
        report.error(f"This is not shaped like topics with levels ({wrong}).")
        return None


def _topics(value: Said, mapping: Mapping, report: Report, head: Said) -> Said:
    draft, source = _draft(report, head)
    name = mapping.tracks[0] if mapping.tracks else {}
    track = draft.id("tracks", name.get("id") or name.get("name") or "levels")
    row = {"id": track, "kind": name.get("kind") or "shared", "name": name.get("name")}
    draft.add("tracks", row, Place(1))
    numbers = sorted({row["level"] for topic in value["topics"] for row in topic["content"]})
    for at, number in enumerate(numbers, 1):
        level = {"id": f"level-{number}", "track": track, "order": at, "code": str(number)}
        draft.add("levels", level | {"titles": [f"Level {number}"]}, Place(1))
    for at, topic in enumerate(value["topics"]):
        path: Path = ("topics", at)
        topic_name = str(topic["name"])
        own = draft.id("competencies", mapping.renamed("competencies", headings.slug(topic_name)))
        shown = topic.get("title") or topic_name.capitalize()
        draft.add("competencies", {"id": own, "name": shown}, _place(source, path))
        for to, row in enumerate(topic["content"]):
            said = [{"text": text} for text in row.get("criteria") or []]
            said += [
                {"text": entry["criteria"], "examples": entry.get("examples") or []}
                for entry in row.get("exampleCriteria") or []
            ]
            place = _place(source, (*path, "content", to))
            draft.expect(own, [f"level-{row['level']}"], {"statements": said}, place)
    report.note("Levels have only numbers here; titles and tracks can be added in the draft.")
    return draft.done()


def front_matter(text: str) -> str:
    """The YAML at the head of a text in Markdown, with its lines where they were; or nothing."""
    found = FRONT.match(text)
    return f"\n{found[1]}" if found else ""


def _draft(report: Report, head: Said) -> tuple[Draft, dict[Path, int]]:
    source = dict(report.lines)
    report.lines = {(): 1}
    return Draft(report, head), source


def _place(source: dict[Path, int], path: Path) -> Place:
    near = (source[path[:to]] for to in range(len(path), -1, -1) if path[:to] in source)
    return Place(next(near, 1))
