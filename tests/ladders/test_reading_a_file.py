"""A ladder file is understood, or every reason why not names its line."""

import json
import random
import time

import pytest

from ladders.formats import documents

HEAD = """schema: career-ladder/1
framework: {id: x, title: X}
tracks: [{id: t}]
levels: [{id: a, track: t}, {id: b, track: t}]
"""


def problems(text: str | bytes, name: str = "f.yaml") -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    reading = documents.read(data, name)
    assert reading.good == (not reading.report.errors)
    return [str(problem) for problem in reading.report.problems]


def test_the_report_says_what_was_read(corner_bytes):
    report = documents.read(corner_bytes, "corner.yaml").report

    assert not report.problems
    assert report.read == {
        "tracks": 4,
        "levels": 5,
        "competencies": 5,
        "expectations": 8,
        "descriptions of steps": 1,
    }
    assert "1 track of kind “fellowship”" in report.notes[0]


def test_json_is_read_like_yaml(corner):
    text = json.dumps(corner, default=str, indent="\t")

    reading = documents.read(text.encode(), "corner.json")

    assert reading.good, list(reading.report.sentences())
    assert reading.document == json.loads(text)


def test_a_file_in_flow_style_that_looks_like_json_is_still_yaml():
    text = "{schema: career-ladder/1, framework: {id: x, title: X},"
    text += " tracks: [{id: t}], levels: [{id: a, track: t}]}"

    assert problems(text) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("levels: [{id: c, track: t}]", "f.yaml:5: error: The key “levels” stands here twice"),
        ("grades: [{id: g}]", "f.yaml:5: error: grades[0]: “rank” is missing."),
        ("level_links: [{from: a, to: z, type: precedes}]", "f.yaml:5: error: level_links[0].to"),
        ("level_links: [{from: a, to: b, type: like}]", "“like” is not one of equivalent"),
        ("level_links: [{from: a, to: a, type: precedes}]", "cannot be linked to itself"),
        ("competencies: [{id: c, pillar: p}]", "competencies[0].pillar: There is no pillar “p”"),
        ("competencies: [{id: c}, {id: c}]", "“c” was already used in line 5"),
        ("competencies: [{id: c, scale: s}]", "There is no proficiency scale “s”"),
        ("competencies: [c]", "f.yaml:5: error: competencies[0]: An entry here must be a mapping"),
        ("competencies: {id: c}", "“competencies” must be a list, not a mapping"),
        ("competencies: [{id: [1]}]", "“id” must be text, not a list"),
        ("pillars: [{id: p, parent: q}, {id: q, parent: p}]", "A pillar lies inside itself"),
        ("pillars: [{id: p, name: no}]", "“name” must be text, not False; write it in quotes"),
        ("pillars: [{id: p, order: 1.5}]", "“order” must be a whole number, not 1.5"),
        ("pillars: [{id: p, order: 99999999999}]", "must lie between"),
        ("expectations: [{competency: c, levels: [a]}]", "There is no competency “c”"),
        ("expectations: [{competency: c}]", "expectations[0]: “levels” is missing"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_path(line, said):
    found = problems(HEAD + line)

    assert any(said in problem for problem in found), found
    assert all(problem.startswith("f.yaml:5:") for problem in found)


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ("[a, nobody]", "names the level “nobody”"),
        ("{from: b, to: a}", "begins at “b”, which stands above “a”"),
        ("{track: nowhere}", "names the track 'nowhere'"),
        ("{transition: [a]}", "a transition is a list of two levels"),
        ("{only: a}", "must be a list, {from, to}, {track}"),
        ("a", "must be a list or a mapping"),
        ("[{id: a}]", "names a mapping, which is not an id"),
    ],
)
def test_a_selector_that_names_nothing_is_refused(levels, said):
    text = f"{HEAD}competencies: [{{id: c}}]\nexpectations: [{{competency: c, levels: {levels}}}]"

    (problem,) = problems(text)

    assert problem.startswith("f.yaml:6: error: expectations[0].levels:")
    assert said in problem


def test_a_proficiency_outside_of_every_scale_is_refused():
    text = HEAD + "competencies: [{id: c}]\n"
    text += "expectations: [{competency: c, levels: [a], proficiency: '9'}]"

    assert "The proficiency “9” is in no scale of “c”." in problems(text)[0]


