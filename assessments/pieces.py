"""What a piece of evidence must be, and what is found wrong with one: words, day, links, tags."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from people.folding import fold

LONGEST = 5_000
LONGEST_LINK = 500
LONGEST_TAG = 40
MOST_LINKS = 10
MOST_TAGS = 8
MOST = 20  # competencies that one piece may show
MOST_FILES = 5
_is_link = URLValidator(schemes=["http", "https"])


def problems(**fields: Any) -> dict[str, list[str]]:
    """Field → what is wrong with it, of the fields that are given."""
    found = ((name, CHECKS[name](value)) for name, value in fields.items())
    return {name: [problem] for name, problem in found if problem}


def links(given: Iterable[str]) -> list[str]:
    """Links as they are kept: stripped, each once."""
    return list(dict.fromkeys(link.strip() for link in given if link.strip()))


def tags(given: Iterable[str]) -> list[str]:
    """Tags as they are kept: folded, so that a word is one tag however it was typed."""
    return list(dict.fromkeys(tag for tag in map(tag_of, given) if tag))


def tag_of(text: str) -> str:
    """One tag as it is kept."""
    return fold(text.replace("#", " ").replace("\0", " "))


def _what(text: str) -> str:
    if not text.strip():
        return "Say what you did, in a sentence."
    if len(text) > LONGEST:
        return f"Keep this under {LONGEST:,} characters; it has {len(text):,}."
    if any(ord(letter) < 32 and letter not in "\n\r\t" for letter in text):
        return "This holds characters that cannot be shown; paste it as plain text."
    return ""


def _happened_on(day: datetime.date) -> str:
    latest = timezone.localdate() + datetime.timedelta(days=1)  # it may be tomorrow elsewhere
    return "This day is still to come; add it when it is done." if day > latest else ""


def _links(given: Sequence[str]) -> str:
    if len(links(given)) > MOST_LINKS:
        return f"Give at most {MOST_LINKS} links."
    return next(filter(None, map(_link, links(given))), "")


def _link(link: str) -> str:
    if len(link) > LONGEST_LINK:
        return f"Keep each link under {LONGEST_LINK} characters."
    try:
        _is_link(link)
    except ValidationError:
        return f"“{link[:60]}” is not a link that starts with http:// or https://."
    return ""


def _tags(given: Sequence[str]) -> str:
    kept = tags(given)
    if len(kept) > MOST_TAGS:
        return f"Choose at most {MOST_TAGS} tags."
    if any(len(tag) > LONGEST_TAG for tag in kept):
        return f"Keep each tag under {LONGEST_TAG} characters."
    return ""


CHECKS: dict[str, Callable[[Any], str]] = {
    "what": _what,
    "happened_on": _happened_on,
    "links": _links,
    "tags": _tags,
}
