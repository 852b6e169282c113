"""How many people somebody leads, against the usual bands."""

from __future__ import annotations

import pytest

from assessments import spans


@pytest.mark.parametrize(
    ("directs", "managers", "name"),
    [
        (0, 0, "tech-lead manager"),
        (3, 0, "tech-lead manager"),
        (4, 0, "small"),
        (5, 2, "small"),
        (6, 0, "healthy"),
        (8, 2, "healthy"),
        (9, 0, "coach"),
        (3, 3, "narrow"),
        (4, 4, "healthy"),
        (6, 6, "healthy"),
        (7, 7, "wide"),
        (9, 5, "wide"),
        (4, 2, "healthy"),
    ],
)
def test_a_span_lies_in_a_band(directs, managers, name):
    assert spans.band(directs, managers).name == name


@pytest.mark.parametrize("bands", [spans.BANDS, spans.BANDS_OF_MANAGERS])
def test_every_span_lies_in_one_band_and_no_other(bands):
    assert all(sum(band.holds(count) for band in bands) == 1 for count in range(40))
