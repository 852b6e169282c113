"""Pure layout of the editor's lists: the parts of a draft in order, and what goes with one."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from ladders import edits
from ladders.formats.references import Index, key, rows
from people.wording import counted

Said = dict[str, Any]

VIEWS = {
    "": "Matrix",
    "levels": "Levels",
    "competencies": "Competencies",
    "pillars": "Pillars",
    "tracks": "Tracks",
    "level_links": "Links",
    "grades": "Grades",
    "proficiency_scales": "Scales",
    "proficiency_statements": "Meanings",
    "framework": "About",
    "readiness": "Before review",
}
LINKS = {
    "equivalent": "stands at the same height as",
    "branches_to": "branches to",
    "rejoins": "leads back to",
    "precedes": "comes before",
    "comparable": "can be compared with",
    "not_equivalent": "is not at the height of",
}
WAYS = {
    "levels": "Levels of one track follow each other from the lowest to the highest.",
    "competencies": "The rows of the matrix, each in a pillar.",
    "pillars": "Themes that hold competencies together.",
    "tracks": "The ways up: the staff track and the manager track are equals.",
    "level_links": "How levels of different tracks stand to each other. It is said here, and never "
    "guessed from numbers.",
    "grades": "Ranks of the whole organisation: levels of one grade stand at equal height, "
    "in every ladder.",
    "proficiency_scales": "Steps from low to high; a competency with a scale may ask for one.",
    "proficiency_statements": "What a step of a scale looks like in one competency. Every level "
    "that asks for the step shows these words.",
}


def address(view: str = "", **said: str) -> str:
    """The editor's own address with what is asked of it; an opened part is led to."""
    asked = {"view": view, **said}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"?{query}" + ("#open" if said else "")


def views(current: str, blocks: int) -> list[Said]:
    """The parts of the editor to choose from; the last says how much is to be done."""
    shown = []
    for name, words in VIEWS.items():
        label = f"{words} ({blocks} open)" if name == "readiness" and blocks else words
        url = address(name) if name else "?"
        shown.append({"label": label, "url": url, "current": name == current, "track": ""})
    return shown


def groups(text: Said, section: str) -> list[Said]:
    """The rows of a section under the names of their groups, each with the ways to change it."""
    found = rows(text, section)
    if section == "levels":
        order = [key(row) for row in rows(text, "tracks")]
        found = sorted(found, key=lambda row: (_at(order, row.get("track")), row.get("order") or 0))
    if section == "grades":
        found = sorted(found, key=lambda row: row["rank"])
    if section == "competencies":
        order = [key(row) for row in rows(text, "pillars")]
        found = sorted(found, key=lambda row: _at(order, row.get("pillar")))
    if section == "proficiency_statements":
        order = [key(row) for row in rows(text, "competencies")]
        found = sorted(found, key=lambda row: _at(order, row["competency"]))
    field = edits.GROUPED.get(section, "")
    return [
        {"name": _group_name(text, section, name), "rows": _rows(text, section, list(members))}
        for name, members in groupby(found, key=lambda row: str(row.get(field) or ""))
    ]


def name_of(text: Said, section: str, row: Said) -> str:
    """What a person calls a part."""
    if section == "level_links":
        ends = [_level(text, str(row[end])) for end in ("from", "to")]
        return f"{ends[0]} {LINKS.get(row['type'], row['type'])} {ends[1]}"
    if section == "proficiency_statements":
        return f"{_name(text, 'competencies', str(row['competency']))}: {_step(text, row)}"
    first = next(iter(row.get("titles") or []), "")
    rank = f"Grade {row['rank']}" if section == "grades" else ""
    return first or row.get("name") or row.get("code") or rank or key(row)


