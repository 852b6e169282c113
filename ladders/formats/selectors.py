"""Which levels an expectation names: a list, a range, a track, a transition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ladders.formats.fields import identifier, shown

FORMS = ({"from", "to"}, {"track"}, {"transition"})


class Unclear(Exception):
    """The selector names nothing that exists; says why."""


@dataclass(frozen=True)
class Rung:
    """What a selector needs to know of a level; `height` grows upwards within a track."""

    key: str
    track: str
    height: tuple[int, int]


@dataclass(frozen=True)
class Rungs:
    """All levels of a document, and the tracks that exist."""

    by_key: dict[str, Rung]
    tracks: frozenset[str]

    def named(self, selector: Any) -> list[str]:
        """The keys of the levels that `selector` names, each once, in order."""
        if isinstance(selector, list):
            return list(dict.fromkeys(self._one(entry).key for entry in selector))
        if not isinstance(selector, dict):
            raise Unclear(f"must be a list or a mapping, not {shown(selector)}")
        if set(selector) not in FORMS:
            raise Unclear("must be a list, {from, to}, {track} or {transition: [from, to]}")
        if "track" in selector:
            return self._track(selector["track"])
        if "transition" in selector:
            return self._transition(selector["transition"])
        return self._range(self._one(selector["from"]), self._one(selector["to"]))

    def _one(self, entry: Any) -> Rung:
        if identifier(entry):
            raise Unclear(f"names {shown(entry)}, which is not an id")
        if str(entry) not in self.by_key:
            raise Unclear(f"names the level “{entry}”, which does not exist")
        return self.by_key[str(entry)]

    def _track(self, entry: Any) -> list[str]:
        if identifier(entry) or str(entry) not in self.tracks:
            raise Unclear(f"names the track {shown(entry)}, which does not exist")
        return [rung.key for rung in self._sorted() if rung.track == str(entry)]

    def _transition(self, entry: Any) -> list[str]:
        """What a step from one level to the next asks for is expected at the higher one."""
        if not isinstance(entry, list) or len(entry) != 2:
            raise Unclear("a transition is a list of two levels")
        return [[self._one(level) for level in entry][1].key]

    def _range(self, low: Rung, high: Rung) -> list[str]:
        """From `low` up to `high`; where the tracks differ, over the branch between them."""
        if low.track == high.track:
            if low.height > high.height:
                raise Unclear(f"begins at “{low.key}”, which stands above “{high.key}”")
            inside = [
                rung
                for rung in self._sorted()
                if rung.track == low.track and low.height <= rung.height <= high.height
            ]
        else:
            inside = [
                rung
                for rung in self._sorted()
                if (rung.track == low.track and rung.height >= low.height)
                or (rung.track == high.track and rung.height <= high.height)
            ]
        return [rung.key for rung in inside]

    def _sorted(self) -> list[Rung]:
        return sorted(self.by_key.values(), key=lambda rung: rung.height)
