"""The texts of one expectation: its summary and its statements, matched and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ladders.diff import words
from ladders.diff.classes import ADDED, CHANGED, MOVED, REMOVED, Change, Class
from ladders.diff.sides import Item, Row
from ladders.diff.texts import SAME_SENTENCE, asked, like, told
from ladders.diff.tokens import bare, sentences
from ladders.formats.references import key

MINOR, MAJOR = Class.MINOR, Class.MAJOR
READ = frozenset({"id", "text", "examples", "counter", "kind"})
EXAMPLE = "example"


@dataclass(frozen=True)
class Place:
    """Where a change stands; `known` and `still` are the sentences the level was and is told."""

    section: str
    key: str
    level: str | None
    subject: str
    known: frozenset[str]
    still: frozenset[str]

    def change(
        self, field: str, kind: str, klass: Class, before: Any, after: Any, said: str
    ) -> Change:
        """A change at this place."""
        return Change(
            self.section, self.key, self.level, field, kind, klass, before, after, said
        )  # fmt: skip


def known(text: str, sentences_told: frozenset[str]) -> bool:
    """True when every sentence of `text` was told."""
    found = sentences(text)
    return bool(found) and all(said.bare in sentences_told for said in found)


def asking(item: Item) -> list[str]:
    """The texts of an expectation that ask something."""
    rows = [row for row in item.statements if row.get("kind") != EXAMPLE]
    return [text for text in (item.summary, *(str(row["text"]) for row in rows)) if text]


def summary(old: Item, new: Item, place: Place) -> Iterator[Change]:
    """The summary, by the rule for texts."""
    a, b = old.summary, new.summary
    klass = asked(a, b, place.known)
    if klass is not Class.NONE:
        kind = ADDED if not a else REMOVED if not b else CHANGED
        said = words.text(place.subject, kind, klass)
        yield place.change("summary", kind, klass, a or None, b or None, said)


def changes(old: Item, new: Item, place: Place) -> Iterator[Change]:
    """Statements that came, went, moved or changed."""
    pairs = _matched(old.statements, new.statements)
    for a, b in pairs:
        if a is None:
            yield _came(b or {}, place)
        elif b is None:
            yield _went(a, place)
        else:
            yield from _changed(a, b, place)
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    places = [next(at for at, row in enumerate(old.statements) if row is a) for a, _ in both]
    if places != sorted(places):
        said = f"{place.subject}: the statements stand in another order."
        yield place.change("statements", MOVED, MINOR, None, None, said)


def _came(row: Row, place: Place) -> Change:
    text = str(row["text"])
    if row.get("kind") == EXAMPLE:
        said = f"{place.subject}: an example is new."
        return place.change("statements", ADDED, MINOR, None, text, said)
    if known(text, place.known):
        said = words.text(place.subject, MOVED, MINOR)
        return place.change("statements", MOVED, MINOR, None, text, said)
    said = words.text(place.subject, ADDED, MAJOR)
    return place.change("statements", ADDED, MAJOR, None, text, said)


def _went(row: Row, place: Place) -> Change:
    text = str(row["text"])
    kind = MOVED if known(text, place.still) else REMOVED
    said = words.text(place.subject, kind, MINOR)
    if row.get("kind") == EXAMPLE:
        kind, said = REMOVED, f"{place.subject}: an example was removed."
    return place.change("statements", kind, MINOR, text, None, said)


def _changed(old: Row, new: Row, place: Place) -> Iterator[Change]:
    a, b = str(old["text"]), str(new["text"])
    example = new.get("kind") == EXAMPLE
    klass = told(a, b) if example else asked(a, b, place.known)
    if klass is not Class.NONE:
        said = words.text(place.subject, CHANGED, klass)
        yield place.change("statements", CHANGED, klass, a, b, said)
    kinds = old.get("kind"), new.get("kind")
    if kinds[0] != kinds[1]:
        raised = kinds[0] == EXAMPLE
        said = f"{place.subject}: " + (
            "an example is expected now." if raised else "a statement is of another kind."
        )
        yield place.change("kind", CHANGED, MAJOR if raised else MINOR, *kinds, said)
    yield from _around(old, new, place)


def _around(old: Row, new: Row, place: Place) -> Iterator[Change]:
    """Examples and counter-examples illustrate; what else stands there is kept."""
    for name in [*old, *(found for found in new if found not in old)]:
        a, b = old.get(name), new.get(name)
        if a == b or (name in READ and name not in ("examples", "counter")):
            continue
        texts = ("\n".join(map(str, v)) if isinstance(v, list) else str(v or "") for v in (a, b))
        klass = MINOR if name not in READ else told(*texts)
        if klass is not Class.NONE:
            said = words.field(place.subject, name, klass, a, b)
            yield place.change(name, CHANGED, klass, a, b, said)


def _matched(old: list[Row], new: list[Row]) -> list[tuple[Row | None, Row | None]]:
    """By id, by the same words, and where an id is missing by most of the words."""
    rest, came = list(old), list(new)
    pairs: list[tuple[Row | None, Row | None]] = []
    for test in (_same_id, _same_words, _alike):
        for row in list(came):
            twin = test(row, rest)
            if twin is not None:
                pairs.append((twin, row))
                rest = [found for found in rest if found is not twin]
                came = [found for found in came if found is not row]
    order = {id(row): at for at, row in enumerate(new)}
    pairs += [(None, row) for row in came]
    pairs.sort(key=lambda pair: order[id(pair[1])])
    return pairs + [(row, None) for row in rest]


def _same_id(row: Row, rest: list[Row]) -> Row | None:
    return next((old for old in rest if key(row) and key(old) == key(row)), None)


def _same_words(row: Row, rest: list[Row]) -> Row | None:
    said = bare(str(row["text"]))
    return next((old for old in rest if bare(str(old["text"])) == said), None)


def _alike(row: Row, rest: list[Row]) -> Row | None:
    twins = [old for old in rest if not (key(old) and key(row))]
    text = str(row["text"])
    best = max(twins, key=lambda old: like(str(old["text"]), text), default=None)
    if best is None or like(str(best["text"]), text) <= SAME_SENTENCE:
        return None
    return best
