"""Word-level differences between two texts, as runs of kept, added and removed words."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"\w+(?:[’'-]\w+)*|\s+|[^\w\s]")
_ISLAND = re.compile(r"\s*(\w{1,3})?\s*")  # "of", "the", or only a space between two changes
_LIMIT = 4_000  # words on one side; beyond it the texts are shown as wholly replaced


class Run(NamedTuple):
    """Words that share a fate: kind is "same", "added" or "removed"."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[Run]:
    """Return the runs that lead from the old text to the new one, removed before added."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _LIMIT:
        return [Run("removed", old), Run("added", new)]
    return [run for run in _runs(before, after) if run.text]


def _runs(before: list[str], after: list[str]) -> Iterator[Run]:
    """Join changes that only white space or one tiny word keeps apart: they read as one."""
    removed, added = "", ""
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for tag, start, end, start_new, end_new in steps:
        gone, come = "".join(before[start:end]), "".join(after[start_new:end_new])
        last = end == len(before) and end_new == len(after)
        between = (removed or added) and not last
        if tag == "equal" and not (between and _ISLAND.fullmatch(come)):
            yield Run("removed", removed)
            yield Run("added", added)
            yield Run("same", come)
            removed, added = "", ""
        else:
            removed, added = removed + gone, added + come
    yield Run("removed", removed)
    yield Run("added", added)
