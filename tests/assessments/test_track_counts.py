"""Which headcounts by track a leader may read: never one that tells of a few unknown."""

import pytest

from assessments.track_counts import each_alone, together

OWN, LEFT, RIGHT = 1, 2, 3


def counts(shared=0, staff=0, manager=0, none=0):
    return {"shared": shared, "staff": staff, "manager": manager, "": none}


def test_large_numbers_and_empty_ones_are_shown():
    assert each_alone({OWN: counts(30, 8)}, 5) == {OWN: counts(30, 8)}


def test_a_small_number_is_hidden_with_another_that_would_tell_it():
    shown = each_alone({OWN: counts(30, 8, 2)}, 5)[OWN]

    assert shown == {"shared": 30, "staff": None, "manager": None, "": 0}


def test_where_only_a_few_are_below_no_number_is_shown():
    assert each_alone({OWN: counts(3)}, 5) == {OWN: None}


def test_hr_is_shown_everything():
    assert each_alone({OWN: counts(1, 1)}, 1) == {OWN: counts(1, 1)}


def test_who_is_known_by_name_need_not_be_hidden():
    whole = {OWN: counts(2, 1, 1)}

    assert together(OWN, whole, {OWN: counts(2, 1, 1)}, 5) == whole


def test_a_number_of_one_report_does_not_follow_from_the_sum_and_the_other():
    whole = {OWN: counts(60, 13), LEFT: counts(30, 10), RIGHT: counts(30, 3)}
    nobody = {leader: counts() for leader in whole}

    shown = together(OWN, whole, nobody, 5)

    assert shown[RIGHT]["staff"] is None
    assert shown[OWN]["staff"] is None or shown[LEFT]["staff"] is None


def test_where_a_report_shows_nothing_their_leader_shows_no_sum():
    whole = {OWN: counts(33), LEFT: counts(30), RIGHT: counts(3)}
    nobody = {leader: counts() for leader in whole}

    assert together(OWN, whole, nobody, 5) == {OWN: None, LEFT: counts(30), RIGHT: None}


@pytest.mark.parametrize("few", range(1, 5))
def test_what_is_shown_is_always_true(few):
    whole = {OWN: counts(40, 20, few, 9), LEFT: counts(20, 10, few), RIGHT: counts(20, 10, 0, 9)}
    nobody = {leader: counts() for leader in whole}

    for leader, shown in together(OWN, whole, nobody, 5).items():
        for kind, number in (shown or {}).items():
            assert number in (None, whole[leader][kind])
