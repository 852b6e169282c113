"""How dated facts give way to one another, held against a calendar filled day by day."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import succession

LENGTH = 12  # days of the calendar
NEW = "new"


def day(number):
    return None if number is None else datetime.date(2026, 1, 1) + datetime.timedelta(number)


def span(first, last):
    return day(first), day(last)


def days_of(one):
    """The days of the calendar that a span holds, with one before and one after it."""
    first, last = one
    calendar = range(-1, LENGTH + 1)
    return {n for n in calendar if (not first or first <= day(n)) and (not last or day(n) < last)}


def filled(standing):
    """Day → who holds it; no day is held twice."""
    calendar = {}
    for key, one in standing:
        for number in days_of(one):
            assert number not in calendar, (number, key, calendar[number])
            calendar[number] = key
    return calendar


def after(standing, plan, new):
    """What stands once a plan is followed and the new fact is written."""
    assert all(rest for rests in plan.values() for rest in map(days_of, rests))
    kept = [(key, one) for key, one in standing.items() if key not in plan]
    again = [(key, rest) for key, rests in plan.items() for rest in rests]
    return filled([*kept, *again, (NEW, new)])


@st.composite
def spans(draw):
    """A day at least, perhaps open at either end."""
    first = draw(st.integers(0, LENGTH - 1))
    last = draw(st.integers(first + 1, LENGTH))
    opens, goes_on = draw(st.booleans()), draw(st.booleans())
    return span(None if opens else first, None if goes_on else last)


@st.composite
def histories(draw):
    """Rows one after the other, some of them with a hole between."""
    cuts = sorted(draw(st.sets(st.integers(0, LENGTH), min_size=2)))
    ends = [None, *cuts[1:-1], None] if draw(st.booleans()) else cuts
    rows = {key: span(*pair) for key, pair in enumerate(itertools.pairwise(ends))}
    gone = draw(st.sets(st.sampled_from(sorted(rows)), max_size=len(rows) - 1))
    return {key: one for key, one in rows.items() if key not in gone}


@given(histories(), spans())
def test_a_new_fact_takes_its_days_and_leaves_every_other_day_as_it_was(standing, new):
    plan = succession.giving_way(standing, new)

    assert set(plan) == {key for key, one in standing.items() if days_of(one) & days_of(new)}
    expected = filled(standing.items()) | dict.fromkeys(days_of(new), NEW)
    assert after(standing, plan, new) == expected


@given(histories(), spans(), st.data())
def test_a_corrected_fact_leaves_its_first_days_to_who_came_before_and_its_last_to_who_follows(
    standing, new, data
):
    wrong = data.draw(st.sampled_from(sorted(standing)))
    first, last = standing[wrong]
    before = next((key for key, one in standing.items() if first and one[1] == first), None)
    follows = next((key for key, one in standing.items() if last and one[0] == last), None)

    plan = succession.corrected(standing, wrong, new)

    assert plan[wrong] == []
    expected = filled(standing.items())
    for number in days_of(standing[wrong]):
        heir = before if new[0] and day(number) < new[0] else follows
        expected[number] = heir
    expected |= dict.fromkeys(days_of(new), NEW)
    held = {number: key for number, key in expected.items() if key is not None}
    assert after(standing, plan, new) == held


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ((1, 9), (3, 5), [(1, 3), (5, 9)]),
        ((1, 9), (1, 9), []),
        ((1, 3), (5, 9), [(1, 3)]),
        ((5, 9), (1, 3), [(5, 9)]),
        ((None, None), (3, 5), [(None, 3), (5, None)]),
        ((3, None), (5, None), [(3, 5)]),
    ],
)
def test_what_lies_outside_is_left(old, new, left):
    assert succession.rests(span(*old), span(*new)) == [span(*one) for one in left]


@given(spans(), spans())
def test_a_hull_holds_both_and_begins_and_ends_with_one_of_them(one, other):
    hull = succession.hull(one, other)

    assert days_of(hull) >= days_of(one) | days_of(other)
    assert hull[0] in (one[0], other[0])
    assert hull[1] in (one[1], other[1])


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((0, 3), (3, 5), False),
        ((0, 4), (3, 5), True),
        ((None, 3), (3, None), False),
        ((None, None), (2, 3), True),
        ((2, 3), (2, 3), True),
    ],
)
def test_spans_overlap_where_some_day_lies_in_both(one, other, meet):
    assert succession.overlaps(span(*one), span(*other)) is meet
    assert succession.overlaps(span(*other), span(*one)) is meet
