"""Reads and writes ladder files in YAML: plain values only, nothing that a file could run."""

from __future__ import annotations

import copy
from typing import Any

import yaml

from ladders.formats.report import Report
from ladders.formats.tree import Broken, Tree

Reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Writer = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

PLAIN = {f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "timestamp")}
TEXT = "tag:yaml.org,2002:str"
GROUPS = {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!", None}


def read(text: str, report: Report) -> Any:
    """The document in `text` as plain values; None after saying in `report` what is wrong."""
    tree = Tree(report)
    try:
        _Reading(tree).run(yaml.parse(text, Loader=Reader))
    except Broken as broken:
        report.error(str(broken), line=broken.line)
        return None
    except yaml.MarkedYAMLError as error:
        report.error(*_said(error, text))
        return None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        report.error(f"This is not YAML that can be read: {error}")
        return None
    if not tree.complete:
        report.error("The file holds no document.", line=1)
    return tree.value


def write(document: dict[str, Any]) -> str:
    """`document` as YAML in block style, in the order of its keys."""
    return yaml.dump(document, Dumper=Writer, sort_keys=False, allow_unicode=True, width=96)


class _Reading:
    """Follows the parser's events, so that caps hold before anything is built."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open: list[tuple[str | None, int]] = []
        self.resolver = yaml.SafeLoader("")
        self.documents = 0

    def run(self, events: Any) -> None:
        for event in events:
            line = event.start_mark.line + 1
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event, line)
                case yaml.AliasEvent():
                    self._alias(event, line)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._start(event, line)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._end()
                case yaml.DocumentStartEvent():
                    self._document(line)

    def _document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            raise Broken("A second document begins here; a file holds one ladder.", line)

    def _start(self, event: Any, line: int) -> None:
        if event.tag not in GROUPS:
            raise Broken(f"The tag {event.tag} is not allowed in a ladder file.", line)
        self.open.append((event.anchor, self.tree.count))
        self.tree.open({} if isinstance(event, yaml.MappingStartEvent) else [], line)

    def _end(self) -> None:
        anchor, before = self.open.pop()
        value = self.tree.close()
        if anchor:
            self.anchors[anchor] = (value, self.tree.count - before)

    def _scalar(self, event: Any, line: int) -> None:
        value = self._value(event, line)
        self.tree.add(value, line)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)

    def _value(self, event: Any, line: int) -> Any:
        tag = event.tag
        if tag in (None, "!"):
            tag = self.resolver.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == "tag:yaml.org,2002:merge":
            raise Broken("Merging with << is not supported; write the keys out.", line)
        if tag in (TEXT, "tag:yaml.org,2002:value"):
            return event.value
        if tag not in PLAIN:
            raise Broken(f"The tag {tag} is not allowed in a ladder file.", line)
        try:
            node = yaml.ScalarNode(tag, event.value)
            return self.resolver.construct_object(node)
        except (ValueError, OverflowError, KeyError) as error:
            raise Broken(f"“{event.value[:40]}” cannot be read: {error}.", line) from error

    def _alias(self, event: Any, line: int) -> None:
        if event.anchor not in self.anchors:
            raise Broken(f"The alias *{event.anchor} stands inside itself or for nothing.", line)
        value, size = self.anchors[event.anchor]
        self.tree.grow(size - 1, line)
        self.tree.add(copy.deepcopy(value), line)


def _said(error: yaml.MarkedYAMLError, text: str) -> tuple[str, tuple, int]:
    """The message, the path (none is known) and the line of a mistake in the YAML itself."""
    mark = error.problem_mark or error.context_mark
    line = min(mark.line + 1, text.count("\n") + 1) if mark else 1
    words = ": ".join(part for part in (error.context, error.problem) if part)
    written = text.splitlines()[line - 1 : line]
    if written and "\t" in written[0][: len(written[0]) - len(written[0].lstrip())]:
        words += "; the line begins with a tab, and YAML is indented with spaces"
    return f"This is not YAML that can be read: {words}.", (), line
