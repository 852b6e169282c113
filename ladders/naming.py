"""What to call a row that has no name."""

import re


def readable(key: str) -> str:
    """A key as words, for rows that have no name: its last part, without separators."""
    last = re.split(r"[/#]", key.rstrip("/#"))[-1]
    words = re.sub(r"[-_]+", " ", last).strip()
    return words[:1].upper() + words[1:] or key
