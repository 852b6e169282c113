"""How much a change of a text asks: spelling, clearer words, or something new or raised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from ladders.diff import strengths
from ladders.diff.classes import Class
from ladders.diff.tokens import SIGNS, Said, bare, carried, number, sentences, slip, stem

SAME_SENTENCE = 0.5
"""More than this share of what a sentence says must have been said before, or it is new."""

CLAUSE = 4
"""So many words put into a sentence in one place are more than a clarification."""

Edit = tuple[tuple[str, ...], tuple[str, ...], bool]
"""Words before, words after, and whether they stand in a clarification."""


@lru_cache(maxsize=8_192)
def asked(old: str, new: str, known: frozenset[str] = frozenset()) -> Class:
    """The class of a change from `old` to `new` in a text that says what is expected.

    `known` holds the sentences (`bare`) that the same level was told before, in another place.
    """
    if old == new:
        return Class.NONE
    if bare(old) == bare(new):
        return Class.PATCH
    before, after = list(sentences(old)), list(sentences(new))
    _cancel(before, after)
    klass = Class.MINOR if before and not after else Class.NONE
    for said in after:
        if said.bare in known:
            klass = max(klass, Class.MINOR)
            continue
        klass = max(klass, _sentence(said, before, sentences(old)))
    if len(before) > len(after) or not klass:
        klass = max(klass, Class.MINOR)
    return klass


def told(old: str, new: str) -> Class:
    """The class of a change in a text that asks nothing: a name, a licence, an example."""
    if old == new:
        return Class.NONE
    if bare(old) == bare(new):
        return Class.PATCH
    return Class.PATCH if old and new and _spelled(_edits(_all(old), _all(new))) else Class.MINOR


def like(old: str, new: str) -> float:
    """The share of what `new` says that `old` said, from 0 to 1."""
    had = {stem(word) for said in sentences(old) for word in said.carried}
    says = [stem(word) for said in sentences(new) for word in said.carried]
    return sum(word in had for word in says) / len(says) if says else 0.0


def _all(text: str) -> tuple[str, ...]:
    return tuple(token for said in sentences(text) for token in said.tokens)


def _cancel(before: list[Said], after: list[Said]) -> None:
    """Take away the sentences that both have."""
    for said in list(after):
        match = next((old for old in before if old.bare == said.bare), None)
        if match:
            before.remove(match)
            after.remove(said)


def _sentence(said: Said, rest: list[Said], whole: Collection[Said]) -> Class:
    """A sentence that was not there word for word: what it was before decides."""
    if not said.carried and not _guards(said.tokens):
        return Class.MINOR
    pairs = sorted(((_share(old, said), -at) for at, old in enumerate(rest)), reverse=True)
    if pairs and pairs[0][0] > SAME_SENTENCE:
        return _edited(rest[-pairs[0][1]], said)
    if said.tokens[0] in strengths.CLARIFYING and not _duty(said.tokens):
        return Class.MINOR
    parts = [old for old in whole if _share(old, said) > 0]
    joined = tuple(token for old in parts for token in old.tokens)
    if parts and _share(Said(joined, carried(joined)), said) >= 0.8:
        missing = Counter(_guards(said.tokens)) - Counter(_guards(joined))
        return Class.MAJOR if missing else Class.MINOR
    return Class.MAJOR


def _share(old: Said, new: Said) -> float:
    had = [stem(word) for word in old.carried]
    said = [(stem(word), word) for word in new.carried]
    if not said:
        return 1.0 if set(new.tokens) <= set(old.tokens) else 0.0
    found = sum(
        root in had or any(slip(word, other) for other in old.carried) for root, word in said
    )
    return found / len(said)


def _edited(old: Said, new: Said) -> Class:
    """The same sentence in other words."""
    edits = _edits(old.tokens, new.tokens)
    counted = _counted(edits) and not (_floors(old.tokens, new.tokens))
    if counted or _raised(edits):
        return Class.MAJOR
    return Class.PATCH if _spelled(edits) else Class.MINOR


def _edits(old: tuple[str, ...], new: tuple[str, ...]) -> list[Edit]:
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            lead = new[max(0, k - 1) : k + 3]
            found.append((old[i:j], new[k:m], any(w in strengths.CLARIFYING for w in lead)))
    return found


def _guards(words: Iterable[str]) -> list[str]:
    """What numbers, negations and words with a strength say: never a matter of spelling."""
    return [said for word in words if (said := _guard(word))]


@lru_cache(maxsize=4_096)
def _guard(word: str) -> str:
    if (figure := number(word)) is not None:
        return f"number {figure} {word.strip('0123456789.,')}"
    if word in strengths.NEGATIONS:
        return f"negation {word}"
    at = [(i, f.strengths[word]) for i, f in enumerate(strengths.FAMILIES) if word in f.strengths]
    return f"strength {at}" if at else ""


def _duty(words: tuple[str, ...]) -> bool:
    duty = strengths.FAMILIES[0].strengths
    return any(duty.get(word, 0) > 3 for word in words)


def _spelled(edits: list[Edit]) -> bool:
    """True when every edit stays inside its words."""
    return all(_slipped(old, new) for old, new, _ in edits)


def _slipped(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    before = tuple(word for word in old if word not in SIGNS)
    after = tuple(word for word in new if word not in SIGNS)
    if Counter(_guards(before)) != Counter(_guards(after)):
        return False
    if "".join(before).replace("-", "") == "".join(after).replace("-", ""):
        return True
    return len(before) == len(after) and all(map(slip, before, after))


def _raised(edits: list[Edit]) -> bool:
    return _negated(edits) or _stronger(edits) or any(map(_joined, edits))


def _left(edits: list[Edit]) -> tuple[Counter[str], Counter[str]]:
    """Words that only one side has; words that a whole dropped clause held are not missed."""
    old = Counter(
        word for before, after, _ in edits if not _dropped(before, after) for word in before
    )
    new = Counter(word for _, after, _ in edits for word in after)
    gone = Counter(word for before, _, _ in edits for word in before)
    return old - new, new - gone


def _dropped(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    if after:
        return False
    return any(not _guard(word) for word in carried(before))


def _negated(edits: list[Edit]) -> bool:
    """A negation came or went, also as the beginning of a word."""
    old, new = _left(edits)
    if any(word in strengths.NEGATIONS for word in (*old, *new)):
        return True
    return any(
        long == start + short
        for start in strengths.NEGATING
        for one, other in ((old, new), (new, old))
        for long in one
        for short in other
    )


def _counted(edits: list[Edit]) -> bool:
    """A number changed; whether less of it asks for less, only its sentence knows."""
    old, new = _left(edits)
    before = [found for word in old.elements() if (found := number(word)) is not None]
    after = [found for word in new.elements() if (found := number(word)) is not None]
    return sorted(before) != sorted(after)


def _floors(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """True when every number stands behind “at least” or its like, and none was raised."""
    before, after = (
        [(lead, n) for lead, word in pairwise(words) if (n := number(word)) is not None]
        for words in (("", *old), ("", *new))
    )
    return len(before) == len(after) and all(map(slip, before, after))


def _raised(edits: list[Edit]) -> bool:
    return _negated(edits) or _stronger(edits) or any(map(_joined, edits))


def _left(edits: list[Edit]) -> tuple[Counter[str], Counter[str]]:
    """Words that only one side has; words that a whole dropped clause held are not missed."""
    old = Counter(
        word for before, after, _ in edits if not _dropped(before, after) for word in before
    )
    new = Counter(word for _, after, _ in edits for word in after)
    gone = Counter(word for before, _, _ in edits for word in before)
    return old - new, new - gone


def _dropped(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    if after:
        return False
    return any(not _guard(word) for word in carried(before))


def _negated(edits: list[Edit]) -> bool:
    """A negation came or went, also as the beginning of a word."""
    old, new = _left(edits)
    if any(word in strengths.NEGATIONS for word in (*old, *new)):
        return True
    return any(
        long == start + short
        for start in strengths.NEGATING
        for one, other in ((old, new), (new, old))
        for long in one
        for short in other
    )


def _counted(edits: list[Edit]) -> bool:
    """A number changed; whether less of it asks for less, only its sentence knows."""
    old, new = _left(edits)
    before = [found for word in old.elements() if (found := number(word)) is not None]
    after = [found for word in new.elements() if (found := number(word)) is not None]
    return sorted(before) != sorted(after)


def _floors(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """True when every number stands behind “at least” or its like, and none was raised."""
    found = [
        [
            (words[at - 1] if at else "", figure)
            for at, word in enumerate(words)
            if (figure := number(word)) is not None
        ]
        for words in (old, new)
    ]
    before, after = found
    return len(before) == len(after) and all(
        low in strengths.FLOORS and lower in strengths.FLOORS and now <= was
        for (low, was), (lower, now) in zip(before, after, strict=True)
    )


def _stronger(edits: list[Edit]) -> bool:
    old, new = _left(edits)
    every = Counter(word for before, _, _ in edits for word in before)
    every -= Counter(word for _, after, _ in edits for word in after)
    return any(
        _strength(family, new) > _strength(family, every if family.limits else old)
        for family in strengths.FAMILIES
    )


def _strength(family: strengths.Family, words: Counter[str]) -> int:
    found = [family.strengths[word] for word in words if word in family.strengths]
    return max(found, default=family.silent)


def _joined(edit: Edit) -> bool:
    """Something was put in beside what stood there: “… and leads it”, or a whole clause."""
    old, new, clarifies = edit
    more = len(carried(new)) - len(carried(old))
    if clarifies or more < 1:
        return False
    signs = sum(word in strengths.JOINING for word in new)
    signs -= sum(word in strengths.JOINING for word in old)
    return signs > 0 or more >= CLAUSE
