"""Pure layout of one level's page: what it is, what it leads to, what it expects."""

from __future__ import annotations

from ladders.matrix import items
from ladders.sheet import KINDS, NOTHING, Said, Sheet, css

ARCHETYPES = {
    "tech lead": "Guides how one team, or a few close ones, build and deliver.",
    "architect": "Answers for the structure of one critical area, and for its direction.",
    "solver": "Goes deep into one hard problem after another, wherever it is most needed.",
    "right hand": "Extends the reach of a senior leader, on whatever is most pressing.",
}
"""The overlays on staff levels, in our own words; others are shown with what their file says."""

WAYS_OUT = {
    "precedes": "Next on this track",
    "branches_to": "Leads to",
    "equivalent": "Equal height",
    "rejoins": "The way back",
    "comparable": "Comparable",
    "not_equivalent": "Not equal, whatever the name says",
}
WAYS_IN = WAYS_OUT | {
    "precedes": "Before it",
    "branches_to": "Branches off from",
    "rejoins": "Back to here from",
}


def layout(version: Said, key: str) -> Said | None:
    """The page of the level `key`; None when the version has no such level."""
    sheet = Sheet(version)
    return chapter(sheet, sheet.levels[key]) if key in sheet.levels else None


def chapter(sheet: Sheet, level: Said) -> Said:
    """One level with all that it expects."""
    version, key = sheet.version, level["key"]
    below = sheet.below.get(key)
    return {
        "level": level,
        "css": css(level["kind"]),
        "track": sheet.tracks[level["track"]],
        "here": version["stands_on"] == key,
        "archetypes": [_archetype(entry) for entry in level["archetypes"]],
        "ways": _ways(sheet, key),
        "compare": _to_compare(sheet, key),
        "below": sheet.levels[below] if below else None,
        "pillars": _pillars(sheet, key),
        "silent": [row["name"] for row in version["competencies"] if _silent(sheet, row, key)],
    }


def _archetype(entry: Said | str) -> Said:
    name = entry if isinstance(entry, str) else entry["name"]
    own = "" if isinstance(entry, str) else entry.get("description") or ""
    return {"name": name[:1].upper() + name[1:], "text": own or ARCHETYPES.get(name.lower(), "")}


def _ways(sheet: Sheet, key: str) -> list[Said]:
    """Linked levels, and the neighbours on the same track where no link names them."""
    ways: dict[tuple[str, str], None] = {}
    for link in sheet.version["level_links"]:
        if link["from"] == key:
            ways[WAYS_OUT[link["type"]], link["to"]] = None
        elif link["to"] == key:
            ways[WAYS_IN[link["type"]], link["from"]] = None
    linked = {other for _, other in ways}
    for high, low in sheet.below.items():
        if low == key and high not in linked:
            ways[WAYS_OUT["precedes"], high] = None
        elif high == key and low not in linked:
            ways[WAYS_IN["precedes"], low] = None
    order = list(dict.fromkeys([*WAYS_IN.values(), *WAYS_OUT.values()]))
    found = [{"how": how, "level": _named(sheet, other)} for how, other in ways]
    return sorted(found, key=lambda way: order.index(way["how"]))


def _to_compare(sheet: Sheet, key: str) -> list[Said]:
    """The levels that people put beside this one: above, equal, and below at the top."""
    ways = _ways(sheet, key)
    ahead = {WAYS_OUT[kind] for kind in ("precedes", "branches_to", "equivalent", "comparable")}
    return [way["level"] for way in ways if way["how"] in ahead] or [way["level"] for way in ways]


def _named(sheet: Sheet, key: str) -> Said:
    level = sheet.levels[key]
    return {
        "title": level["title"],
        "name": level["name"],
        "page_url": level["page_url"],
        "kind": level["kind"] if level["kind"] in KINDS else "",
        "grade": level["grade"],
    }


def _pillars(sheet: Sheet, key: str) -> list[Said]:
    order = [{"key": None, "name": "", "description": ""}, *sheet.version["pillars"]]
    pillars = []
    for pillar in order:
        inside = [row for row in sheet.version["competencies"] if row["pillar"] == pillar["key"]]
        rows = [_competency(sheet, row, key) for row in inside if not _silent(sheet, row, key)]
        if rows:
            pillars.append({**pillar, "rows": rows})
    return pillars


def _silent(sheet: Sheet, competency: Said, key: str) -> bool:
    """True when the ladder says nothing at all here, not even "as the level below"."""
    return sheet.cell(competency["key"], key)["same"] == NOTHING


def _competency(sheet: Sheet, competency: Said, key: str) -> Said:
    cell = sheet.cell(competency["key"], key)
    return competency | {"items": items(sheet, competency["key"], key), "same": cell["same"]}
