"""Export, then import, and nothing has changed: every form as far as it can carry."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ladders.formats import documents, exports, packing
from tests.ladders.conftest import STARTERS
from tests.ladders.generated import Maker
from tests.ladders.test_reading_a_file import CANONICAL

GENERATED = 1_000


def back(document: dict, form: str) -> dict | None:
    """The document after it went out and came in again."""
    made = exports.FORMS[form]
    return documents.read(made.write(document), f"ladder.{made.suffix}").document


def text_and_expectations(document: dict) -> set:
    """What stands where, without ids: level, competency, text."""
    names = {row["id"]: row.get("name") for row in document["competencies"]}
    return {
        (names[row["competency"]], entry["text"])
        for row in document["expectations"]
        for entry in row.get("statements", [])
    }


def generated(most: int):
    """Ladders from numbers that hypothesis draws, `most` of them."""
    numbers = given(st.integers(0, 2**32))
    return lambda test: settings(max_examples=most, phases=[Phase.generate])(numbers(test))


def test_yaml_and_json_give_every_generated_ladder_back(record_property):
    made = set()

    @generated(GENERATED)
    def run(seed):
        ladder = Maker(seed).ladder()
        assert packing.same(back(ladder, "yaml"), ladder)
        assert packing.same(back(ladder, "json"), ladder)
        made.add(seed)

    run()
    record_property("generated ladders, the same after YAML and JSON", len(made))


@pytest.mark.parametrize(("form", "most"), [("matrix.csv", GENERATED), ("matrix.xlsx", 60)])
def test_a_matrix_gives_back_every_ladder_that_it_holds(form, most, record_property):
    held = set()

    @generated(most)
    def run(seed):
        ladder = Maker(seed, plain=seed % 4 != 0).ladder()
        if exports.holds(ladder, form):
            assert packing.same(back(ladder, form), ladder)
            held.add(seed)

    run()
    record_property(f"generated ladders that {form} holds, the same after it", len(held))
    assert len(held) > most / 4, "a matrix is worth having"


@pytest.mark.parametrize("name", CANONICAL)
@pytest.mark.parametrize("form", ["yaml", "json"])
def test_real_ladders_are_the_same_after_yaml_and_json(real_input, name, form):
    data = real_input(f"_canonical-examples/{name}.ladder.yaml").read_bytes()
    document = documents.read(data, name).document

    assert packing.same(back(document, form), document)


@pytest.mark.parametrize("path", sorted(STARTERS.glob("*.ladder.yaml")), ids=lambda path: path.stem)
def test_what_a_matrix_leaves_out_of_a_starter_is_said(path):
    document = documents.read(path.read_bytes(), path.name).document

    lost = exports.not_held(document)

    came = back(document, "matrix.csv")
    assert came["levels"] == document["levels"]
    assert came["competencies"] == document["competencies"]
    assert len(came["expectations"]) == len(document["expectations"])
    assert all("statements" in words for words in lost), lost


def test_the_long_form_keeps_the_texts(starter):
    came = back(starter, "long.csv")

    assert text_and_expectations(came) == text_and_expectations(starter)
    assert [level["titles"] for level in came["levels"]] == [
        level["titles"] for level in starter["levels"]
    ]


def test_a_spreadsheet_runs_nothing_and_the_text_comes_back():
    ladder = Maker(1, plain=True).ladder()
    ladder["competencies"][0]["name"] = "=HYPERLINK(1)"
    written = exports.matrix_csv(ladder).decode("utf-8-sig")

    assert "'=HYPERLINK(1)" in written
    assert ",=HYPERLINK(1)" not in written
    assert back(ladder, "matrix.csv")["competencies"][0]["name"] == "=HYPERLINK(1)"
