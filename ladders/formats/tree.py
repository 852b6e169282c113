"""Builds plain data from what a reader meets, and keeps the line of everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ladders.formats.report import Report
from ladders.formats.text import FORBIDDEN, described

DEEPEST = 50
MOST = 250_000
"""Values in one file, aliases counted as often as they are used."""


class Broken(Exception):
    """Reading cannot go on; the message and line are what the person reads."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Open:
    """A mapping or list whose end has not come yet."""

    value: dict | list
    line: int
    key: Any = None
    waiting: bool = False


@dataclass
class Tree:
    """`value` is the whole document once everything that was opened is closed."""

    report: Report
    value: Any = None
    complete: bool = False
    stack: list[Open] = field(default_factory=list)
    path: list[str | int] = field(default_factory=list)
    count: int = 0

    def open(self, value: dict | list, line: int) -> None:
        """A mapping or a list begins."""
        if len(self.stack) >= DEEPEST:
            raise Broken(f"This is nested more than {DEEPEST} levels deep.", line)
        if self._expects_key():
            raise Broken("A key must be a single value, not a list or a mapping.", line)
        self._attach(value, line)
        self.stack.append(Open(value, line))
        self.path.append("")

    def close(self) -> Any:
        """The innermost mapping or list ends."""
        self.path.pop()
        value = self.stack.pop().value
        self._after()
        return value

    def add(self, value: Any, line: int) -> None:
        """A single value, or a key when a mapping waits for one."""
        if isinstance(value, str) and (found := FORBIDDEN.search(value)):
            raise Broken(f"{described(found[0])} does not belong in a text.", line)
        if self._expects_key():
            self._key(value, line)
            return
        self._attach(value, line)
        self._after()

    def grow(self, size: int, line: int) -> None:
        """Count `size` more values, or stop."""
        self.count += size
        if self.count > MOST:
            raise Broken(f"The file holds more than {MOST:,} values.", line)

    def _expects_key(self) -> bool:
        return (
            bool(self.stack)
            and isinstance(self.stack[-1].value, dict)
            and (not self.stack[-1].waiting)
        )

    def _key(self, key: Any, line: int) -> None:
        top = self.stack[-1]
        if not isinstance(key, str):
            raise Broken(f"The key {key!r} must be text; write it in quotes.", line)
        if key in top.value:
            first = self.report.lines.get((*self.path[:-1], key))
            before = f" (first in line {first})" if first else ""
            raise Broken(f"The key “{key[:80]}” stands here twice{before}.", line)
        top.key, top.waiting = key, True
        self.path[-1] = key
        self.report.lines[tuple(self.path)] = line

    def _attach(self, value: Any, line: int) -> None:
        self.grow(1, line)
        if not self.stack:
            self.value = value
            self.report.lines.setdefault((), line)
            return
        top = self.stack[-1]
        if isinstance(top.value, dict):
            top.value[top.key] = value
            return
        self.path[-1] = len(top.value)
        self.report.lines[tuple(self.path)] = line
        top.value.append(value)

    def _after(self) -> None:
        if not self.stack:
            self.complete = True
        else:
            self.stack[-1].waiting = False
