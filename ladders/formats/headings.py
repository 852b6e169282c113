"""What the heading of a column or row most likely means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

PILLAR, COMPETENCY, DESCRIPTION = "pillar", "competency", "description"

NAMES: dict[str, tuple[str, ...]] = {
    PILLAR: (
        "pillar", "theme", "category", "area", "cluster", "domain", "section", "skill area",
        "skill group", "skill category", "competency area", "competency group", "group",
        "focus area", "discipline", "axis", "dimension",
    ),
    COMPETENCY: (
        "competency", "competence", "skill", "skill name", "capability", "attribute",
        "behaviour", "behavior", "criteria", "criterion", "topic", "trait", "responsibility",
        "sub category", "subcategory", "sub area", "expectation", "axis", "dimension", "focus",
        "category", "area", "theme", "aspect", "facet", "quality", "factor", "principle",
        "competencies", "skills", "name", "value", "values", "core value",
    ),
    DESCRIPTION: (
        "description", "definition", "skill description", "competency description",
        "competency definition", "what it means", "meaning", "explanation",
    ),
    "kind": ("kind",),
    "track": (
        "track", "role", "ladder", "path", "career path", "career track", "stream", "role name",
        "job profile", "job family", "profession",
    ),
    "level": (
        "level", "role level", "job level", "career level", "grade", "band", "job title",
        "position", "seniority", "seniority level", "stage", "rung", "title", "levels", "role",
        "job", "tier", "step",
    ),
    "text": (
        "text", "statement", "skill level description", "level description", "indicator",
        "expectation", "expectations", "what it looks like", "requirement", "criteria", "example",
        "description", "details", "content",
    ),
    "proficiency": (
        "proficiency", "proficiency level", "skill level", "required level", "competency level",
    ),
    "track description": ("track description", "role description"),
    "level description": ("role level description", "level summary", "level description"),
    "competency id": ("competency id", "skill id"),
    "level id": ("level id",),
    "pillar id": ("pillar id",),
    "kind of competency": ("kind", "type"),
    "order": ("order",),
    "scale": ("scale",),
}  # fmt: skip
"""Headings that are known for a field; the earlier stands for the likelier."""

APART = re.compile(
    r"\b(notes?|comments?|weights?|links?|urls?|score|scores|points|rating|owner|updated|source|"
    r"roles|reference|references|resources?|salary|status|self assessment|manager assessment)\b"
)
SENIORITY = (
    ("intern", 0), ("apprentice", 1), ("trainee", 2), ("graduate", 3), ("entry", 4),
    ("associate", 5), ("junior", 6), ("assistant", 6), ("beginner", 5), ("novice", 4),
    ("awareness", 5), ("foundational", 6), ("working", 10), ("intermediate", 10), ("mid", 10),
    ("medior", 10), ("practitioner", 20), ("advanced", 20), ("senior", 20), ("expert", 30),
    ("lead", 30), ("staff", 40), ("principal", 50), ("distinguished", 60), ("fellow", 70),
    ("head", 80), ("director", 85), ("vp", 90), ("vice president", 90), ("chief", 95), ("cto", 95),
)  # fmt: skip
PLAIN = 10
"""Where a title without any such word stands: above junior, below senior."""
LEVELISH = re.compile(
    r"(?i)^(l|e|ic|m|em|s|se|p|d|t|g|pm|tl)[ -]?\d+\b|\b(level|grade|band|stage|step|tier)\b|"
    r"\b[ivx]+$|^\d+([./ ]|$)|\b\d+$|\b(" + "|".join(word for word, _ in SENIORITY) + r")\b|"
    r"\b(engineer|developer|manager|designer|analyst|specialist|consultant|scientist)\b"
)
CODE = r"[A-Z]{1,4}[ -]?\d{1,2}(?:\.\d{1,2})?[A-Za-z]?"
CODED = (
    re.compile(rf"^(?P<code>{CODE})\s*[-–—:·|/]\s*(?P<title>.+)$"),
    re.compile(rf"^(?P<code>{CODE})\s*\((?P<title>[^()]+)\)$"),
    re.compile(rf"^(?P<title>.+?)\s*\((?P<code>{CODE})\)$"),
    re.compile(rf"^(?P<code>{CODE})(?P<title>)$"),
)


def bare(heading: str) -> str:
    """A heading without case, marks and signs: `Skill_Name:` is `skill name`."""
    return " ".join(re.findall(r"[^\W_]+", heading.casefold()))


def known(heading: str, fields: Iterable[str]) -> list[str]:
    """The fields that a heading may name, the likeliest first."""
    said = bare(heading)
    ranked = [(NAMES[field].index(said), field) for field in fields if said in NAMES[field]]
    return [field for _, field in sorted(ranked)]


def levelish(heading: str) -> bool:
    """True when this reads like the name of a level."""
    return bool(LEVELISH.search(heading.strip()))


def apart(heading: str) -> bool:
    """True when a column of this name stands beside the levels and is none."""
    return bool(APART.search(bare(heading))) and not re.search(r"\d", heading)


def seniority(name: str) -> tuple[float, ...] | None:
    """How high a level stands, judged by its name; None when the name does not say."""
    words = bare(name)
    number = re.search(r"\d+(\.\d+)?", name)
    roman = re.search(r"\b(i{1,3}|iv|v|vi{0,3})$", words)
    step = float(number[0]) if number else float(_roman(roman[0])) if roman else 0.0
    heights = [height for word, height in SENIORITY if re.search(rf"\b{word}\b", words)]
    if heights:
        return (max(heights) if "senior" not in words else sum(heights), step)
    return (PLAIN, step)


def telling(names: list[str]) -> bool:
    """True when names say enough to put them in an order."""
    return len({seniority(name) for name in names}) > max(1, len(names) // 2)


def coded(heading: str) -> tuple[str, str]:
    """Code and title in the heading of a level: `IC4 – Senior Engineer`."""
    text = " ".join(heading.split())
    for form in CODED:
        if found := form.match(text):
            return found["code"], found["title"]
    return "", text


def slug(name: str) -> str:
    """An id made of a name: small letters, digits and hyphens; empty when it has none."""
    letters = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("+", " plus "))
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign)).casefold()
    return "-".join(re.findall(r"[^\W_]+", kept))[:80].strip("-")


def kind_of_track(name: str) -> str | None:
    """Staff, manager or shared, where the name of a track says so."""
    words = re.sub(r"\b(program(me)?|project|product|account|delivery) manag\w*", "", bare(name))
    if re.search(r"\b(manag\w*|people|leadership|em|m|supervis\w*)\b", words):
        return "management"
    if re.search(r"\b(shared|common|core|everyone|all)\b", words):
        return "shared"
    if re.search(r"\b(ic|individual\w*|staff|technical|engineer\w*|developer|specialist)\b", words):
        return "individual_contributor"
    return None


def _roman(sign: str) -> int:
    return ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"].index(sign) + 1
