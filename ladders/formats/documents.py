"""From the bytes of a file to a checked ladder, with a report: the one entrance for every form."""

from __future__ import annotations

import re
from typing import Any

from ladders.formats import (
    archives,
    families,
    grids,
    headings,
    json,
    mappings,
    markup,
    originals,
    tabular,
    yaml,
)
from ladders.formats.checking import SCHEMA, Reading, check
from ladders.formats.mappings import FORMS, Mapping
from ladders.formats.report import Report
from ladders.formats.text import LARGEST, decode
from people.tables import decoding

__all__ = ["FORMS", "SCHEMA", "Reading", "check", "read"]

TABLES = (".csv", ".tsv", ".txt")
TEXTS = (".md", ".markdown", ".html", ".htm")

Said = dict[str, Any]


def read(
    data: bytes,
    name: str = "ladder",
    *,
    form: str | None = None,
    mapping: Said | None = None,
) -> Reading:
    """Read a ladder in any form that is known. Nothing is raised; the report says what is wrong.

    `name` is the file's, folders included: it decides where the content does not, and lends its
    version or title where nothing else names one. `form` is one of FORMS; `mapping` is plain data.
    """
    report = Report(name.replace("\\", "/").rsplit("/", 1)[-1] or name)
    report.lines[()] = 1
    how = mappings.build(mapping, report)
    form = form or how.form or None
    if form and form not in FORMS:
        report.error(f"“{form}” is no form that is read; there are {', '.join(FORMS)}.", line=1)
    if report.failed:
        return Reading(None, report)
    try:
        document = _Reader(name.replace("\\", "/"), form, how, report).read(data)
    except decoding.Unreadable as wrong:
        report.error(wrong.reason, line=wrong.line or 1)
        return Reading(None, report)
    if document is None or report.failed:
        return Reading(None, report)
    return check(document, report)


