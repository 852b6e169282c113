"""Text as it is searched for: without case, accents and spare space."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Lower case, without accents, one space between words."""
    bare = text.lower() if text.isascii() else "".join(map(_bare, text))
    return " ".join(bare.split())


def folded(text: str) -> tuple[str, list[int]]:
    """The letters without case and accents, and for each the place it has in the text."""
    letters = [(bare, at) for at, letter in enumerate(text) for bare in _bare(letter)]
    return "".join(bare for bare, _ in letters), [at for _, at in letters]


def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
