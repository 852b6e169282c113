"""The arithmetic of panels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.panels import Seatable, Voter, compose, tally

VOTES = st.lists(st.sampled_from(["yes", "not_yet", "abstain"]), max_size=7)
TARGET = Seatable(rank=4, track="staff", unit=1)


def voter(name="Petra", rank=5, track="staff", unit=2, conflicts=()):
    return Voter(name, rank, track, unit, tuple(conflicts))


GOOD = [voter("Petra"), voter("Paul", track="manager"), voter("Pia", unit=3)]


@pytest.mark.parametrize(
    ("voters", "votes", "result"),
    [
        (3, "yyy", "promote"),
        (3, "nnn", "not_yet"),
        (3, "yyn", "split"),
        (3, "yy", "promote"),
        (3, "y", None),
        (5, "yyyn", "promote"),
        (5, "yyynn", "split"),
        (5, "yyyan", "promote"),
        (5, "yyaan", "split"),
        (5, "yyy", None),
        (7, "yyyyynn", "promote"),
        (2, "yy", None),
    ],
)
def test_a_margin_of_one_or_a_third_abstaining_is_a_split(voters, votes, result):
    names = {"y": "yes", "n": "not_yet", "a": "abstain"}

    assert tally(voters, [names[letter] for letter in votes]).result == result


@given(VOTES)
def test_an_abstention_never_helps_the_yes(votes):
    before = tally(7, votes)
    after = tally(8, [*votes, "abstain"])

    assert not (before.result in ("not_yet", "split") and after.result == "promote")


@given(VOTES)
def test_swapping_yes_and_not_yet_swaps_the_result(votes):
    swap = {"yes": "not_yet", "not_yet": "yes", "abstain": "abstain"}
    mirrored = {"promote": "not_yet", "not_yet": "promote"}
    result = tally(7, votes).result

    assert tally(7, [swap[vote] for vote in votes]).result == mirrored.get(result, result)


def test_a_panel_of_the_usual_shape_has_nothing_against_it():
    found = compose(GOOD, TARGET)

    assert (found.errors, found.exceptions) == ((), ())


@pytest.mark.parametrize("size", [0, 2, 8])
def test_three_to_seven_people_vote(size):
    found = compose([voter(f"Voter {number}") for number in range(size)], TARGET)

    assert any("3 to 7" in error for error in found.errors)


def test_a_conflict_forbids_a_seat():
    barred = voter("Maya", conflicts=["manages the candidate"])

    assert compose([*GOOD, barred], TARGET).errors == ("Maya: manages the candidate",)


@pytest.mark.parametrize(
    ("instead", "exception"),
    [
        (voter("Pia", rank=3), "Pia stands below the target's grade."),
        (voter("Pia", rank=None), "Pia stands below the target's grade."),
    ],
)
def test_everybody_stands_at_least_at_the_targets_grade(instead, exception):
    assert compose([*GOOD[:2], instead], TARGET).exceptions == (exception,)


def test_both_tracks_sit_on_the_panel():
    staff_only = [voter("A"), voter("B"), voter("C")]

    assert compose(staff_only, TARGET).exceptions == (
        "Nobody from the manager track sits on the panel.",
    )


def test_one_voter_at_most_comes_from_the_candidates_team():
    insiders = [voter("A", unit=1), voter("B", unit=1, track="manager"), voter("C")]

    assert compose(insiders, TARGET).exceptions == (
        "2 voters come from the candidate's team; one at most is usual.",
    )
