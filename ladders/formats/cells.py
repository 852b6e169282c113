"""What stands in one cell of a matrix: statements, an introduction, examples, or “not expected”."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

BULLET = re.compile(r"^\s*(?:[-*•·◦‣–—▪●]|\d{1,2}[.)])\s+(?=\S)")
EXAMPLE = re.compile(r"^\s*(?:[-*•·◦‣–—▪●]\s+)?(?:Example|For example|E\.g\.)\s*:\s*(?=\S)", re.I)
NOTHING = {"-", "–", "—", "n/a", "na", "not applicable", "not expected", "none expected"}
NOT_EXPECTED = "Not expected"
PROFICIENCY = "Proficiency: "
MARK = "• "
IN = "  "
EXAMPLE_MARK = f"{IN}Example: "

Said = dict[str, Any]


def read(text: str, null_tokens: tuple[str, ...] = (), steps: Collection[str] = ()) -> Said:
    """The words of an expectation: `state`, or `summary` and `statements`; a step of `steps`."""
    top, _, rest = text.partition("\n")
    if top.startswith(PROFICIENCY) and top.removeprefix(PROFICIENCY) in steps:
        step = {"proficiency": top.removeprefix(PROFICIENCY)}
        return step | (read(rest, null_tokens) if rest else {})
    if text.casefold() in NOTHING:
        return {"state": "not_applicable"}
    if text in null_tokens:
        return {"state": "undefined", "x_token": text}
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if BULLET.match(line)), None)
    if first is None:
        return {"statements": [_examples(lines)]}
    intro = "\n".join(lines[:first]).strip()
    items = _items(lines[first:])
    said: Said = {"summary": intro} if intro else {}
    return said | {"statements": [_examples(item) for item in items]}


def write(expectation: Said, null_tokens: tuple[str, ...] = ()) -> str:
    """The reverse of `read` for what a cell can hold."""
    step = expectation.get("proficiency")
    words = _words(expectation, null_tokens)
    if step is None:
        return words
    return f"{PROFICIENCY}{step}\n{words}" if words else f"{PROFICIENCY}{step}"


def _words(expectation: Said, null_tokens: tuple[str, ...]) -> str:
    if expectation.get("state") == "not_applicable":
        return NOT_EXPECTED
    if expectation.get("state") == "undefined":
        return str(expectation.get("x_token", ""))
    statements = expectation.get("statements") or []
    summary = expectation.get("summary") or ""
    if not statements:
        return summary
    if len(statements) == 1 and not summary:
        bare = _told(statements[0], bullet=False)
        if read(bare, null_tokens) == {"statements": statements}:
            return bare
    told = [_told(entry, bullet=True) for entry in statements]
    return "\n".join([*([summary] if summary else []), *told])


def _items(lines: list[str]) -> list[list[str]]:
    """Each bullet with the lines that belong to it: examples, and all that stands further in."""
    items: list[list[str]] = []
    edge = _edge(lines[0])
    for line in lines:
        if EXAMPLE.match(line) and items:
            items[-1].append(line.strip())
        elif BULLET.match(line) and _edge(line) <= edge:
            items.append([BULLET.sub("", line, count=1)])
        else:
            items[-1].append(line.removeprefix(IN))
    return items


def _edge(line: str) -> int:
    return len(line) - len(line.lstrip())


def _examples(lines: list[str]) -> Said:
    """A statement and its examples."""
    first = next((at for at, line in enumerate(lines[1:], 1) if EXAMPLE.match(line)), len(lines))
    groups: list[list[str]] = []
    for line in lines[first:]:
        if EXAMPLE.match(line):
            groups.append([EXAMPLE.sub("", line, count=1)])
        else:
            groups[-1].append(line)
    said: Said = {"text": "\n".join(lines[:first]).strip()}
    if examples := ["\n".join(group).strip() for group in groups]:
        said["examples"] = examples
    return said


def _told(statement: Said, *, bullet: bool) -> str:
    within = f"\n{IN}" if bullet else "\n"
    lines = [f"{MARK if bullet else ''}{statement['text']}".replace("\n", within)]
    examples = statement.get("examples") or []
    lines += [f"{EXAMPLE_MARK}{example}".replace("\n", within) for example in examples]
    return "\n".join(lines)
