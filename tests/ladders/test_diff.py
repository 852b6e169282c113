"""The difference of two versions: what is new or raised is MAJOR, less or clearer MINOR."""

from __future__ import annotations

import copy
import random
from collections import Counter

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ladders.diff import Class, compare
from ladders.diff.summing import sentence
from tests.ladders.conftest import STARTERS
from tests.ladders.edits import EDITS
from tests.ladders.test_reading_a_file import CANONICAL

EACH = -(-500 // len(EDITS))
OPPOSITE = {"added": "removed", "removed": "added", "changed": "changed", "moved": "moved"}
SCALE = {"id": "s", "levels": [{"id": str(n), "rank": n, "name": f"Step {n}"} for n in (1, 2, 3)]}


@pytest.fixture(scope="module")
def small() -> dict:
    """Part of a starter, with steps: small enough to be compared a thousand times."""
    document = yaml.safe_load((STARTERS / "software-engineering.ladder.yaml").read_bytes())
    kept = ["associate-engineer", "engineer", "senior-engineer", "staff-engineer"]
    document["levels"] = [row for row in document["levels"] if row["id"] in kept]
    document["level_links"] = [
        row for row in document["level_links"] if row["from"] in kept and row["to"] in kept
    ]
    document["competencies"] = document["competencies"][:3]
    competencies = {row["id"] for row in document["competencies"]}
    document["expectations"] = [
        row
        for row in document["expectations"]
        if row["competency"] in competencies and set(row["levels"]) <= set(kept)
    ]
    return document | {"proficiency_scales": [SCALE]}


def edited(small: dict, edit, seed: int) -> tuple[dict, dict]:
    old, new = copy.deepcopy(small), copy.deepcopy(small)
    edit(old, new, random.Random(seed))
    return old, new


# --- A version with itself -----------------------------------------------------------------
def test_a_version_with_itself(corner):
    difference = compare(corner, copy.deepcopy(corner))

    assert difference.changes == []
    assert difference.klass is Class.NONE
    assert sentence(difference) == "Nothing changed."


@pytest.mark.parametrize("path", sorted(STARTERS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_starter_with_itself(path):
    data = path.read_bytes()

    assert compare(yaml.safe_load(data), yaml.safe_load(data)).changes == []


@pytest.mark.parametrize("name", CANONICAL)
def test_a_real_ladder_with_itself(real_input, name):
    data = real_input(f"_canonical-examples/{name}.ladder.yaml").read_bytes()

    assert compare(yaml.safe_load(data), yaml.safe_load(data)).changes == []


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
cells = st.fixed_dictionaries(
    {"competency": st.sampled_from("abc"), "levels": st.lists(st.sampled_from("123"), max_size=3)},
    optional={
        "id": words, "summary": words, "state": st.sampled_from(["stated", "inherits", "", None]),
        "proficiency": st.sampled_from(["1", "2", "?"]), "requirement": words, "x_own": words,
        "statements": st.lists(st.fixed_dictionaries({"text": words}, optional={
            "id": words, "kind": words, "examples": st.lists(words, max_size=2)}), max_size=3),
    },
)  # fmt: skip


def ladder(expectations: list[dict], cumulative: bool | None) -> dict:
    return {
        "framework": {"id": "x", "title": "X", "cumulative": cumulative},
        "tracks": [{"id": "t"}],
        "levels": [{"id": key, "track": "t"} for key in "123"],
        "competencies": [{"id": key} for key in "abc"],
        "proficiency_scales": [SCALE],
        "expectations": expectations,
    }


ladders = st.builds(ladder, st.lists(cells, max_size=5), st.sampled_from([True, False, None]))


@given(one=ladders)
@settings(max_examples=100)
def test_any_ladder_with_itself(one):
    assert compare(one, copy.deepcopy(one)).changes == []


@given(one=ladders, other=ladders)
@settings(max_examples=60)
def test_any_two_ladders_can_be_compared(one, other):
    difference = compare(one, other)

    assert all(change.words and change.klass is not Class.NONE for change in difference.changes)
    assert difference.levels_raised <= {"1", "2", "3"}


# --- The rule ------------------------------------------------------------------------------
def test_500_edits_are_classified_as_the_rule_says(small, record_property):
    wrong, right = [], Counter()
    for klass, edit in EDITS:
        for seed in range(EACH):
            difference = compare(*edited(small, edit, seed))
            if difference.klass is klass:
                right[klass] += 1
            else:
                wrong.append((edit.__name__, seed, difference.klass, difference.changes[:3]))

    assert not wrong, wrong[:5]
    assert sum(right.values()) >= 500
    told = ", ".join(f"{number} {klass.label}" for klass, number in sorted(right.items()))
    record_property("ladder edits classified as the rule says", f"{right.total()} ({told})")


def test_both_directions_tell_of_the_same_changes(small, record_property):
    compared = 0
    for _, edit in EDITS:
        for seed in range(3):
            old, new = edited(small, edit, seed)
            forth, back = compare(old, new).changes, compare(new, old).changes
            compared += 1

            assert Counter(_seen(change, change.kind) for change in forth) == Counter(
                _seen(change, OPPOSITE[change.kind]) for change in back
            ), edit.__name__
    record_property("ladder edits that read the same from both sides", compared)


def _seen(change, kind: str) -> tuple:
    return change.section, change.key, change.level, kind


def test_an_edit_that_asks_for_more_names_its_level(small):
    for klass, edit in EDITS:
        difference = compare(*edited(small, edit, 1))
        if klass is Class.MAJOR and edit.__name__ != "a_new_competency":
            assert difference.levels_raised, edit.__name__
        elif klass is not Class.MAJOR:
            assert not difference.levels_raised, edit.__name__


# --- The number ----------------------------------------------------------------------------
def test_the_first_version_is_one(corner):
    difference = compare(None, corner)

    assert difference.klass is Class.MAJOR
    assert difference.number_after("") == "1.0.0"
    assert difference.levels_raised == {str(row["id"]) for row in corner["levels"]}
    assert sentence(difference) == "This is the first version."


@pytest.mark.parametrize(
    ("klass", "before", "after"),
    [
        (Class.MAJOR, "1.4.2", "2.0.0"),
        (Class.MINOR, "1.4.2", "1.5.0"),
        (Class.PATCH, "1.4.2", "1.4.3"),
        (Class.MINOR, "2026", "2026.1.0"),
        (Class.MAJOR, "v3.1", "4.0.0"),
        (Class.PATCH, "draft", "1.0.0"),
    ],
)
def test_the_number_grows_in_the_place_of_the_class(small, klass, before, after):
    edit = next(edit for wanted, edit in EDITS if wanted is klass)

    assert compare(*edited(small, edit, 0)).number_after(before) == after


# --- Sentences -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "after", "klass"),
    [
        ("Writes tests.", "Write tests", Class.PATCH),
        ("Cannot explain it.", "Can not explain it.", Class.PATCH),
        ("Writes tests and docs. Plans.", "Writes tests and docs.", Class.MINOR),
        ("Plans it. Builds it.", "Builds it. Plans it.", Class.MINOR),
        ("Writes clear code and tests it.", "Writes clear code. Tests it.", Class.MINOR),
        ("All changes are reviewed.", "Changes are reviewed.", Class.MINOR),
        ("Leads projects and teams.", "Leads projects.", Class.MINOR),
        ("Writes tests.", "Writes code.", Class.MAJOR),
        ("Is able to explain.", "Is unable to explain.", Class.MAJOR),
        ("Answers within 2 days.", "Answers within 1 day.", Class.MAJOR),
        ("Costs 1.5 of the budget.", "Costs 15 of the budget.", Class.MAJOR),
        ("Knows the tools of the team.", "Leads the team.", Class.MAJOR),
        ("", "Leads the team.", Class.MAJOR),
        ("Leads the team.", "", Class.MINOR),
    ],
)
def test_what_a_change_of_words_asks(corner, before, after, klass):
    other = copy.deepcopy(corner)
    corner["expectations"][2]["summary"], other["expectations"][2]["summary"] = before, after

    assert compare(corner, other).klass is klass
