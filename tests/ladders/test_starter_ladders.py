"""The ladders that come with the app are complete, balanced, and written to be read."""

from __future__ import annotations

import itertools
import re

import pytest

from ladders.formats import documents
from tests.ladders.conftest import STARTERS

GRADES = {"shared": ["g1", "g2", "g3"], "staff": ["g4", "g5", "g6"], "manager": ["g4", "g5", "g6"]}
SCALE = [(f"g{rank}", rank, f"Grade {rank}") for rank in range(1, 7)]
KINDS = {"shared": "shared", "staff": "individual_contributor", "manager": "management"}
ARCHETYPES = {"tech lead", "solver", "architect", "right hand"}
AMERICAN = r"\b\w*(?:organiz|prioritiz|recogniz|analyz|behavior|labeling|\bcenter\b)\w*"
SOMEBODY = r"\b(?:he|she|him|his|hers?|himself|herself|you|your|man|men|woman|women|guys?)\b"
NOT_NEUTRAL = (
    r"\b(?:rock ?stars?|ninjas?|gurus?|wizards?|superstars?|hero(?:es|ic)?|genius(?:es)?|10x"
    r"|gifted|talent(?:s|ed)?|brilliant|clever|smart|passionate|aggressive(?:ly)?|dominant"
    r"|fearless|young|energetic|junior|native speakers?|cultur\w+ fit|manpower|man-\w+|chairman"
    r"|mankind|crazy|sanity|blacklist|whitelist)\b"
)


@pytest.fixture(scope="module", params=sorted(STARTERS.iterdir()), ids=lambda path: path.name)
def reading(request) -> documents.Reading:
    """One file of the folder as the importer reads it."""
    return documents.read(request.param.read_bytes(), request.param.name)


@pytest.fixture(scope="module")
def starter(reading) -> dict:
    """What the file says."""
    return reading.document


def cell_texts(row: dict) -> list[str]:
    """Every sentence of one cell."""
    said = [row.get("summary", "")]
    for statement in row.get("statements", ()):
        said += [statement["text"], *statement["examples"], statement.get("counter", "")]
    return [text for text in said if text]


def texts(starter: dict) -> list[str]:
    """Every sentence of the cells."""
    return [text for row in starter["expectations"] for text in cell_texts(row)]


def levels_of(starter: dict, track: str) -> list[dict]:
    """The levels of one track, from the lowest."""
    return [level for level in starter["levels"] if level["track"] == track]


def links_of(starter: dict) -> set[tuple[str, str, str]]:
    """The links as from, type, to."""
    return {(row["from"], row["type"], row["to"]) for row in starter["level_links"]}


def test_it_comes_in_without_a_warning(reading):
    assert not reading.report.problems
    assert reading.report.file == f"{reading.document['framework']['id']}.ladder.yaml"


def test_all_ladders_share_one_scale_and_the_same_tracks(starter):
    assert [(row["id"], row["rank"], row["name"]) for row in starter["grades"]] == SCALE
    assert {row["id"]: row["kind"] for row in starter["tracks"]} == KINDS


def test_staff_and_manager_rise_to_the_same_height(starter):
    heights = {track: [row["grade"] for row in levels_of(starter, track)] for track in GRADES}

    assert heights == GRADES
    assert [row["order"] for row in starter["levels"]] == [1, 2, 3, 4, 5, 6, 4, 5, 6]


def test_every_level_says_something_of_every_competency(starter):
    cells = [(row["competency"], *row["levels"]) for row in starter["expectations"]]
    wanted = itertools.product(
        [row["id"] for row in starter["competencies"]], [row["id"] for row in starter["levels"]]
    )

    assert sorted(cells) == sorted(wanted)


def test_a_cell_is_shown_by_statements_and_examples_or_says_that_nothing_is_expected(starter):
    for row in starter["expectations"]:
        if row["state"] == "not_applicable":
            assert not cell_texts(row), row["id"]
            continue
        assert row["state"] == "stated", row["id"]
        assert row["summary"], row["id"]
        assert 1 <= len(row["statements"]) <= 3, row["id"]
        assert all(statement["examples"] for statement in row["statements"]), row["id"]


def test_no_sentence_stands_twice(starter):
    said = texts(starter)

    assert len(said) == len(set(said))


def test_links_join_the_tracks_at_every_grade_and_lead_back(starter):
    shared, staff, manager = ([row["id"] for row in levels_of(starter, key)] for key in GRADES)
    steps = itertools.chain.from_iterable(map(itertools.pairwise, (shared, staff, manager)))
    wanted = {(below, "precedes", above) for below, above in steps}
    wanted |= {(one, "equivalent", other) for one, other in zip(staff, manager, strict=True)}
    wanted |= {(shared[-1], "branches_to", first) for first in (staff[0], manager[0])}
    wanted.add((manager[0], "rejoins", shared[-1]))

    assert links_of(starter) == wanted


def test_levels_tell_how_long_they_usually_take_and_where_one_may_stay(starter):
    for track in GRADES:
        levels = levels_of(starter, track)
        assert levels[-1]["terminal"], track
        for level in levels:
            months = level.get("typical_months")
            assert months or level["grade"] == "g6", level["id"]
            assert not months or 0 < months["min"] < months["max"], level["id"]


def test_archetypes_belong_to_the_staff_levels(starter):
    for level in starter["levels"]:
        kinds = level.get("archetypes", [])
        assert bool(kinds) == (level["track"] == "staff"), level["id"]
        assert set(kinds) <= ARCHETYPES, level["id"]


def test_it_is_british_and_speaks_of_nobody_in_particular(starter):
    said = " ".join(texts(starter))

    assert not re.findall(AMERICAN, said, re.IGNORECASE)
    assert not re.findall(SOMEBODY, said, re.IGNORECASE)


def test_its_words_are_neutral(starter):
    for row in starter["expectations"]:
        assert not re.findall(NOT_NEUTRAL, " ".join(cell_texts(row)), re.IGNORECASE), row["id"]


def test_a_reader_can_take_in_a_cell_at_a_glance(starter):
    assert max(len(row.get("summary", "")) for row in starter["expectations"]) <= 180
    assert max(map(len, texts(starter))) <= 200
