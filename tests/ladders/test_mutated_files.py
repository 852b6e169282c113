"""Whatever happened to a file: no exception, nothing written, and a place in every refusal."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter

import pytest
from openpyxl import Workbook, load_workbook

from ladders.actions import imports
from ladders.formats import archives, documents, exports
from ladders.models import Ladder, LadderVersion
from tests.ladders.conftest import SAMPLES
from tests.ladders.generated import Maker
from tests.ladders.test_reading_tables import LONG, PLAIN

MUTATED = 2_000
MARKDOWN = """# Us
| Skill | Junior | Senior |
|---|---|---|
| Code | a<br>b | **c** |
## L1
* **Code**: writes
## L2
* **Code**: leads
"""
PAGE = "<html><table><tr><th>Skill<th>L1<th>L2<tr><td rowspan=2>Code<td colspan=2>a</table></html>"
FAMILY = """name: Ours
levels: [{id: one-ic, name: One}, {id: one-pm, name: Two}]
themes: [{id: craft, name: Craft}]
competencies: [{id: a, level: one-ic, theme: craft, summary: Writes, proficiency: Expert}]
"""
TOPICS = """---
title: T
topics:
  - name: a
    content: [{level: 1, criteria: [x]}, {level: 2, criteria: [y]}]
---
"""


def samples() -> dict[str, bytes]:
    """One small good file of every form."""
    ladder = Maker(3, plain=True).ladder()
    made = {f"made.{form.suffix}": form.write(ladder) for form in exports.FORMS.values()}
    corner = (SAMPLES / "every-corner.ladder.yaml").read_bytes()
    texts = {"plain.csv": PLAIN, "long.csv": LONG, "us.md": MARKDOWN, "page.html": PAGE}
    texts |= {"family.yml": FAMILY, "topics.md": TOPICS}
    texts |= {"tracks.json": '{"tracks": {"A": {"milestones": [{"signals": ["x"]}]}}}'}
    files = {name: text.encode() for name, text in texts.items()}
    files["several.zip"] = archives.pack({"a.md": MARKDOWN.encode(), "b.csv": PLAIN.encode()})
    return made | files | {"corner.yaml": corner}


class Mutation:
    """Ways to harm a file, chosen by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def of(self, name: str, data: bytes) -> tuple[str, bytes]:
        """Another name perhaps, and other bytes."""
        ways = [self.truncated, self.flipped, self.recoded, self.doubled, self.binary, self.renamed]
        ways += [self.swapped, self.formula, self.signs] if self._text(data) else []
        ways += [self.merged, self.part] if name.endswith("xlsx") else []
        return self.chance.choice(ways)(name, data)

    def truncated(self, name: str, data: bytes) -> tuple[str, bytes]:
        return name, data[: self.chance.randrange(len(data))]

    def flipped(self, name: str, data: bytes) -> tuple[str, bytes]:
        harmed = bytearray(data)
        for _ in range(self.chance.randint(1, 8)):
            harmed[self.chance.randrange(len(harmed))] = self.chance.randrange(256)
        return name, bytes(harmed)

    def recoded(self, name: str, data: bytes) -> tuple[str, bytes]:
        text = data.decode("utf-8", "replace")
        encoding = self.chance.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "cp037", "utf-7"])
        return name, text.encode(encoding, "replace")

    def doubled(self, name: str, data: bytes) -> tuple[str, bytes]:
        at = self.chance.randrange(len(data))
        return name, data[:at] + data[self.chance.randrange(len(data)) :]

    def binary(self, name: str, data: bytes) -> tuple[str, bytes]:
        starts = [
            b"",
            b"%PDF-1.7",
            b"\x89PNG",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0",
            b"\x1f\x8b",
            b"{",
        ]
        return name, self.chance.choice(starts) + self.chance.randbytes(300)

    def renamed(self, name: str, data: bytes) -> tuple[str, bytes]:
        ends = ["yaml", "json", "csv", "tsv", "txt", "md", "html", "xlsx", "zip", "exe", ""]
        return f"other.{self.chance.choice(ends)}", data

    def swapped(self, name: str, data: bytes) -> tuple[str, bytes]:
        lines = data.decode().split("\n")
        self.chance.shuffle(lines)
        cells = [line.split(",") for line in lines]
        for row in cells if self.chance.random() < 0.5 else []:
            self.chance.shuffle(row)
        return name, "\n".join(",".join(row) for row in cells).encode()

    def formula(self, name: str, data: bytes) -> tuple[str, bytes]:
        text = data.decode()
        at = self.chance.randrange(len(text))
        hurts = ["=cmd|'/c calc'!A1", '"', "\t", "\x00", "&a [*a, *a]", "{{", "<table>", "- *b\n"]
        return name, (text[:at] + self.chance.choice(hurts) + text[at:]).encode()

    def signs(self, name: str, data: bytes) -> tuple[str, bytes]:
        one, other = self.chance.sample([",", ";", "\t", ":", "|", "\n", "#", "-"], 2)
        return name, data.decode().replace(one, other).encode()

    def merged(self, name: str, data: bytes) -> tuple[str, bytes]:
        book, target = load_workbook(io.BytesIO(data)), io.BytesIO()
        page = book.worksheets[self.chance.randrange(len(book.worksheets))]
        for _ in range(self.chance.randint(1, 4)):
            top, left = self.chance.randint(1, 6), self.chance.randint(1, 6)
            down, across = top + self.chance.randint(0, 4), left + self.chance.randint(0, 4)
            page.merge_cells(start_row=top, start_column=left, end_row=down, end_column=across)
        book.save(target)
        return name, target.getvalue()

    def part(self, name: str, data: bytes) -> tuple[str, bytes]:
        """One part of the archive is harmed, the archive itself is whole."""
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
            harmed = self.chance.choice(source.namelist())
            for part in source.namelist():
                content = source.read(part)
                if part == harmed:
                    _, content = self.chance.choice([self.truncated, self.flipped])(part, content)
                made.writestr(part, content)
        return name, target.getvalue()

    def _text(self, data: bytes) -> bool:
        return not data.startswith(b"PK")


