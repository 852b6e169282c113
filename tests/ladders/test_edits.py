"""A draft is changed one thing at a time, and what hangs on it follows or is named."""

import pytest

from ladders import cells, edits
from ladders.formats import documents
from ladders.formats.report import Report
from people.refusals import Conflict, Invalid
from tests.ladders.small import small


@pytest.fixture
def text():
    """The small ladder; whatever is done to it, it is a ladder afterwards."""
    document = small()
    yield document
    report = Report("draft")
    documents.check(document, report)
    assert not report.errors, [str(problem) for problem in report.errors]


def ids(text: dict, section: str) -> list[str]:
    return [row["id"] for row in text[section]]


def said_at(text: dict, competency: str, level: str) -> list[str]:
    return [entry.get("summary", "") for entry in cells.read(text, competency, level)]


def test_a_new_level_stands_at_the_top_of_its_track_with_an_id_of_its_own(text):
    name = edits.add(text, "levels", {"track": "shared", "titles": ["Senior"]})

    assert name == "senior-2"
    assert ids(text, "levels") == ["junior", "senior", "senior-2", "staff-1", "lead-1"]
    assert edits.find(text, "levels", name)["order"] == 3


def test_a_new_competency_stands_last_in_its_pillar(text):
    edits.add(text, "competencies", {"pillar": "work", "name": "Über all"})

    assert ids(text, "competencies") == ["craft", "uber-all", "care"]


def test_a_field_is_set_and_taken_away(text):
    edits.change(text, "levels", "junior", {"scope": "One part.", "grade": None})

    assert edits.find(text, "levels", "junior") == {
        "id": "junior", "track": "shared", "order": 1, "titles": ["Junior"], "scope": "One part.",
    }  # fmt: skip


def test_a_field_that_no_statement_has_is_refused_by_its_name(text):
    with pytest.raises(Invalid) as refused:
        cells.write(text, "care", "junior", [{"statements": [{"text": "a", "x_own": 1, "foo": 2}]}])
    assert list(refused.value.errors) == ["foo"]


@pytest.mark.parametrize("field", ["id", "colour"])
def test_what_a_row_does_not_have_cannot_be_set(text, field):
    with pytest.raises(Invalid) as refused:
        edits.change(text, "levels", "junior", {field: "blue"})
    assert list(refused.value.errors) == [field]


def test_the_head_of_a_ladder_keeps_its_id_and_number(text):
    edits.change(text, "framework", "framework", {"title": "Smaller"})
    assert text["framework"]["title"] == "Smaller"
    for field in ("id", "version"):
        with pytest.raises(Invalid):
            edits.change(text, "framework", "framework", {field: "other"})


def test_what_still_holds_others_is_not_taken_away(text):
    for section, name in (("tracks", "shared"), ("pillars", "work"), ("grades", "g1")):
        with pytest.raises(Conflict, match="still holds"):
            edits.remove(text, section, name)


def test_a_level_goes_with_its_links_and_leaves_the_others_what_they_share(text):
    edits.remove(text, "levels", "lead-1")

    assert [row["to"] for row in text["level_links"]] == ["staff-1"]
    assert said_at(text, "craft", "staff-1") == ["Shapes systems."]
    assert ids(text, "expectations") == ["craft-shared", "craft-above", "care-low", "care-high"]


def test_an_expectation_that_stood_at_one_level_goes_with_it(text):
    edits.remove(text, "levels", "junior")

    assert ids(text, "expectations") == ["craft-shared", "craft-above", "care-high"]
    assert text["expectations"][0]["levels"] == {"track": "shared"}, "a track stays a track"


def test_an_expectation_that_stands_nowhere_is_nobodys_to_take_away(text):
    nowhere = {"id": "nowhere", "competency": "care", "levels": [], "summary": "Later."}
    text["expectations"].append(nowhere)
    edits.remove(text, "levels", "lead-1")
    assert nowhere in text["expectations"]


def test_the_last_level_stays(text):
    for name in ("lead-1", "staff-1", "senior"):
        edits.remove(text, "levels", name)
    with pytest.raises(Conflict, match="at least one level"):
        edits.remove(text, "levels", "junior")


def test_a_competency_goes_with_what_is_said_of_it(text):
    edits.remove(text, "competencies", "care")
    assert ids(text, "expectations") == ["craft-shared", "craft-above"]


