"""Tables and lists in Markdown and HTML, with the headings they stand under."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ladders.formats.grids import Grid, Row
from ladders.formats.report import Report
from people.tables.decoding import Unreadable

HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
ITEM = re.compile(r"^(\s*)(?:[-*+]|\d{1,3}[.)])\s+(.*)$")
OPENS = re.compile(r"^\s*([-*+#|<]|\d{1,3}[.)]\s|```)")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
STRONG = re.compile(r"(\*\*|__)(.+?)\1")
MOST_CELLS = 50_000
MOST_SPAN = 200
BLOCKS = {"br", "p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}


@dataclass(frozen=True)
class Item:
    """One entry of a list, and the headings above it: depth and words, outermost first."""

    line: int
    text: str
    above: tuple[tuple[int, str], ...]
    depth: int = 0


@dataclass
class Found:
    """What a text holds beside its prose."""

    grids: list[Grid] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    prose: list[Item] = field(default_factory=list)
    title: str = ""


def read(text: str, name: str, report: Report) -> Found:
    """Every table and every list of a text in Markdown or HTML."""
    if re.search(r"<html|<!doctype html|<body", text[:2_000], re.I):
        found = Found()
        found.grids = _html(text, 1, (), name)
        title = re.search(r"<(title|h1)[^>]*>(.*?)</\1>", text[:50_000], re.I | re.S)
        found.title = plain(re.sub("<[^>]*>", "", title[2])) if title else ""
        return found
    return _Markdown(name).read(text)


def plain(text: str) -> str:
    """Words without links, emphasis and entities."""
    text = STRONG.sub(r"\2", LINK.sub(r"\1", text))
    return html.unescape(text).replace("`", "").strip()


class _Markdown:
    def __init__(self, name: str) -> None:
        self.name, self.found = name, Found()
        self.above: list[tuple[int, str]] = []

    def read(self, text: str) -> Found:
        lines = text.split("\n")
        at = 0
        while at < len(lines):
            at = self._line(lines, at)
        return self.found

    def _line(self, lines: list[str], at: int) -> int:
        """Read what begins here; the place where to go on."""
        line = lines[at]
        if heading := HEADING.match(line):
            self._heading(len(heading[1]), plain(heading[2]))
        elif re.match(r"\s*(```|~~~)", line):
            return next(
                (
                    to + 1
                    for to in range(at + 1, len(lines))
                    if lines[to].strip() == line.strip()[:3]
                ),
                len(lines),
            )
        elif re.match(r"\s*<table\b", line, re.I):
            end = next((to for to in range(at, len(lines)) if "</table" in lines[to].lower()), None)
            end = len(lines) - 1 if end is None else end
            self._add(_html("\n".join(lines[at : end + 1]), at + 1, self._headings(), self.name))
            return end + 1
        elif (
            "|" in line
            and at + 1 < len(lines)
            and "|" in lines[at + 1]
            and RULE.match(lines[at + 1])
        ):
            return self._table(lines, at)
        elif item := ITEM.match(line):
            return self._item(lines, at, item)
        elif line.strip() and not line.lstrip().startswith("<") and not RULE.match(line):
            return self._paragraph(lines, at)
        return at + 1

    def _headings(self) -> tuple[str, ...]:
        return tuple(words for _, words in self.above)

    def _heading(self, depth: int, words: str) -> None:
        self.above = [pair for pair in self.above if pair[0] < depth] + [(depth, words)]
        if depth == 1 and not self.found.title:
            self.found.title = words

    def _table(self, lines: list[str], at: int) -> int:
        rows = [Row(at + 1, _split(lines[at]))]
        end = at + 2
        while end < len(lines) and "|" in lines[end] and lines[end].strip():
            rows.append(Row(end + 1, _split(lines[end])))
            end += 1
        self._add([Grid(self._name(), rows, self.name, self._headings())])
        return end

    def _add(self, grids: list[Grid]) -> None:
        for grid in grids:
            grid.name = grid.name or self._name()
            self.found.grids.append(grid)

    def _name(self) -> str:
        return self.above[-1][1] if self.above else ""

    def _paragraph(self, lines: list[str], at: int) -> int:
        end = at + 1
        while end < len(lines) and lines[end].strip() and not OPENS.match(lines[end]):
            end += 1
        text = plain("\n".join(line.strip() for line in lines[at:end]))
        self.found.prose.append(Item(at + 1, text, tuple(self.above)))
        return end

    def _item(self, lines: list[str], at: int, item: re.Match[str]) -> int:
        """An entry with the lines that go on under it."""
        words, end = [item[2]], at + 1
        while end < len(lines) and re.match(r"\s+\S", lines[end]) and not ITEM.match(lines[end]):
            words.append(lines[end].strip())
            end += 1
        depth = len(item[1].expandtabs(4))
        self.found.items.append(Item(at + 1, "\n".join(words).strip(), tuple(self.above), depth))
        return end


def _split(line: str) -> list[str]:
    bare = line.strip().removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    cells = re.split(r"(?<!\\)\|", bare)
    return [_cell(cell) for cell in cells]


def _cell(cell: str) -> str:
    text = re.sub(r"<br\s*/?>", "\n", cell.strip().replace("\\|", "|"), flags=re.I)
    text = re.sub(r"</?(ul|ol|p)\b[^>]*>|</li>", "", text, flags=re.I)
    text = re.sub(r"<li\b[^>]*>", "\n- ", text, flags=re.I)
    return plain(re.sub(r"</?(b|i|em|strong|span|sup|sub|div)\b[^>]*>", "", text, flags=re.I))


def _html(text: str, first: int, above: tuple[str, ...], name: str) -> list[Grid]:
    reader = _Tables(first, above, name)
    reader.feed(text)
    reader.close()
    return reader.grids


class _Tables(HTMLParser):
    """Tables with cells that span; a list in a cell becomes lines that begin with a dash."""

    def __init__(self, first: int, above: tuple[str, ...], name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.first, self.name = first, name
        self.grids: list[Grid] = []
        self.above = list(above)
        self.heading: list[str] | None = None
        self.rows: list[tuple[int, list[tuple[str, int, int]]]] | None = None
        self.cell: list[str] | None = None
        self.span, self.count = (1, 1), 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row, a cell or something inside one."""
        if tag == "table":
            self._end_table()
            self.rows = []
        elif self.rows is None:
            if re.fullmatch("h[1-6]", tag):
                self.heading = []
        elif tag in ("tr", "thead", "tbody"):
            self._end_cell()
            self.rows.append((self.getpos()[0], []))
        elif tag in ("td", "th"):
            self._end_cell()
            said = dict(attrs)
            self.span = (_span(said.get("rowspan")), _span(said.get("colspan")))
            self.cell = []
        elif self.cell is not None:
            self.cell.append("\n- " if tag == "li" else "\n" if tag in BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        """What was opened ends."""
        if tag == "table":
            self._end_table()
        elif tag in ("td", "th"):
            self._end_cell()
        elif self.heading is not None and re.fullmatch("h[1-6]", tag):
            self.above = [" ".join("".join(self.heading).split())]
            self.heading = None

    def handle_data(self, data: str) -> None:
        """Words; the source's own line breaks mean nothing."""
        target = self.heading if self.heading is not None else self.cell
        if target is not None:
            target.append(re.sub(r"\s+", " ", data))

    def close(self) -> None:
        """The end of the text ends what is still open."""
        super().close()
        self._end_table()

    def _end_cell(self) -> None:
        if self.cell is None or self.rows is None:
            return
        lines = [" ".join(line.split()) for line in "".join(self.cell).split("\n")]
        text = "\n".join(line for line in lines if line and line != "-")
        if not self.rows:
            self.rows.append((self.getpos()[0], []))
        self.rows[-1][1].append((text, *self.span))
        self.count += 1
        if self.count > MOST_CELLS:
            line = self.getpos()[0] + self.first - 1
            raise Unreadable(f"This holds more than {MOST_CELLS:,} cells.", line)
        self.cell = None

    def _end_table(self) -> None:
        self._end_cell()
        if self.rows:
            rows, merged = _laid([row for row in self.rows if row[1]])
            lines = {at: line + self.first - 1 for at, (line, _) in enumerate(rows, 1)}
            grid = Grid(
                self.above[-1] if self.above else "",
                [Row(at, cells) for at, (_, cells) in enumerate(rows, 1)],
                self.name,
                tuple(self.above),
                merged,
                lines=lines,
            )
            self.grids.append(grid)
        self.rows = None


def _laid(
    said: list[tuple[int, list[tuple[str, int, int]]]],
) -> tuple[list[tuple[int, list[str]]], list[tuple[int, int, int, int]]]:
    """Cells in their columns, and the spans of those that are merged."""
    taken: set[tuple[int, int]] = set()
    rows, merged = [], []
    for at, (line, cells) in enumerate(said, 1):
        texts: list[str] = []
        column = 0
        for text, down, across in cells:
            while (at, column) in taken:
                column += 1
            down = min(down, len(said) - at + 1)
            if down * across > 1:
                merged.append((at, column + 1, at + down - 1, column + across))
                taken |= {(at + by, column + to) for by in range(1, down) for to in range(across)}
            texts.extend([""] * (column - len(texts)))
            texts.append(text)
            texts.extend([""] * (across - 1))
            column += across
        rows.append((line, texts))
    return rows, merged


def _span(said: str | None) -> int:
    return min(int(said), MOST_SPAN) if said and said.isdecimal() and int(said) else 1
