"""How much a change of a text asks: spelling, clearer words, or something new or raised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import lru_cache

from ladders.diff import strengths
from ladders.diff.classes import Class
from ladders.diff.sentences import edited, edits, guards, share, spelled
from ladders.diff.tokens import Said, bare, carried, sentences, stem

SAME_SENTENCE = 0.5
"""More than this share of what a sentence says must have been said before, or it is new."""


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
    return Class.PATCH if old and new and spelled(edits(_all(old), _all(new))) else Class.MINOR


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
    if not said.carried and not guards(said.tokens):
        return Class.MINOR
    pairs = sorted(((share(old, said), -at) for at, old in enumerate(rest)), reverse=True)
    if pairs and pairs[0][0] > SAME_SENTENCE:
        return edited(rest[-pairs[0][1]], said)
    if said.tokens[0] in strengths.CLARIFYING and not _duty(said.tokens):
        return Class.MINOR
    parts = [old for old in whole if share(old, said) > 0]
    joined = tuple(token for old in parts for token in old.tokens)
    if parts and share(Said(joined, carried(joined)), said) >= 0.8:
        missing = Counter(guards(said.tokens)) - Counter(guards(joined))
        return Class.MAJOR if missing else Class.MINOR
    return Class.MAJOR


def _duty(words: tuple[str, ...]) -> bool:
    duty = strengths.FAMILIES[0].strengths
    return any(duty.get(word, 0) > 3 for word in words)