def test_rows_change_places_with_their_neighbours_and_stop_at_the_edge(text):
    assert edits.shift(text, "levels", "senior", -1)
    assert [(row["id"], row["order"]) for row in text["levels"][:2]] == [
        ("senior", 1), ("junior", 2),
    ]  # fmt: skip
    assert not edits.shift(text, "levels", "senior", -1)
    assert not edits.shift(text, "competencies", "craft", 1), "care stands in another pillar"
    assert edits.shift(text, "pillars", "work", 1)
    assert ids(text, "pillars") == ["people", "work"]


def test_a_link_is_named_by_what_it_says_and_stands_once(text):
    name = edits.add(text, "level_links", {"from": "lead-1", "to": "senior", "type": "rejoins"})
    assert name == "lead-1 rejoins senior"
    with pytest.raises(Conflict, match="already"):
        edits.change(text, "level_links", name, dict(text["level_links"][1]))
    edits.remove(text, "level_links", name)
    assert len(text["level_links"]) == 3


def test_what_a_step_means_is_named_by_competency_and_step_and_said_once(text):
    text["proficiency_scales"] = [{"id": "steps", "levels": [{"id": "low"}, {"id": "high"}]}]
    words = {"competency": "care", "proficiency": "low", "summary": "Notices."}
    name = edits.add(text, "proficiency_statements", words)
    assert name == "care low"
    assert "id" not in edits.find(text, "proficiency_statements", name)

    edits.change(text, "proficiency_statements", name, {"proficiency": "high", "summary": None})
    assert text["proficiency_statements"] == [{"competency": "care", "proficiency": "high"}]

    edits.add(text, "proficiency_statements", words)
    with pytest.raises(Conflict, match="meaning stands here already"):
        edits.change(text, "proficiency_statements", "care high", {"proficiency": "low"})
    edits.remove(text, "proficiency_statements", "care low")
    assert len(text["proficiency_statements"]) == 1


def test_a_text_that_several_levels_share_is_split_where_it_is_changed(text):
    [entry] = cells.read(text, "craft", "staff-1")
    assert entry["also_at"] == ["lead-1"]

    cells.write(text, "craft", "staff-1", [entry | {"summary": "Shapes a system."}])

    assert said_at(text, "craft", "staff-1") == ["Shapes a system."]
    assert said_at(text, "craft", "lead-1") == ["Shapes systems."]
    assert ids(text, "expectations")[1:3] == ["craft-above", "craft-staff-1"]


def test_a_shared_text_that_was_only_looked_at_stays_shared(text):
    before = small()
    cells.write(text, "craft", "junior", cells.read(text, "craft", "junior"))
    assert text == before


def test_keys_of_other_tools_stay_with_a_changed_text(text):
    [entry] = cells.read(text, "craft", "senior")
    assert "x_kept" not in entry, "it is nobody's to change here"
    cells.write(text, "craft", "senior", [entry | {"summary": "Builds well."}])
    assert edits.find(text, "expectations", "craft-senior")["x_kept"] == [1]


def test_statements_keep_what_else_they_hold(text):
    edits.find(text, "expectations", "craft-above")["statements"][0]["references"] = ["a"]
    [entry] = cells.read(text, "craft", "staff-1")
    entry["statements"] = [{"id": "s1", "text": "Draws two plans."}, {"text": "Says why."}]
    cells.write(text, "craft", "staff-1", [entry])
    assert cells.read(text, "craft", "staff-1")[0]["statements"] == [
        {"references": ["a"], "id": "s1", "text": "Draws two plans."},
        {"text": "Says why."},
    ]


def test_entries_are_added_to_a_cell_and_taken_from_it(text):
    kept = cells.read(text, "care", "senior")
    cells.write(text, "care", "senior", [*kept, {"summary": "Says thanks."}])
    assert said_at(text, "care", "senior") == ["Helps others grow.", "Says thanks."]

    cells.write(text, "care", "senior", cells.read(text, "care", "senior")[1:])
    assert said_at(text, "care", "senior") == ["Says thanks."]
    assert said_at(text, "care", "staff-1") == ["Helps others grow."]


def test_a_field_that_no_expectation_has_is_refused_by_its_name(text):
    with pytest.raises(Invalid) as refused:
        cells.write(text, "care", "junior", [{"summary": "x", "points": 3}])
    assert list(refused.value.errors) == ["points"]