def goes_with(text: Said, section: str, name: str) -> Said:
    """What is asked before a part is removed: `words`, and `held` where it cannot be now."""
    row = edits.find(text, section, name)
    for other, field, words in edits.HOLDS.get(section, ()):
        held = [one for one in rows(text, other) if str(one.get(field)) == name]
        if held:
            return {"held": True, "words": f"It still holds {len(held)} {words}. "
                    "Move or remove them first."}  # fmt: skip
    called = name_of(text, section, row)
    with_it = [words for words in _with(text, section, name) if words]
    goes = f"With it goes {' and '.join(with_it)}." if with_it else "Nothing else goes with it."
    return {"held": False, "words": f"“{called}” leaves this draft. {goes} "
            "Published versions keep it."}  # fmt: skip


def _with(text: Said, section: str, name: str) -> list[str]:
    said = rows(text, "expectations")
    if section == "competencies":
        alone = sum(1 for row in said if str(row["competency"]) == name)
        return [f"all that is expected of it ({counted(alone, 'entry,entries')})" if alone else ""]
    if section != "levels":
        return []
    rungs = Index(text).rungs
    alone = sum(1 for row in said if list(rungs.named(row["levels"])) == [name])
    links = sum(1 for row in rows(text, "level_links") if name in (row["from"], row["to"]))
    return [
        f"what only it expects ({counted(alone, 'entry,entries')})" if alone else "",
        counted(links, "link,links") if links else "",
    ]


def _rows(text: Said, section: str, members: list[Said]) -> list[Said]:
    shown = []
    for place, row in enumerate(members):
        name = edits.identity(section, row)
        part = f"{section}:{name}"
        shown.append(
            {
                "key": name,
                "part": part,
                "name": name_of(text, section, row),
                "detail": _detail(text, section, row),
                "edit": address(section, edit=part),
                "remove": address(section, remove=part),
                "up": place > 0 and section != "grades",
                "down": place < len(members) - 1 and section != "grades",
            }
        )
    return shown


def _detail(text: Said, section: str, row: Said) -> str:
    """A few facts beside the name."""
    if section == "levels":
        grade = next((one for one in rows(text, "grades") if key(one) == str(row.get("grade"))), {})
        facts = [row.get("code"), grade.get("name") or (grade and f"grade {grade['rank']}")]
        facts += ["a fine place to stay"] if row.get("terminal") else []
        facts += ["limited seats"] if row.get("seat_limited") else []
        return ", ".join(str(fact) for fact in facts if fact)
    if section == "grades":
        held = [name_of(text, "levels", one) for one in rows(text, "levels")
                if str(one.get("grade")) == key(row)]  # fmt: skip
        return f"Rank {row['rank']}" + (f": {', '.join(held)}" if held else "")
    if section == "proficiency_scales":
        return ", ".join(step.get("name") or key(step) for step in rows(row, "levels"))
    if section == "proficiency_statements":
        said = [row.get("summary"), *(one.get("text") for one in rows(row, "statements"))]
        return " ".join(words for words in said if words)[:140]
    return str(row.get("description") or "")[:140]


def _step(text: Said, row: Said) -> str:
    steps = [step for scale in rows(text, "proficiency_scales") for step in rows(scale, "levels")]
    found = next((step for step in steps if key(step) == str(row["proficiency"])), {})
    return str(found.get("name") or row["proficiency"])


def _group_name(text: Said, section: str, name: str) -> str:
    if section == "levels":
        return _name(text, "tracks", name)
    if section in ("competencies", "pillars"):
        return _name(text, "pillars", name) if name else ""
    if section == "proficiency_statements":
        return _name(text, "competencies", name)
    return ""


def _name(text: Said, section: str, name: str) -> str:
    row = next((one for one in rows(text, section) if key(one) == name), {})
    return row.get("name") or name.replace("-", " ").capitalize()


def _level(text: Said, name: str) -> str:
    row = next((one for one in rows(text, "levels") if key(one) == name), None)
    return name_of(text, "levels", row) if row else name


def _at(order: list[str], name: Any) -> int:
    return order.index(str(name)) if str(name) in order else -1
