"""Time on the manager track as experience, in plain facts."""

from __future__ import annotations

import datetime

import pytest

from ladders.stints import Spell, stints

TODAY = datetime.date(2026, 11, 1)
LEAD, SENIOR = "Engineering Manager", "Senior Engineering Manager"


def day(text):
    return datetime.date.fromisoformat(text)


def spell(since, until=None, title=LEAD, track="manager"):
    return Spell(track, title, day(since), day(until) if until else None)


def said(*spells):
    return [stint.text for stint in stints(spells, TODAY)]


@pytest.mark.parametrize(
    ("since", "until", "text"),
    [
        ("2025-03-03", "2025-06-02", "13 weeks as Engineering Manager, 2025"),
        ("2025-03-03", "2025-03-10", "1 week as Engineering Manager, 2025"),
        ("2025-03-03", "2025-03-05", "2 days as Engineering Manager, 2025"),
        ("2024-12-02", "2025-01-01", "4 weeks as Engineering Manager, 2024"),
        ("2024-10-01", "2025-08-01", "10 months as Engineering Manager, 2024 to 2025"),
        ("2021-01-01", "2024-01-01", "3 years as Engineering Manager, 2021 to 2023"),
        ("2025-01-06", "2025-07-07", "6 months as Engineering Manager, 2025"),
        ("2022-01-01", "2024-01-01", "2 years as Engineering Manager, 2022 to 2023"),
        ("2026-08-02", "2026-11-01", "13 weeks as Engineering Manager, 2026"),
        ("2021-01-01", "2024-03-05", "3 years and 2 months as Engineering Manager, 2021 to 2024"),
        ("2026-08-02", "2026-12-01", "13 weeks as Engineering Manager so far, since 2026"),
        ("2026-08-02", None, "13 weeks as Engineering Manager so far, since 2026"),
    ],
)
def test_a_stint_is_said_in_full_weeks_then_months_then_years(since, until, text):
    assert said(spell(since, until)) == [text]


@pytest.mark.parametrize(
    ("until", "ends"),
    [("2026-10-31", "2026-10-31"), ("2026-11-01", "2026-11-01"), ("2026-11-02", None)],
)
def test_a_stint_has_an_end_once_its_last_day_is_over(until, ends):
    [stint] = stints([spell("2026-01-01", until)], TODAY)

    assert (stint.starts_on, stint.ends_on) == (day("2026-01-01"), ends and day(ends))


def test_placements_that_follow_each_other_are_one_stint_and_others_are_their_own():
    trial, stayed = spell("2022-01-03", "2022-04-04"), spell("2022-04-04", "2022-06-06")
    raised = spell("2022-06-06", "2023-02-06", SENIOR)
    engineer = spell("2023-02-06", "2024-01-01", "Staff Engineer", "staff")
    again = spell("2024-01-01", "2024-02-05")

    assert said(again, raised, engineer, trial, stayed) == [
        "5 weeks as Engineering Manager, 2024",
        "13 months as Engineering Manager and Senior Engineering Manager, 2022 to 2023",
    ]


def test_what_is_on_no_manager_track_or_yet_to_begin_is_no_experience():
    assert said(spell("2024-01-01", track="shared"), spell("2026-11-01"), spell("2027-01-01")) == []
