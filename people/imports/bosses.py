"""Which column says who somebody's manager is, and in which words, by trying it on the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from people.imports import words

FIGURE = 5  # digits of a number that is not likely to be another one
ENOUGH = 0.5  # of the managers that a column names, found among the people of the file


class Choice(NamedTuple):
    """The place of the column that names managers, and that of the key by which it does; None
    where there is none. Where `figures`, plain figures can be such keys."""

    at: int
    key: int | None
    figures: bool = True


@dataclass
class Bosses:
    """`columns`: those that could name managers, the likeliest first. `keys`: others by which a
    person could be named. Both are places in the heading."""

    columns: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    @property
    def doubtful(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.columns) > 1 or bool(self.keys)

    def choose(self, texts: dict[str, list[str]], further: dict[int, list[str]]) -> Choice:
        """Put into `texts` the column that names most managers, with employee numbers where it
        names them by a key."""
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
                    return Choice(at, key, not shares[at])
        texts["manager"] = said[best]
        return Choice(best, None)


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
    """Employee numbers by what a column says about each person. A plain figure says little: a short
    one is any number, and where managers are found by other means a long one is, too."""
    named = dict(zip(key, numbers, strict=True))
    shortest = len(max(named, key=len, default="")) + 1 if share else FIGURE
    return {k: n for k, n in named.items() if k and n and not (k.isdigit() and len(k) < shortest)}


class Sample:
    """Of a file that is longer than what is at hand: its first rows, and of the others those that
    the managers named there could mean. Chooses as if it were the file."""

    def __init__(
        self, bosses: Bosses, texts: dict[str, list[str]], further: dict[int, list[str]]
    ) -> None:
        self.bosses = bosses
        self.texts = {name: list(column) for name, column in texts.items()}
        self.further = {at: list(column) for at, column in further.items()}
        said = [texts["manager"], *(further[at] for at in bosses.columns[1:])]
        self.wanted = {form for text in {t for c in said for t in c} for form in _forms(text)}
        self.wanted.discard("")

    def look(self, texts: dict[str, list[str]], further: dict[int, list[str]]) -> None:
        """Go through further rows."""
        for at, forms in enumerate(_known_as(texts, further, self.bosses.keys)):
            if found := self.wanted.intersection(forms):
                self.wanted -= found
                for name, column in texts.items():
                    self.texts[name].append("" if name == "manager" else column[at])
                for place, column in further.items():
                    boss = place in self.bosses.columns
                    self.further[place].append("" if boss else column[at])

    def choose(self) -> Choice:
        """Where managers are named."""
        return self.bosses.choose(self.texts, self.further)


def _forms(text: str) -> set[str]:
    """Everything that a cell could say about somebody."""
    name, number = words.numbered(text)
    forms = {text, words.number(text), text.lstrip("0"), text.lower(), number}
    return forms | {words.loosely(name), words.loosely(text)}


def _known_as(
    texts: dict[str, list[str]], further: dict[int, list[str]], keys: list[int]
) -> Iterator[tuple[str, ...]]:
    """For each row everything by which a cell could name its person."""
    numbers = [words.number(text) for text in texts["employee_number"]]
    columns: list[Iterable[str]] = [numbers, [text.lstrip("0") for text in numbers]]
    columns += [[text.lower() for text in texts["email"]]] if "email" in texts else []
    names = [texts[k] for k in ("name",) if k in texts] or [
        texts[k] for k in ("first_name", "last_name") if k in texts
    ]
    if names:
        columns.append([words.loosely(" ".join(parts)) for parts in zip(*names, strict=True)])
    return zip(*columns, *(further[at] for at in keys), strict=True)
