"""The sentences that say a change to people."""

from __future__ import annotations

from typing import Any

from ladders.diff.classes import ADDED, MOVED, REMOVED, Class

FIELDS = {
    "summary": "the summary", "scope": "the scope", "titles": "the title", "code": "the code",
    "name": "the name", "title": "the title", "description": "the description",
    "typical_months": "the typical time", "terminal": "whether one may stay here for good",
    "seat_limited": "the limit of seats", "grade": "the grade", "track": "the track",
    "order": "the order", "archetypes": "the archetypes", "kind": "the kind",
    "pillar": "the pillar", "parent": "the place in the tree", "scale": "the scale",
    "inherits": "what is inherited", "licence": "the licence", "source": "the source",
    "cumulative": "whether silence means “as before”", "rank": "the rank",
    "null_tokens": "the words for “nothing said”", "language": "the language",
    "examples": "the examples", "counter": "what it is not", "references": "the references",
    "statements": "the statements", "id": "the id", "text_format": "the markup",
}  # fmt: skip
TEXTS = frozenset(
    {"summary", "scope", "description", "titles", "name", "title", "licence", "source", "counter"}
)
SECTIONS = {
    "framework": "the ladder", "grades": "the grade", "tracks": "the track",
    "levels": "the level", "level_links": "the link", "proficiency_scales": "the scale",
    "steps": "the step", "pillars": "the pillar", "competencies": "the competency",
}  # fmt: skip
WHOLE = {
    "grades": "grades", "tracks": "tracks", "levels": "levels", "pillars": "pillars",
    "competencies": "competencies", "proficiency_scales": "scales",
}  # fmt: skip


def capital(text: str) -> str:
    """With a capital at the beginning."""
    return text[:1].upper() + text[1:]


def row(section: str, name: str, kind: str) -> str:
    """A row that came or went."""
    happened = {ADDED: "is new", REMOVED: "was removed"}[kind]
    return capital(f"{SECTIONS.get(section, section)} “{name}” {happened}.")


def order(section: str) -> str:
    """Rows that stand in another order."""
    return f"The {WHOLE.get(section, section)} stand in another order."


def field(subject: str, name: str, klass: Class, old: Any, new: Any) -> str:
    """A field of a row that changed."""
    what = FIELDS.get(name, f"“{name}”")
    if not old and new and name in TEXTS:
        return f"{subject}: {what} is new."
    if old and not new and name in TEXTS:
        return f"{subject}: {what} was removed."
    if klass is Class.PATCH:
        return f"{subject}: {what} is spelled or numbered anew."
    if klass is Class.MAJOR and name in TEXTS:
        return f"{subject}: {what} asks for something new or more."
    if name in TEXTS:
        return f"{subject}: {what} is worded differently."
    return f"{subject}: {what} changed{_between(old, new)}."


def _between(old: Any, new: Any) -> str:
    if not all(isinstance(value, str | int | float) or value is None for value in (old, new)):
        return ""
    return f" from {_shown(old)} to {_shown(new)}"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{value}”" if isinstance(value, str) else str(value)


def months(subject: str, old: Any, new: Any) -> str:
    """The typical time at a level."""
    return f"{subject}: the typical time changed from {_span(old)} to {_span(new)}."


def _span(value: Any) -> str:
    low, high = (value or {}).get("min"), (value or {}).get("max")
    if low is None and high is None:
        return "nothing said"
    if low is None or high is None:
        return f"at least {low} months" if high is None else f"at most {high} months"
    return f"{low} to {high} months"


def text(subject: str, kind: str, klass: Class) -> str:
    """What happened to a text that says what is expected."""
    if kind == ADDED:
        return f"{subject} asks for something new." if klass is Class.MAJOR else (
            f"{subject} says more, and asks for nothing new."
        )  # fmt: skip
    if kind == REMOVED:
        return f"{subject} asks for less: a sentence was removed."
    if kind == MOVED:
        return f"{subject}: a sentence moved to another place."
    return {
        Class.PATCH: f"{subject} is spelled anew.",
        Class.MINOR: f"{subject} is worded differently, and asks for the same.",
        Class.MAJOR: f"{subject} asks for something new or more.",
    }[klass]
