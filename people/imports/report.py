"""What an import found out, as plain data: the page, the API and the command show the same."""

from __future__ import annotations

import hashlib
import json
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import Any
from weakref import finalize

PAGE = 100  # entries of a list that are kept, shown and sent together
FIRST = 20  # entries of each list that stand in the report itself; its pages have all
AT_HAND = 256 * 1024  # bytes of a packed list; what is longer waits on the disk
PARTS = ("problems", "changed", "left", "created", "not_in_file", "teams")

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """Something wrong, and where: `line` counts from 1 and includes the heading; 0 is the file."""

    line: int
    column: str
    message: str
    severity: str = ERROR
    code: str = ""
    value: str = ""


SUMMARIES = {
    "duplicate": ("{rows} rows share an employee number with another row", "employee numbers"),
    "manager": ("{rows} rows name a manager who is neither in the file nor known", "managers"),
    "fallen": ("{rows} rows name a manager whose own row has a problem", "managers"),
    "self": ("{rows} rows name the person as their own manager", ""),
    "circle": ("{rows} rows are part of a circle of managers", ""),
    "date": ("{rows} rows have a date that cannot be used", ""),
    "email": ("{rows} rows have an e-mail address that cannot be used", ""),
    "column": ("A column is missing, or is read in another way than its heading says", ""),
    "encoding": ("The letters of the file were guessed", ""),
    "shape": ("{rows} rows have nobody in them, or have too many cells", ""),
    "history": ("{rows} rows have what was before or comes later", ""),
    "zeros": ("{rows} rows have a number that is known with other zeros before it", ""),
}


class Entries:
    """A list that may be long: counted, fingerprinted, its first ones at hand, all of it packed."""

    def __init__(self, entries: Iterable[dict[str, Any]] = ()) -> None:
        self.count = 0
        self.first: list[dict[str, Any]] = []
        self._sizes = array("L")
        self._pages = SpooledTemporaryFile(AT_HAND)  # noqa: SIM115 - closed with the list
        finalize(self, self._pages.close)
        self._open: list[str] = []
        self._digest = hashlib.sha256()
        for entry in entries:
            self.append(entry)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for page in self.packed():
            yield from unpacked(page)

    def append(self, entry: dict[str, Any]) -> None:
        """Take an entry of plain values."""
        text = _json(entry)
        self._digest.update(text.encode())
        self.count += 1
        if len(self.first) < FIRST:
            self.first.append(entry)
        self._open.append(text)
        if len(self._open) == PAGE:
            self._pack()

    def packed(self) -> Iterator[bytes]:
        """Every page, as `unpacked` reads it. Nothing can be taken after the last one."""
        if self._open:
            self._pack()
        begins = 0
        for size in self._sizes:
            self._pages.seek(begins)
            yield self._pages.read(size)
            begins += size

    def digest(self) -> str:
        """A fingerprint of everything that was taken."""
        return self._digest.hexdigest()

    def _pack(self) -> None:
        page = zlib.compress(f"[{','.join(self._open)}]".encode(), 1)
        self._pages.seek(0, SEEK_END)
        self._pages.write(page)
        self._sizes.append(len(page))
        self._open = []


_json = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":")).encode


def unpacked(page: bytes) -> list[dict[str, Any]]:
    """The entries of one page."""
    return json.loads(zlib.decompress(page))


@dataclass(frozen=True)
class Tally:
    """Problems in numbers. `kinds` holds (code, lines, different values), most frequent first."""

    errors: int
    warnings: int
    rows: int
    stopped: bool
    kinds: list[tuple[str, int, int]]


class Problems(list[Problem]):
    """What is wrong with a file that fits into memory."""

    def tally(self) -> Tally:
        """Everything in numbers."""
        errors = [problem for problem in self if problem.severity == ERROR]
        kinds: dict[str, list[Problem]] = {}
        for problem in self:
            kinds.setdefault(problem.code if problem.code in SUMMARIES else "", []).append(problem)
        ranked = sorted(kinds.items(), key=lambda kind: -len(kind[1]))
        return Tally(
            len(errors),
            len(self) - len(errors),
            len({problem.line for problem in errors if problem.line}),
            any(problem.line == 0 for problem in errors),
            [
                (code, len({problem.line for problem in some}), len({p.value for p in some}))
                for code, some in ranked
            ],
        )

    def entries(self) -> Entries:
        """By line, those of the whole file first."""
        return Entries(
            map(asdict, sorted(self, key=lambda problem: (problem.line, problem.column)))
        )


