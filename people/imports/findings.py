"""What is wrong with a file of any length: in a table while it is looked at, then as entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from itertools import islice

from people.imports.report import ERROR, SUMMARIES, Entries, Problem, Tally
from people.imports.stage import fill, make, rows, stream

AT_HAND = 1_000
COLUMNS = "line, place, message, severity, code, value"
BAD = "SELECT line FROM import_problem WHERE severity = 'error'"
ALL = f'SELECT {COLUMNS} FROM import_problem ORDER BY line, place COLLATE "C", seq'
KINDS = """
SELECT kind, count(DISTINCT line), count(DISTINCT value)
FROM (
    SELECT CASE WHEN code = ANY (%(codes)s) THEN code ELSE '' END AS kind, * FROM import_problem
) problem
GROUP BY kind ORDER BY count(*) DESC, min(seq)
"""
NAMES = ("line", "column", "message", "severity", "code", "value")


class Findings:
    """The table `import_problem`. Afterwards `settle` keeps what is needed without it."""

    def __init__(self) -> None:
        make(
            "import_problem",
            "seq serial, line integer, place text, message text, severity text, code text,"
            " value text",
        )
        self.errors = self.count = 0
        self.stopped = False
        self._new: list[Problem] = []
        self._kept, self._tally = Entries(), Tally(0, 0, 0, stopped=False, kinds=[])

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Problem]:
        return (Problem(**entry) for entry in self._kept)

    def __getitem__(self, at: int) -> Problem:
        return next(islice(self, at, None))

    def append(self, problem: Problem) -> None:
        """Take one; while no rows are being copied into the database."""
        self.count += 1
        if problem.severity == ERROR:
            self.errors += 1
            self.stopped |= problem.line == 0
        self._new.append(problem)
        if len(self._new) >= AT_HAND:
            self.flush()

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take several."""
        for problem in problems:
            self.append(problem)

    def flush(self) -> None:
        """Write down what was taken, so that queries see it."""
        new, self._new = self._new, []
        if new:
            fill(f"import_problem ({COLUMNS})", map(astuple, new))

    def settle(self) -> None:
        """Everything was looked at: count, and keep all of it in order."""
        self.flush()
        if not self.count:
            return
        [(lines,)] = rows(f"SELECT count(DISTINCT line) FROM ({BAD}) bad WHERE line > 0")
        self._tally = Tally(
            self.errors,
            self.count - self.errors,
            lines,
            self.stopped,
            rows(KINDS, {"codes": list(SUMMARIES)}),
        )
        self._kept = Entries(dict(zip(NAMES, row, strict=True)) for row in stream(ALL))

    def tally(self) -> Tally:
        """Everything in numbers, once it is settled."""
        return self._tally

    def entries(self) -> Entries:
        """By line, those of the whole file first, once it is settled."""
        return self._kept
