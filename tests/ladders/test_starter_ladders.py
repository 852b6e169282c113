"""The ladders that come with the app are complete, balanced, and written to be read."""

import itertools
import re

GRADES = {"shared": ["g1", "g2", "g3"], "staff": ["g4", "g5", "g6"], "manager": ["g4", "g5", "g6"]}


def texts(starter: dict) -> list[str]:
    """Every sentence of the ladder."""
    said = [row["summary"] for row in starter["expectations"]]
    for row in starter["expectations"]:
        for statement in row["statements"]:
            said += [statement["text"], *statement["examples"], statement.get("counter", "")]
    return [text for text in said if text]


def test_staff_and_manager_rise_to_the_same_height(starter):
    heights = {track: [] for track in GRADES}
    for level in starter["levels"]:
        heights[level["track"]].append(level["grade"])

    assert heights == GRADES


def test_every_level_says_something_of_every_competency(starter):
    cells = [(row["competency"], *row["levels"]) for row in starter["expectations"]]
    wanted = itertools.product(
        [row["id"] for row in starter["competencies"]], [row["id"] for row in starter["levels"]]
    )

    assert sorted(cells) == sorted(wanted)
    for row in starter["expectations"]:
        assert row["summary"], row["id"]
        assert 2 <= len(row["statements"]) <= 3, row["id"]
        assert all(statement["examples"] for statement in row["statements"]), row["id"]


def test_no_sentence_stands_twice(starter):
    said = texts(starter)

    assert len(said) == len(set(said))


def test_links_join_the_tracks_at_every_grade_and_lead_back(starter):
    links = {(row["from"], row["type"], row["to"]) for row in starter["level_links"]}

    assert ("senior-engineer", "branches_to", "staff-engineer") in links
    assert ("senior-engineer", "branches_to", "engineering-manager") in links
    assert ("engineering-manager", "rejoins", "senior-engineer") in links
    assert sum(kind == "equivalent" for _, kind, _ in links) == 3


def test_it_is_british_and_speaks_of_nobody_in_particular(starter):
    said = " ".join(texts(starter))

    assert not re.findall(r"\b\w*(?:organiz|prioritiz|behavior|\bcenter\b)\w*", said, re.IGNORECASE)
    assert not re.findall(r"\b(?:he|she|his|her|you|your)\b", said, re.IGNORECASE)


def test_a_reader_can_take_in_a_cell_at_a_glance(starter):
    assert max(len(row["summary"]) for row in starter["expectations"]) <= 180
    assert max(map(len, texts(starter))) <= 200
