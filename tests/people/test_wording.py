"""Dates and numbers are said the way people say them."""

from datetime import date, datetime

import pytest

from people import wording

TODAY = date(2026, 11, 12)  # a Thursday


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 12), "today, Thursday"),
        (date(2026, 11, 13), "tomorrow, Friday"),
        (date(2026, 11, 11), "yesterday, Wednesday"),
        (date(2026, 11, 15), "in 3 days, Sunday"),
        (date(2026, 11, 20), "in 8 days, Friday 20 November"),
        (date(2026, 11, 10), "2 days ago, Tuesday"),
        (date(2027, 1, 4), "in 53 days, Monday 4 January 2027"),
    ],
)
def test_a_date_is_said_as_seen_from_today(day: date, said: str) -> None:
    assert wording.in_days(day, TODAY) == said


def test_an_instant_names_its_day_and_minute() -> None:
    assert wording.moment(datetime(2026, 11, 2, 9, 5)) == "2 November 2026, 09:05"


def test_numbers_group_thousands() -> None:
    assert wording.number(12_400) == "12\N{NARROW NO-BREAK SPACE}400"


def test_a_count_agrees_with_its_noun() -> None:
    assert [wording.counted(count, "piece") for count in (0, 1, 3)] == [
        "0 pieces",
        "1 piece",
        "3 pieces",
    ]
    assert wording.counted(2, "person,people") == "2 people"
