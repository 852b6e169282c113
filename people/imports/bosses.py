"""Which column says who somebody's manager is, and in which words, by trying it on the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from people.imports import words

ENOUGH = 0.5  # of the managers that a column names, found among the people of the file


@dataclass
class Bosses:
    """`columns`: those that could name managers, the likeliest first. `keys`: others by which a
    person could be named. Both are places in the heading."""

    columns: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    def choose(
        self, texts: dict[str, list[str]], further: dict[int, list[str]]
    ) -> tuple[int, int | None]:
        """Put into `texts` the column that names most managers, with employee numbers where it
        names them by a key. Returns its place, and that of the key, None where there is none."""
        said = {self.columns[0]: texts["manager"]} | {at: further[at] for at in self.columns[1:]}
        people = _People(texts)
        shares = {at: people.share(column) for at, column in said.items()}
        best = max(self.columns, key=lambda at: (shares[at] >= ENOUGH, _rough(shares[at])))
        for at in [best] if shares[best] >= ENOUGH else self.columns:
            strangers = [text for text in said[at] if text and not people.has(text)]
            for key in self.keys if strangers else ():
                named = _named_by(further[key], texts["employee_number"], shares[at])
                if _share(strangers, named.__contains__) >= ENOUGH:
                    known = {text: named[text] for text in strangers if text in named}
                    texts["manager"] = [known.get(text, text) for text in said[at]]
                    return at, key
        texts["manager"] = said[best]
        return best, None


def _rough(share: float) -> float:
    """A few managers more or less do not outweigh the order of the columns."""
    return 0 if share >= ENOUGH else share


class _People:
    """Everything by which the file names its people."""

    def __init__(self, texts: dict[str, list[str]]) -> None:
        self.numbers = set(map(words.number, texts["employee_number"])) - {""}
        self.texts = texts
        self._other: set[str] | None = None

    def has(self, text: str) -> bool:
        return self._by_number(text) or self._by_anything(text)

    def share(self, column: Sequence[str]) -> float:
        if (found := _share(column, self._by_number)) >= ENOUGH:
            return found
        return _share(column, self._by_anything)

    def _by_number(self, text: str) -> bool:
        return words.number(text) in self.numbers

    def _by_anything(self, text: str) -> bool:
        if self._other is None:
            self._other = {text.lstrip("0") for text in self.numbers if text.isdecimal()}
            self._other |= {text.lower() for text in self.texts.get("email", ())}
            self._other |= {words.loosely(name) for name in self._names()}
        name, number = words.numbered(text)
        other = {text.lstrip("0"), text.lower(), words.loosely(name), words.loosely(text)}
        return self._by_number(text) or number in self.numbers or bool(other & self._other - {""})

    def _names(self) -> Iterable[str]:
        if "name" in self.texts:
            return self.texts["name"]
        parts = [self.texts[k] for k in ("first_name", "last_name") if k in self.texts]
        return (" ".join(both) for both in zip(*parts, strict=True)) if parts else ()


def _share(column: Sequence[str], found: Callable[[str], Any]) -> float:
    said = {text for text in column if text and text.casefold() not in words.EMPTY}
    return sum(map(bool, map(found, said))) / len(said) if said else 0.0


def _named_by(key: Sequence[str], numbers: Sequence[str], share: float) -> dict[str, str]:
    """Employee numbers by what a column says about each person. Where many managers are found by
    other means, a plain figure says nothing: it could be anything."""
    named = dict(zip(key, numbers, strict=True))
    return {text: n for text, n in named.items() if text and n and not (share and text.isdigit())}
