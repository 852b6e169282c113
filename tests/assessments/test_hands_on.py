"""Since when somebody who manages is away from hands-on work: counted in years, and only advice."""

from __future__ import annotations

import datetime

import pytest

from assessments import hands_on

DAY = datetime.date
NEW_YEAR, TODAY = DAY(2020, 1, 1), DAY(2026, 1, 1)
SHARED = ("shared", DAY(2010, 1, 1), NEW_YEAR)
LEADS = ("manager", NEW_YEAR, None)


@pytest.mark.parametrize(
    ("stays", "years"),
    [
        ([SHARED, LEADS], 6.0),
        ([("staff", DAY(2015, 1, 1), DAY(2025, 1, 1)), ("manager", DAY(2025, 1, 1), None)], 1.0),
        ([LEADS], None),
        ([("staff", NEW_YEAR, None)], None),
        ([("shared", DAY(2010, 1, 1), DAY(2027, 1, 1)), ("manager", DAY(2027, 1, 1), None)], None),
        ([], None),
    ],
)
def test_they_are_counted_from_the_last_day_on_a_level_without_reports(stays, years):
    found = hands_on.of(stays, TODAY)

    assert (found and found.years) == years


def test_the_last_of_several_times_hands_on_counts_and_time_as_a_manager_is_none():
    stays = [
        ("shared", DAY(2008, 1, 1), DAY(2012, 1, 1)),
        ("manager", DAY(2012, 1, 1), DAY(2016, 1, 1)),
        ("staff", DAY(2016, 1, 1), DAY(2018, 1, 1)),
        ("manager", DAY(2018, 1, 1), NEW_YEAR),
        LEADS,
    ]

    assert hands_on.of(stays, TODAY).last_day == DAY(2017, 12, 31)


def test_a_way_back_that_is_still_to_come_changes_nothing_today():
    trial = ("manager", NEW_YEAR, DAY(2026, 6, 1))
    back = ("shared", DAY(2026, 6, 1), DAY(2030, 1, 1))

    assert hands_on.of([SHARED, trial, back], TODAY).years == 6.0


def test_on_the_day_after_the_last_one_nobody_manages_any_more():
    trial = ("manager", NEW_YEAR, TODAY)

    assert hands_on.of([SHARED, trial], TODAY) is None
    assert hands_on.of([SHARED, trial], TODAY - datetime.timedelta(1)) is not None


@pytest.mark.parametrize(
    ("years", "said"), [(1, "is recent"), (3, "more in technical matters"), (6, "has moved since")]
)
def test_what_it_suggests_grows_with_the_years_and_asks_for_nothing(years, said):
    since = DAY(2026 - years, 1, 1)
    stays = [("shared", DAY(2010, 1, 1), since), ("manager", since, None)]

    assert said in hands_on.of(stays, TODAY).advice
