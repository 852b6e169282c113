"""Before a draft goes to review it is said what is missing, and what may be put better."""

from ladders import cells, edits, readiness
from tests.ladders.small import small


def blocks(text: dict) -> list[str]:
    return [finding.text for finding in readiness.look(text).blocks]


def test_a_whole_ladder_is_ready():
    found = readiness.look(small())
    assert found.ready
    assert found.hints == []


def test_a_cell_without_words_is_a_gap_until_it_says_that_nothing_is_expected():
    text = small()
    edits.add(text, "competencies", {"pillar": "work", "name": "Reach"})
    found = readiness.look(text)
    assert found.gaps == [("reach", level) for level in ("junior", "senior", "staff-1", "lead-1")]
    assert found.first().startswith("4 cells say nothing.")

    cells.not_expected(text, found.gaps)

    assert readiness.look(text).ready
    assert text["expectations"][-1]["levels"] == ["junior", "senior", "staff-1", "lead-1"]


def test_blank_words_and_the_files_own_word_for_nothing_say_nothing():
    text = small()
    text["framework"]["null_tokens"] = ["MISSING"]
    for words in ("  ", "MISSING"):
        text["expectations"][3]["summary"] = words
        assert ("care", "senior") in readiness.gaps(text)


def test_a_step_of_a_scale_says_what_is_expected():
    text = small()
    text["expectations"][3] = text["expectations"][3] | {"summary": "", "proficiency": "2"}
    assert readiness.gaps(text) == []


def test_staff_and_manager_levels_of_one_grade_need_a_link():
    text = small()
    edits.remove(text, "level_links", "staff-1 equivalent lead-1")
    assert blocks(text) == [
        "“Staff” and “Manager” have the same grade and no link. Say whether they are equivalent."
    ]
    for kind in ("comparable", "not_equivalent"):
        text["level_links"][2:] = [{"from": "lead-1", "to": "staff-1", "type": kind}]
        assert blocks(text) == []


def test_a_fork_that_no_link_shows_is_a_hint():
    text = small()
    text["level_links"] = text["level_links"][2:]
    assert "No level branches" in readiness.look(text).hints[0].text


def test_rows_without_a_name_must_get_one():
    text = small()
    edits.change(text, "levels", "senior", {"titles": None})
    edits.change(text, "competencies", "craft", {"name": None})
    assert blocks(text) == [
        "The level “senior” has no title.",
        "The competency “craft” has no name.",
    ]


def test_words_about_a_sort_of_person_are_hinted_at_with_another():
    text = small()
    cells.write(text, "care", "junior", [{"summary": "A rockstar who shows his team the theme."}])
    hints = {finding.text for finding in readiness.look(text).hints}
    assert hints == {
        "“rockstar” may not fit everybody; “somebody who does this well” would.",
        "“his” may not fit everybody; “their” would.",
    }
    assert "theme" not in str(hints), "only whole words count"
