"""Differences between two texts are shown by word, and no word is lost."""

from hypothesis import given
from hypothesis import strategies as st

from people.differences import Run, compare
from people.templatetags.twintrack import word_diff

OLD = "Chooses the approach for the team and writes down why."
NEW = "Chooses the approach for several teams and writes down why, and when to look again."


def test_changed_words_stand_out_and_the_rest_stays() -> None:
    assert compare(OLD, NEW)[:4] == [
        Run("same", "Chooses the approach for "),
        Run("removed", "the team"),
        Run("added", "several teams"),
        Run("same", " and writes down why"),
    ]


def test_one_side_shows_only_its_own_words() -> None:
    assert "<del>" not in word_diff(OLD, NEW, "new")
    assert "<ins>several teams</ins> and" in word_diff(OLD, NEW, "new")
    assert "<del>the team</del> and" in word_diff(OLD, NEW, "old")


def test_a_tiny_word_between_two_changes_does_not_cut_them_in_two() -> None:
    shown = word_diff("Shares notes of meetings.", "Mentors colleagues of others.", "new")
    assert shown == "<ins>Mentors colleagues of others</ins>."


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    shown = word_diff("<b>one</b>", "<script>two</script>")
    assert "<b>" not in shown
    assert "<script>" not in shown


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_texts_can_be_read_back_from_their_difference(old: str, new: str) -> None:
    runs = compare(old, new)
    assert "".join(run.text for run in runs if run.kind != "added") == old
    assert "".join(run.text for run in runs if run.kind != "removed") == new


def test_texts_too_long_to_align_are_shown_as_replaced() -> None:
    long = "word " * 5_000
    assert compare(long, "short") == [Run("removed", long), Run("added", "short")]