@dataclass
class Report:
    """Rows read, what would change, and every problem by line."""

    described: str
    rows: int = 0
    columns: list[dict[str, Any]] = field(default_factory=list)
    created: Entries = field(default_factory=Entries)
    changed: Entries = field(default_factory=Entries)
    left: Entries = field(default_factory=Entries)
    not_in_file: Entries = field(default_factory=Entries)
    teams: Entries = field(default_factory=Entries)
    unchanged: int = 0
    problems: Any = field(default_factory=Problems)
    left_out: int = 0
    skips: bool = False
    on: str = ""
    mapping: str = ""

    @property
    def unused(self) -> list[str]:
        """Columns that mean nothing here."""
        return [column["column"] for column in self.columns if not column["field"]]

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep their rows out."""
        return [problem for problem in self.problems if problem.severity == ERROR]

    @property
    def rows_with_errors(self) -> int:
        """How many rows cannot be imported as they are."""
        return self.problems.tally().rows

    @property
    def blocked(self) -> bool:
        """True when nothing may be imported: the file has errors and nobody said to skip them."""
        tally = self.problems.tally()
        return tally.stopped or (tally.errors > 0 and not self.skips)

    @property
    def stopped(self) -> bool:
        """True when the file as a whole has a problem, which no left out row mends."""
        return self.problems.tally().stopped

    @property
    def changes(self) -> bool:
        """True when confirming would write anything."""
        return bool(self.created or self.changed or self.left or self.teams)

    def counts(self) -> dict[str, int]:
        """The numbers at a glance."""
        tally = self.problems.tally()
        return {
            "rows": self.rows,
            "created": len(self.created),
            "changed": len(self.changed),
            "left": len(self.left),
            "unchanged": self.unchanged,
            "not_in_file": len(self.not_in_file),
            "teams": len(self.teams),
            "errors": tally.errors,
            "warnings": tally.warnings,
            "rows_with_errors": tally.rows,
            "left_out": self.left_out,
        }

    def digest(self) -> str:
        """A fingerprint of what confirming would write; another one means: look again."""
        would = [self.created, self.changed, self.left, self.teams]
        return hashlib.sha256("".join(part.digest() for part in would).encode()).hexdigest()

    def summary(self) -> list[str]:
        """The problems by kind, one sentence each, most frequent first."""
        return [_sentence(*kind) for kind in self.problems.tally().kinds]

    def plain(self) -> dict[str, Any]:
        """The report as JSON: of each list the first entries; `lists` has them all."""
        first = {part: entries.first for part, entries in self.lists().items()}
        return {
            "described": self.described,
            "on": self.on,
            "counts": self.counts(),
            "columns": self.columns,
            "unused": self.unused,
            **first,
            "summary": self.summary(),
            "blocked": self.blocked,
            "stopped": self.stopped,
            "skips": self.skips,
            "digest": self.digest(),
        }

    def lists(self) -> dict[str, Entries]:
        """Every list under its name."""
        return {part: getattr(self, part) for part in PARTS if part != "problems"} | {
            "problems": self.problems.entries()
        }


def _sentence(code: str, rows: int, distinct: int) -> str:
    words, values = SUMMARIES.get(code, ("{rows} rows have a cell that cannot be used", ""))
    told = words.format(rows=rows)
    if rows == 1:
        told = (
            told.replace("1 rows", "1 row").replace(" name ", " names ").replace(" have ", " has ")
        )
        told = told.replace(" share ", " shares ").replace(" are part", " is part")
    return f"{told} ({distinct} different {values})." if values and distinct > 1 else f"{told}."
