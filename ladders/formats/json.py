"""Reads and writes ladder files in JSON, with the line of everything that was read."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from ladders.formats.report import Report
from ladders.formats.tree import Broken, Tree

SPACE = re.compile(r"[ \t\r\n]*")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
WORDS = {"true": True, "false": False, "null": None}


def read(text: str, report: Report) -> Any:
    """The document in `text` as plain values; None after saying in `report` what is wrong."""
    tree = Tree(report)
    try:
        _Reading(tree, text).run()
    except Broken as broken:
        report.error(str(broken), line=broken.line)
        return None
    return tree.value


def write(document: dict[str, Any]) -> str:
    """`document` as JSON; dates become text, for JSON has none."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n"


class _Reading:
    """A pass from left to right, without recursion, so that depth is capped by the tree."""

    def __init__(self, tree: Tree, text: str) -> None:
        self.tree, self.text, self.at = tree, text, 0
        self.closers: list[str] = []
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def run(self) -> None:
        self._value()
        while self.closers:
            self._next()
        if self._peek():
            raise self._broken("something follows after the end of the document")

    def _next(self) -> None:
        """After an opening or a value: what may come next in the innermost group."""
        closer, group = self.closers[-1], self.tree.stack[-1].value
        sign = self._peek()
        if sign == closer:
            self._close()
            return
        if group:
            self._take(",")
        if closer == "}":
            if self._peek() != '"':
                raise self._broken("a key in double quotes is expected")
            self.tree.add(self._string(), self._line())
            self._take(":")
        self._value()

    def _value(self) -> None:
        sign, line = self._peek(), self._line()
        if sign in ("{", "["):
            self.at += 1
            self.closers.append("}" if sign == "{" else "]")
            self.tree.open({} if sign == "{" else [], line)
        elif sign == '"':
            self.tree.add(self._string(), line)
        else:
            self.tree.add(self._bare(), line)

    def _close(self) -> None:
        self.at += 1
        self.closers.pop()
        self.tree.close()

    def _string(self) -> str:
        try:
            value, self.at = scanstring(self.text, self.at + 1, True)
        except json.JSONDecodeError as error:
            self.at = error.pos
            raise self._broken(error.msg[:1].lower() + error.msg[1:]) from error
        return value

    def _bare(self) -> Any:
        for word, value in WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        found = NUMBER.match(self.text, self.at)
        if not found or len(found[0]) > 400:
            raise self._broken("a value is expected")
        self.at = found.end()
        return float(found[0]) if found[1] or found[2] else int(found[0])

    def _peek(self) -> str:
        self.at = SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
        return self.text[self.at : self.at + 1]

    def _take(self, sign: str) -> None:
        if self._peek() != sign:
            raise self._broken(f"“{sign}” is expected")
        self.at += 1

    def _line(self) -> int:
        return bisect_right(self.starts, self.at)

    def _broken(self, words: str) -> Broken:
        column = self.at - self.starts[self._line() - 1] + 1
        return Broken(f"This is not JSON: {words} (column {column}).", self._line())
