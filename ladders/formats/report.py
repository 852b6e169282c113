"""What was read from a file, and what is wrong with it: the answer of every importer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

MOST = 200
"""Problems listed one by one; the rest is counted."""

Path = tuple[str | int, ...]


def dotted(path: Path) -> str:
    """A place inside a document: `levels[3].grade`."""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong (`error`: nothing is imported) or odd (`warning`)."""

    severity: str
    file: str
    line: int | None
    path: str
    message: str
    cell: str = ""

    @property
    def place(self) -> str:
        """Where it stands: `ladder.yaml:12`, or `ladder.xlsx: Sheet1!B4`."""
        if self.cell:
            return f"{self.file}: {self.cell}"
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        inside = f" {self.path}:" if self.path else ""
        return f"{self.place}: {self.severity}:{inside} {self.message}"


@dataclass
class Report:
    """Filled while a file is read; says what came of it afterwards."""

    file: str
    lines: dict[Path, int] = field(default_factory=dict)
    cells: dict[Path, str] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0
    failed: int = 0
    outcome: str = ""
    became: tuple[str, str] | None = None
    """The ladder's address and the number of the version that the file became."""

    def error(self, message: str, path: Path = (), line: int | None = None, cell: str = "") -> None:
        """Note something that keeps the file out."""
        self.failed += 1
        self._add("error", message, path, line, cell)

    def warn(self, message: str, path: Path = (), line: int | None = None, cell: str = "") -> None:
        """Note something that a person should look at; the file may come in."""
        self._add("warning", message, path, line, cell)

    def note(self, message: str) -> None:
        """Say once what was guessed."""
        if message not in self.notes:
            self.notes.append(message)

    @property
    def errors(self) -> list[Problem]:
        """What keeps the file out."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def line_of(self, path: Path) -> int | None:
        """The line of `path`, or of the nearest thing around it."""
        return _nearest(self.lines, path)

    def as_data(self) -> dict[str, Any]:
        """The report as plain values, for an API or a page."""
        return {
            "file": self.file,
            "outcome": self.outcome,
            "read": self.read,
            "notes": self.notes,
            "problems": [vars(problem) for problem in self.problems],
            "left_out": self.left_out,
        }

    def sentences(self) -> Iterator[str]:
        """The report as lines of text, for a terminal."""
        yield from map(str, self.problems)
        if self.left_out:
            yield f"{self.file}: and {self.left_out} more of the same kind."
        if self.read:
            yield f"{self.file}: read {counted(self.read.items())}."
        yield from (f"{self.file}: {note}" for note in self.notes)
        if self.outcome:
            yield f"{self.file}: {self.outcome}"

    def _add(self, severity: str, message: str, path: Path, line: int | None, cell: str) -> None:
        if len(self.problems) >= MOST:
            self.left_out += 1
            return
        line = line or self.line_of(path)
        cell = cell or _nearest(self.cells, path) or ""
        self.problems.append(Problem(severity, self.file, line, dotted(path), message, cell))


def _nearest(places: dict[Path, Any], path: Path) -> Any:
    return next((places[path[:to]] for to in range(len(path), -1, -1) if path[:to] in places), None)


def counted(numbers: Iterable[tuple[str, int]]) -> str:
    """Counts in words: `3 tracks, 1 level`."""
    singular = {"competencies": "competency"}
    return ", ".join(
        f"{number} {name if number != 1 else singular.get(name, name.removesuffix('s'))}"
        for name, number in numbers
    )