def test_an_expectation_that_is_shown_nowhere_is_only_a_warning():
    text = HEAD + "competencies: [{id: c}]\nexpectations: [{competency: c, levels: []}]"

    assert problems(text) == [
        "f.yaml:6: warning: expectations[0].levels: This expectation is shown at no level."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty."),
        ("a: 1\nb: [1, 2", "f.yaml:2: error: This is not YAML"),
        ("a:\n\t- b", "the line begins with a tab"),
        ("a: 1\n---\nb: 2", "f.yaml:2: error: A second document begins here"),
        ("a: !!python/object/apply:os.system ['true']", "is not allowed in a ladder file"),
        ("a: !!binary aGFsbG8=", "is not allowed in a ladder file"),
        ("a: &a [*a]", "stands inside itself or for nothing"),
        ("a: *b", "stands inside itself or for nothing"),
        ("a: {<<: {b: 1}}", "Merging with << is not supported"),
        ("1: one", "must be text; write it in quotes"),
        ("? [a]\n: 1", "A key must be a single value"),
        ('a: "\\0"', "U+0000 does not belong"),
        ("a: b\x07", "U+0007 does not belong"),
        ("[" * 5000, "nested more than 50 levels deep"),
        ("- " * 5000, "nested more than 50 levels deep"),
        ("a: 2026-02-31", "cannot be read"),
        ("just words", "A ladder file is a mapping"),
        ("schema: career-ladder/9", "f.yaml:1: error: schema: The file must say"),
        (b"\xff\xfea\x00b", "f.yaml:1: error: The file begins like UTF-16 but is not."),
        ("naïve: ü".encode("latin-1"), "f.yaml:1: error: Byte 2 (0xef) is not UTF-8"),
        (b"PK\x03\x04" + b"\0" * 100, "f.yaml:1: error: The archive is damaged"),
        (b"%PDF-1.7", "a PDF document"),
        (bytes(range(256)) * 10, "f.yaml"),
    ],
)
def test_what_is_no_ladder_file_gets_a_clear_refusal(text, said):
    found = problems(text)

    assert any(said in problem for problem in found), found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,\n "b" 2}', "j.json:2: error: This is not JSON: “:” is expected (column 6)"),
        ('{"a": 1,\n "a": 2}', "j.json:2: error: The key “a” stands here twice (first in line 1)"),
        ('{"a": "\\ud800"}', "U+D800 does not belong"),
        ("[" * 5000, "nested more than 50 levels deep"),
        ('{"a": NaN}', "a value is expected"),
        ('{"a": 1} x', "something follows after the end"),
        ('{"a": "b\n"}', "This is not JSON"),
    ],
)
def test_json_is_refused_as_clearly(text, said):
    found = problems(text, "j.json")

    assert any(said in problem for problem in found), found


def test_an_alias_bomb_is_refused_before_it_goes_off():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]

    (problem,) = problems("\n".join(rows))

    assert "more than 250,000 values" in problem


def test_fifty_megabytes_are_refused_without_being_read():
    data = b"x" * (50 * 1024 * 1024)
    began = time.perf_counter()

    assert problems(data) == [
        "f.yaml:1: error: The file has 50.0 MB; a ladder file has at most 5 MB."
    ]
    assert time.perf_counter() - began < 5


def test_a_thousand_mistakes_are_counted_and_the_first_ones_listed():
    rows = ", ".join("{id: same}" for _ in range(1000))
    reading = documents.read(f"{HEAD}competencies: [{rows}]".encode(), "f.yaml")

    assert len(reading.report.problems) == 200
    assert reading.report.left_out == 799
    assert not reading.good


def test_numbers_as_ids_are_read_as_text_and_kept_as_numbers():
    text = HEAD.replace("id: b", "id: 7") + "level_links: [{from: a, to: 7, type: precedes}]"

    assert problems(text) == []


CANONICAL = [
    "ft-engineering-v1",
    "ft-engineering",
    "medium-snowflake",
    "monzo-backend",
    "unidays",
]


@pytest.mark.parametrize("name", CANONICAL)
def test_real_ladders_are_understood(real_input, name):
    path = real_input(f"_canonical-examples/{name}.ladder.yaml")

    reading = documents.read(path.read_bytes(), path.name)

    assert reading.good, list(reading.report.sentences())
    assert reading.report.problems == []


def broken(data: bytes, dice: random.Random) -> bytes:
    """The same file after an accident: cut, garbled, or with things in the wrong place."""
    text = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(text))
        accident = dice.randrange(4)
        if accident == 0:
            text[at] = dice.randrange(256)
        elif accident == 1:
            del text[at : at + dice.randint(1, 40)]
        elif accident == 2:
            stray = [b"\t", b"{", b"[", b"&a ", b"*a ", b"!!x ", b": ", b"- ", b'"', b".inf", b"\n"]
            text[at:at] = dice.choice(stray)
        else:
            del text[at + 1 :]
    return bytes(text)


def test_whatever_happened_to_a_file_it_is_read_or_refused_by_line(corner_bytes):
    dice = random.Random(2026)
    refused = 0
    for _ in range(400):
        reading = documents.read(broken(corner_bytes, dice), "f.yaml")
        refused += not reading.good
        assert reading.good == (not reading.report.errors)
        assert all(problem.line for problem in reading.report.errors)

    assert 200 < refused < 400
