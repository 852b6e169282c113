"""How long somebody has served, in words."""

from __future__ import annotations

import pytest

from assessments.serializers.track_words import served


@pytest.mark.parametrize(
    ("net", "away", "words"),
    [
        (0, 0, "0 days"),
        (1, 0, "1 day"),
        (6, 0, "6 days"),
        (7, 0, "1 week"),
        (59, 0, "8 weeks"),
        (60, 0, "1 month"),
        (364, 0, "11 months"),
        (366, 0, "12 months"),
    ],
)
def test_time_served_counts_what_is_full(net, away, words):
    assert served(net, away, told=True) == words


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (3, "3 days"),
        (13, "2 weeks"),
        (59, "8 weeks"),
        (89, "3 months"),  # from the 1st of February to the 1st of May
        (120, "4 months"),  # from the 20th of January to the 20th of May
        (137, "5 months"),
    ],
)
def test_an_absence_is_told_as_the_nearest_number_to_those_who_may_know(away, words):
    assert served(500, away, told=True) == f"16 months, net of {words} on leave"
    assert served(500, away, told=False) == "16 months"