def look(data: bytes, name: str, **how) -> bool:
    """Read; True when it was understood. A no names a place, in a message that says something."""
    reading = documents.read(data, name, **how)
    if reading.good:
        return True
    assert reading.report.errors
    for problem in reading.report.errors:
        assert problem.line or problem.cell, (name, str(problem))
        assert len(problem.message) > 10
    return False


def test_two_thousand_mutated_files(record_property):
    files, outcomes = samples(), Counter()
    names = sorted(files)
    for name in names:
        assert look(files[name], name) or name == "tracks.json", name
    for seed in range(MUTATED):
        name = names[seed % len(names)]
        other, data = Mutation(seed).of(name, files[name])
        outcomes[look(data, other)] += 1
    record_property("mutated ladder files", MUTATED)
    record_property("mutated ladder files, refused with a place", outcomes[False])


def bomb(size: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b"<Types/>")
        made.writestr("xl/workbook.xml", b" " * size)
    return target.getvalue()


def lying_workbook() -> bytes:
    """A workbook whose sheet claims to be as large as sheets can be."""
    target, made = io.BytesIO(), io.BytesIO()
    book = Workbook()
    book.active.append(["Competency", "L1", "L2"])
    book.active.append(["Code", "a", "b"])
    book.active["XFD1048576"] = "far"
    book.save(target)
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(made, "w") as out:
        for part in source.namelist():
            content = source.read(part)
            out.writestr(part, content.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"'))
    return made.getvalue()


ALIASES = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join(['*' + chr(97 + at)] * 9)}]\n" for at in range(9)
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("large.yaml", b"x: y\n" * 10_000_000),
        ("large.csv", b"a,b,c\n" * 8_000_000),
        ("large.xlsx", b"PK\x03\x04" + b"\0" * 50_000_000),
        ("deep.yaml", b"[" * 100_000),
        ("deep.json", b'{"a":' * 100_000),
        ("aliases.yaml", ALIASES.encode()),
        ("wide.csv", b",".join([b"L1"] * 100_000)),
        ("tall.csv", b"Competency,L1,L2\n" + b"a,b,c\n" * 100_000),
        ("cell.csv", b"Competency,L1,L2\nCode," + b"x" * 1_000_000 + b",y\n"),
        ("quotes.csv", b'Competency,L1,L2\nCode,"never ends,b\n' * 100),
        ("spans.html", b"<table><tr><td colspan=999999999 rowspan=999999999>a" * 200),
        ("tables.html", b"<table>" * 50_000),
        ("heads.md", b"# a\n## b\n* c\n" * 50_000),
        ("bomb.xlsx", bomb(200_000_000)),
        ("bomb.zip", bomb(60_000_000)),
        ("lies.xlsx", lying_workbook()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_too_much_is_refused_soon(name, data):
    look(data, name)


@pytest.mark.django_db
def test_nothing_of_a_refused_file_is_written():
    for name, data in samples().items():
        for seed in range(3):
            other, harmed = Mutation(seed).of(name, data)
            if not documents.read(harmed, other).good:
                assert imports.import_file(harmed, other, by=None).failed, name
    assert not Ladder.objects.exists()
    assert not LadderVersion.objects.exists()
