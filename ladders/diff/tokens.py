"""Texts as words to compare, without case, quotes, markup and white space."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from ladders.diff import strengths

_TOKEN = re.compile(
    r"[<>≤≥~]?[$€£]?\d+(?:[.,:/-]\d+)*[%+]?|[^\W\d_]+(?:['-][^\W_]+)*[+#]{0,2}|\w+|[,;&]"
)
SIGNS = frozenset(",;&")
_END = re.compile(r"(?<=[.!?:])[\s*_)\]\"]+(?=\S)|\n+")
_SIGNS = str.maketrans(dict.fromkeys("‘’‚‛′", "'") | {"‐": "-", "‑": "-", "–": " ", "—": " "})
_PHRASES = [(re.compile(pattern), word) for pattern, word in strengths.PHRASES]


class Said(NamedTuple):
    """One sentence: all its tokens, and the words that carry it."""

    tokens: tuple[str, ...]
    carried: tuple[str, ...]

    @property
    def bare(self) -> str:
        """Its words without joining signs."""
        return " ".join(word for word in self.tokens if word not in SIGNS)


def plain(text: str) -> str:
    """The text without differences that nobody reads."""
    text = re.sub(r"(?<=\d)[–—](?=\d)", "-", unicodedata.normalize("NFKC", text))
    return re.sub(r"[*_`]+", "", text.translate(_SIGNS)).casefold()


@lru_cache(maxsize=8_192)
def tokens(text: str) -> tuple[str, ...]:
    """Words, numbers and joining signs in their order."""
    text = plain(text)
    for pattern, word in _PHRASES:
        text = pattern.sub(word, text)
    return tuple(_TOKEN.findall(text))


@lru_cache(maxsize=8_192)
def bare(text: str) -> str:
    """Words only, to tell whether two texts differ in more than spelling."""
    return " ".join(word for word in tokens(text) if word not in SIGNS)


@lru_cache(maxsize=8_192)
def sentences(text: str) -> tuple[Said, ...]:
    """The sentences of a text; a line is one too."""
    found = (tokens(part) for part in _END.split(text))
    return tuple(
        Said(part, carried(part)) for part in found if any(word not in SIGNS for word in part)
    )


def carried(words: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Words that say something by themselves."""
    return tuple(word for word in words if word not in strengths.STOP and word not in SIGNS)


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Without the commonest endings, so that “plans”, “planned” and “plan” are one word."""
    for ending in ("ing", "ed", "es", "s", "d", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def number(word: str) -> float | None:
    """The number that a word is, or None."""
    if word in strengths.NUMBERS:
        return float(strengths.NUMBERS[word])
    digits = re.search(r"\d+(?:[.,]\d+)*", word)
    if not digits:
        return None
    text = re.sub(r",(?=\d{3}(?:\D|$))", "", digits[0]).replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return float(re.sub(r"\D", "", text))


def slip(old: str, new: str) -> bool:
    """True when the two words are one, spelled differently."""
    if old == new or old.replace("-", "").replace("'", "") == new.replace("-", "").replace("'", ""):
        return True
    if {old, new} == {"a", "an"}:
        return True
    if min(len(old), len(new)) < 3 or max(len(old), len(new)) < 4:
        return len(old) == len(new) == 3 and sorted(old) == sorted(new) and old[0] == new[0]
    if old[0] != new[0] or abs(len(old) - len(new)) > 2 or _negated(old, new):
        return False
    return distance(old, new) <= (1 if max(len(old), len(new)) < 8 else 2)


def _negated(old: str, new: str) -> bool:
    return any(
        long == start + short
        for start in strengths.NEGATING
        for long, short in ((old, new), (new, old))
    )


def distance(old: str, new: str) -> int:
    """How many letters were put in, left out, changed, or swapped with their neighbour."""
    before: list[int] = []
    above = list(range(len(new) + 1))
    for i, a in enumerate(old, 1):
        row = [i]
        for j, b in enumerate(new, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == new[j - 2] and old[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, above = above, row
    return above[-1]