class _Reader:
    def __init__(self, name: str, form: str | None, mapping: Mapping, report: Report) -> None:
        self.name, self.form, self.mapping, self.report = name, form, mapping, report
        self.suffix = "." + name.lower().rsplit(".", 1)[-1] if "." in name else ""

    def read(self, data: bytes) -> Any:
        """What the bytes hold: the content decides first, then the name."""
        if len(data) > LARGEST:
            size = len(data) / 1024 / 1024
            self.report.error(
                f"The file has {size:.1f} MB; a ladder file has at most 5 MB.", line=1
            )
            return None
        if archives.is_archive(data):
            workbook = archives.is_workbook(data) or self.suffix in (".xlsx", ".xlsm")
            return self._workbook(data) if workbook else self._archive(data)
        text = self._text(data)
        if text is None:
            return None
        kind = self._kind(text)
        if kind == "table":
            return self._tables([(self.name, text.encode())])
        if kind == "markup":
            front = originals.front_matter(text)
            value = self._front(front) if front else None
            if value is not None or self.report.failed:
                return value
            return self._tables([(self.name, text.encode())])
        return self._value(self._parsed(text, self.name, self.report))

    def _text(self, data: bytes) -> str | None:
        """UTF-8; tables, which spreadsheets save in anything, in other encodings too."""
        marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        if marked or (self.suffix in (*TABLES, *TEXTS) and self.form != "career-ladder"):
            text, encoding = decoding.decode(data)
            if encoding != "UTF-8":
                self.report.note(f"The letters were read as {encoding}.")
            data = text.encode()
        return decode(data, self.report)

    def _kind(self, text: str) -> str:
        """`value` for YAML and JSON, `table`, or `markup`."""
        if self.form == "lists":
            return "markup"
        if self.form in ("career-ladder", "job-family", "snowflake"):
            return "value"
        if self.suffix in TEXTS or re.search(r"<table\b|^\s*<!doctype html", text, re.I):
            return "markup"
        if re.match(r"\s*(schema:\s|[{\[])", text) and self.suffix not in (".csv", ".tsv"):
            return "value"
        if self.suffix in TABLES or (self.form in ("matrix", "long") and self.suffix != ".json"):
            return "table"
        if self.suffix in (".yaml", ".yml", ".json") or re.search(r"^schema:\s", text, re.M):
            return "value"
        if re.search(r"^\s*\|?\s*:?-{2,}:?\s*\|", text, re.M) or re.match(r"#{1,3} ", text):
            return "markup"
        first = text.lstrip().split("\n", 1)[0]
        return "table" if max(first.count(sign) for sign in ",;\t") > 1 else "value"

    def _parsed(self, text: str, name: str, report: Report) -> Any:
        """YAML reads most JSON too, but not all of it: what looks like JSON is tried as JSON."""
        named = name.lower().endswith(".json")
        if text.lstrip()[0] not in "{[" and not named:
            return yaml.read(text, report)
        before = dict(vars(report))
        attempt = Report(report.file, {(): 1}, notes=list(report.notes))
        value = json.read(text, attempt)
        if attempt.failed and not named:
            second = Report(report.file, {(): 1}, notes=list(report.notes))
            flow = yaml.read(text, second)
            if not second.failed:
                attempt, value = second, flow
        vars(report).update({**before, **vars(attempt)})
        return value

    def _value(self, value: Any) -> Any:
        """The document in parsed data, by its shape."""
        report, how = self.report, self.mapping
        if report.failed:
            return None
        if isinstance(value, dict) and ("schema" in value or self.form == "career-ladder"):
            if isinstance(value.get("framework"), dict):
                value["framework"] |= how.head
            return value
        shapes = (
            (families.fits, families.read),
            (originals.has_milestones, originals.milestones),
            (originals.has_topics, originals.topics),
        )
        for fits, read in shapes:
            if fits(value):
                title = value.get("name") or value.get("title")
                known = {"title": str(title)} if title else {}
                return read(value, how, report, tabular.head(how, self.name, report, known=known))
        if tabular.is_records(value):
            tables = tabular.from_records(value, self.name, report)
            return tabular.read(tables, [], how, self.form, report, self.name)
        return value

    def _front(self, text: str) -> Any:
        attempt = Report(self.report.file, {(): 1})
        value = yaml.read(text, attempt)
        if attempt.failed and re.search(r"^topics:", text, re.M):
            vars(self.report).update(vars(attempt))
            return None
        if not originals.has_topics(value):
            return None
        vars(self.report).update(vars(attempt))
        return self._value(value)

    def _workbook(self, data: bytes) -> Any:
        tables = grids.from_workbook(data, self.name, self.report)
        return tabular.read(tables, [], self.mapping, self.form, self.report, self.name)

    def _tables(self, files: list[tuple[str, bytes]]) -> Any:
        tables, texts = [], []
        for name, data in files:
            own = name.rsplit("/", 1)[-1]
            if name.lower().endswith(".xlsx"):
                tables += grids.from_workbook(data, own, self.report)
                continue
            text, _ = decoding.decode(data)
            if name.lower().endswith((".csv", ".tsv", ".txt")) and self.form != "lists":
                found = grids.from_csv(text, own, self.report)
                found[0].name = (
                    headings.bare(own.rsplit(".", 1)[0]).capitalize() if len(files) > 1 else ""
                )
                tables += found
            else:
                texts.append((own, markup.read(text, own, self.report)))
        return tabular.read(tables, texts, self.mapping, self.form, self.report, self.name)

    def _archive(self, data: bytes) -> Any:
        """One ladder in several files: the parts of an older shape, or a table each."""
        files = archives.unpack(data)
        if self.mapping.file:
            files = {n: c for n, c in files.items() if n.endswith(self.mapping.file)}
        if not files:
            self.report.error("The archive holds no file that a ladder is written in.", line=1)
            return None
        if len(files) == 1:
            ((name, content),) = files.items()
            self.report.note(f"Of the archive, {name} was read.")
            self.report.file = name.rsplit("/", 1)[-1]
            return _Reader(f"{self.name}/{name}", self.form, self.mapping, self.report).read(
                content
            )
        values = {
            name: content
            for name, content in files.items()
            if name.lower().endswith((".yml", ".yaml", ".json"))
        }
        if values:
            return self._parts(values)
        return self._tables(sorted(files.items()))

    def _parts(self, files: dict[str, bytes]) -> Any:
        parsed: dict[str, Any] = {}
        for name, content in sorted(files.items()):
            inner = Report(name.rsplit("/", 1)[-1], {(): 1})
            text = decode(content, inner)
            parsed[name] = None if text is None else self._parsed(text, name, inner)
            if inner.failed:
                self.report.failed += inner.failed
                self.report.problems += inner.problems
            stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
            self.report.lines |= {(stem, *path): line for path, line in inner.lines.items()}
        if self.report.failed:
            return None
        joined = families.joined(parsed)
        if joined is None:
            names = ", ".join(sorted(files)[:10])
            self.report.error(
                f"The archive holds several files ({names}); name one under “file” in a mapping.",
                line=1,
            )
            return None
        self.report.note(f"One ladder in several files: {', '.join(sorted(files))}.")
        inside = next(iter(sorted(files)))
        head = tabular.head(self.mapping, f"{self.name}/{inside}", self.report)
        return families.read(joined, self.mapping, self.report, head)
