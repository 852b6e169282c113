"""How far a long import is; somebody else reads it while it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Thing = TypeVar("Thing")
STEP = 500


@dataclass
class Progress:
    """What is being done, and with how many rows of how many."""

    stage: str = ""
    done: int = 0
    total: int = 0

    def begin(self, stage: str, total: int) -> None:
        """Something else is done now."""
        self.stage, self.done, self.total = stage, 0, total

    def over(self, things: Iterable[Thing], stage: str, total: int) -> Iterator[Thing]:
        """The things, counted as they are gone through."""
        self.begin(stage, total)
        for count, thing in enumerate(things, start=1):
            yield thing
            if count % STEP == 0:
                self.done = count
        self.done = self.total = max(total, 0)


SILENT = Progress()
