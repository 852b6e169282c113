"""The difference of two versions: what is new or raised is MAJOR, less or clearer MINOR."""

import copy

import pytest
import yaml

from ladders.diff import Class, compare
from tests.ladders.test_reading_a_file import CANONICAL


def test_a_version_with_itself(corner):
    assert compare(corner, copy.deepcopy(corner)).changes == []


@pytest.mark.parametrize("name", CANONICAL)
def test_a_real_ladder_with_itself(real_input, name):
    data = real_input(f"_canonical-examples/{name}.ladder.yaml").read_bytes()

    assert compare(yaml.safe_load(data), yaml.safe_load(data)).changes == []


def test_the_first_version_is_one(corner):
    difference = compare(None, corner)

    assert difference.klass is Class.MAJOR
    assert difference.number_after("") == "1.0.0"
    assert difference.levels_raised == {str(row["id"]) for row in corner["levels"]}
