"""Intervals of shares, against published values and against what must always hold."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments import statistics


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [  # R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(part, whole, low, high):
    assert statistics.wilson(part, whole) == pytest.approx((low, high), abs=0.00005)


@given(st.floats(0, 500), st.floats(0.01, 500))
def test_an_interval_lies_within_0_and_1_and_around_the_rate(part, whole):
    assume(part <= whole)
    low, high = statistics.wilson(part, whole)
    assert 0 <= low <= part / whole <= high <= 1 or part / whole == pytest.approx(low, abs=1e-9)


@given(st.integers(0, 50), st.integers(1, 50))
def test_more_people_narrow_it(part, whole):
    assume(0 < part < whole)
    low, high = statistics.wilson(part, whole)
    narrow_low, narrow_high = statistics.wilson(part * 4, whole * 4)
    assert high - low > narrow_high - narrow_low


@given(st.integers(0, 50), st.integers(1, 50))
def test_those_who_were_promoted_mirror_those_who_were_not(part, whole):
    assume(part <= whole)
    low, high = statistics.wilson(part, whole)
    assert statistics.wilson(whole - part, whole) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (3, 2.5), (-1, 4)])
def test_without_people_or_with_more_events_than_people_there_is_none(part, whole):
    assert statistics.wilson(part, whole) is None


def test_a_share_of_nobody_is_none():
    assert statistics.share(0, 0) is None
    assert statistics.share(1, 4) == 0.25
