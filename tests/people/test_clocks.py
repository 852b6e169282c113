"""The arithmetic of time agrees with somebody who counts day by day."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from ladders import standing
from people import clocks

FIRST = datetime.date(2024, 1, 1)
A_DAY = datetime.timedelta(days=1)
ZONES = (
    "Africa/Casablanca",
    "America/Havana",
    "Antarctica/Troll",  # two hours at once
    "Australia/Lord_Howe",  # half an hour
    "Europe/Berlin",
    "Pacific/Pago_Pago",  # UTC-11
    "Pacific/Tongatapu",  # UTC+13
)
many = settings(max_examples=150)


def day(number: int) -> datetime.date:
    return FIRST + number * A_DAY


days = st.integers(0, 120).map(day)
ends = st.one_of(st.none(), days)
spans = st.lists(st.tuples(days, ends), max_size=5)
weeks = st.sets(st.integers(0, 6))


def inside(date: datetime.date, intervals) -> bool:
    return any(since <= date and (until is None or date < until) for since, until in intervals)


def each(until: datetime.date, since: datetime.date = FIRST):
    return [since + n * A_DAY for n in range((until - since).days)]


@many
@given(spans, days)
def test_days_in_intervals_are_counted_once(intervals, until):
    counted = sum(inside(date, intervals) for date in each(until))

    assert clocks.days_in(intervals, until) == counted


@many
@given(spans, spans, days)
def test_net_days_are_the_days_held_that_are_no_leave(held, leave, until):
    counted = sum(inside(date, held) and not inside(date, leave) for date in each(until))

    assert clocks.net_days(held, leave, until) == counted


@many
@given(days, days, weeks)
def test_working_days_between_two_days_are_those_of_the_week(first, last, week):
    counted = sum(date.weekday() in (week or range(7)) for date in each(last, first))

    assert clocks.working_days(first, last, week) == counted


@given(days, weeks)
def test_the_nearest_working_day_is_found_by_walking_and_without_a_week_it_is_the_day_itself(
    date, week
):
    either = [date + n * A_DAY for n in range(-6, 7)]
    works = [day for day in either if not week or day.weekday() in week]

    assert clocks.previous_working_day(date, week) == max(day for day in works if day <= date)
    assert clocks.next_working_day(date, week) == min(day for day in works if day >= date)


@many
@given(days, st.integers(0, 40), weeks)
def test_the_nth_working_day_after_a_day_is_found_by_walking(date, count, week):
    walked = date
    for _ in range(count):
        walked += A_DAY
        while week and walked.weekday() not in week:
            walked += A_DAY

    assert clocks.after_working_days(date, count, week) == walked
    assert clocks.working_days(date + A_DAY, walked + A_DAY, week) == count


@many
@given(
    st.dates(datetime.date(2021, 1, 1), datetime.date(2022, 12, 31)),
    st.integers(0, 23),
    st.sampled_from(ZONES),
)
def test_an_hour_on_the_wall_is_the_first_instant_at_which_the_wall_shows_it(date, hour, zone):
    begins = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    instants = [begins + n * datetime.timedelta(minutes=30) for n in range(-30, 80)]
    shown = [at for at in instants if _wall(at, zone) == (date, datetime.time(hour))]
    found = clocks.at_local(date, hour, zone)

    if shown:
        assert found == shown[0]
    else:  # the clock skipped it: later on the same day
        on, time = _wall(found, zone)
        assert (on, time) > (date, datetime.time(hour))
        assert on == date
    assert clocks.today(zone, found) == date


def _wall(at: datetime.datetime, zone: str):
    local = at.astimezone(ZoneInfo(zone))
    return local.date(), local.time()


@st.composite
def histories(draw):
    """Placements in order of time, some with a gap before them; the last may be open."""
    stands, at = [], 0
    for number in range(draw(st.integers(1, 6))):
        at += draw(st.sampled_from([0, 0, 0, 5]))
        length = draw(st.integers(1, 25))
        kind = draw(st.sampled_from(["promotion", "trial", "return", "relevel", "hire", "import"]))
        rung = (1, draw(st.sampled_from("abc")))
        stands.append(standing.Stand(rung, kind if number else "hire", day(at), day(at + length)))
        at += length
    return stands


@settings(max_examples=300)
@given(histories(), spans, days)
def test_net_time_in_level_is_what_somebody_counts_who_lives_through_it(stands, leave, until):
    found = standing.on(stands, until)

    net = standing.net_days(stands, found, leave, until) if found else None
    assert net == lived(stands, leave, until)


def lived(stands, leave, until):
    """Days in the level held, counted one after the other: a trial counts for the level held, a
    relevel keeps the clock, another level, being hired again and having stood nowhere start it
    anew, leave stops it."""
    count, held, own = 0, None, None
    for date in [*each(until), until]:
        now = next((each for each in stands if inside(date, [(each.since, each.until)])), None)
        if now and now.since == date:
            level = own if now.kind == "trial" and own else now.rung
            own = own if now.kind == "trial" else now.rung
            nowhere = not any(each.until == date for each in stands)
            if now.kind == "hire" or (now.kind != "relevel" and (nowhere or level != held)):
                count = 0
            held = level
        if date == until:
            return count if now else None
        count += bool(now) and not inside(date, leave)
