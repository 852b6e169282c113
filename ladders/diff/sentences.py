"""What became of one sentence: its edits, and whether they raise what it asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from ladders.diff import strengths
from ladders.diff.classes import Class
from ladders.diff.tokens import SIGNS, Said, carried, number, slip, stem

CLAUSE = 4
"""So many words put into a sentence in one place are more than a clarification."""

Edit = tuple[tuple[str, ...], tuple[str, ...], bool]
"""Words before, words after, and whether they stand in a clarification."""


def edited(old: Said, new: Said) -> Class:
    """The same sentence in other words."""
    found = edits(old.tokens, new.tokens)
    counted = _counted(found) and not _floors(old.tokens, new.tokens)
    if counted or _raised(found):
        return Class.MAJOR
    return Class.PATCH if spelled(found) else Class.MINOR


def edits(old: tuple[str, ...], new: tuple[str, ...]) -> list[Edit]:
    """The words that differ, in their order."""
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            lead = new[max(0, k - 1) : k + 3]
            found.append((old[i:j], new[k:m], any(w in strengths.CLARIFYING for w in lead)))
    return found


def guards(words: Iterable[str]) -> list[str]:
    """What numbers, negations and words with a strength say: never a matter of spelling."""
    return [said for word in words if (said := guard(word))]


@lru_cache(maxsize=4_096)
def guard(word: str) -> str:
    """What a word says that is no matter of spelling; blank for ordinary words."""
    if (figure := number(word)) is not None:
        return f"number {figure} {word.strip('0123456789.,')}"
    if word in strengths.NEGATIONS:
        return f"negation {word}"
    at = [(i, f.strengths[word]) for i, f in enumerate(strengths.FAMILIES) if word in f.strengths]
    return f"strength {at}" if at else ""


def spelled(found: list[Edit]) -> bool:
    """True when every edit stays inside its words."""
    return all(_slipped(old, new) for old, new, _ in found)


def _slipped(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    before = tuple(word for word in old if word not in SIGNS)
    after = tuple(word for word in new if word not in SIGNS)
    if Counter(guards(before)) != Counter(guards(after)):
        return False
    if "".join(before).replace("-", "") == "".join(after).replace("-", ""):
        return True
    return len(before) == len(after) and all(map(slip, before, after))


def _raised(found: list[Edit]) -> bool:
    return _negated(found) or _stronger(found) or any(map(_joined, found))


def _left(found: list[Edit]) -> tuple[Counter[str], Counter[str]]:
    """Words that only one side has; words that a whole dropped clause held are not missed."""
    old = Counter(
        word for before, after, _ in found if not _dropped(before, after) for word in before
    )
    new = Counter(word for _, after, _ in found for word in after)
    gone = Counter(word for before, _, _ in found for word in before)
    return old - new, new - gone


def _dropped(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    if after:
        return False
    return any(not guard(word) for word in carried(before))


def _negated(found: list[Edit]) -> bool:
    """A negation came or went, also as the beginning of a word."""
    old, new = _left(found)
    if any(word in strengths.NEGATIONS for word in (*old, *new)):
        return True
    return any(
        long == start + short
        for start in strengths.NEGATING
        for one, other in ((old, new), (new, old))
        for long in one
        for short in other
    )


def _counted(found: list[Edit]) -> bool:
    """A number changed; whether less of it asks for less, only its sentence knows."""
    old, new = _left(found)
    before = [n for word in old.elements() if (n := number(word)) is not None]
    after = [n for word in new.elements() if (n := number(word)) is not None]
    return sorted(before) != sorted(after)


def _floors(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """True when every number stands behind “at least” or its like, and none was raised."""
    before, after = (
        [(lead, n) for lead, word in pairwise(words) if (n := number(word)) is not None]
        for words in (("", *old), ("", *new))
    )
    return len(before) == len(after) and all(
        low in strengths.FLOORS and lower in strengths.FLOORS and now <= was
        for (low, was), (lower, now) in zip(before, after, strict=True)
    )


def _stronger(found: list[Edit]) -> bool:
    old, new = _left(found)
    every = Counter(word for before, _, _ in found for word in before)
    every -= Counter(word for _, after, _ in found for word in after)
    return any(
        _strength(family, new) > _strength(family, every if family.limits else old)
        for family in strengths.FAMILIES
    )


def _strength(family: strengths.Family, words: Counter[str]) -> int:
    said = [family.strengths[word] for word in words if word in family.strengths]
    return max(said, default=family.silent)


def _joined(edit: Edit) -> bool:
    """Something was put in beside what stood there: “… and leads it”, or a whole clause."""
    old, new, clarifies = edit
    more = len(carried(new)) - len(carried(old))
    if clarifies or more < 1:
        return False
    signs = sum(word in strengths.JOINING for word in new)
    signs -= sum(word in strengths.JOINING for word in old)
    return signs > 0 or more >= CLAUSE


def share(old: Said, new: Said) -> float:
    """How much of what `new` says `old` said, from 0 to 1."""
    had = [stem(word) for word in old.carried]
    said = [(stem(word), word) for word in new.carried]
    if not said:
        return 1.0 if set(new.tokens) <= set(old.tokens) else 0.0
    found = sum(
        root in had or any(slip(word, other) for other in old.carried) for root, word in said
    )
    return found / len(said)
