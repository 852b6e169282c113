"""The database and Python agree on what nine o'clock is, wherever somebody lives.

All days lie in the past: both bring their own edition of the zones, and editions differ on laws
that were passed lately.
"""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import steps
from people import clocks

SQL = "SELECT (%s::date + %s::time) AT TIME ZONE %s"
TRICKY = (
    "Africa/Casablanca",  # the clock goes back for Ramadan
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "Antarctica/Troll",  # by two hours
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # by half an hour
    "Europe/Berlin",
    "Europe/Dublin",  # summer time is standard time
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",  # UTC+14
    "Pacific/Pago_Pago",  # UTC-11
    "Pacific/Tongatapu",  # UTC+13
)


def _in_database(day: datetime.date, hour: int, zone: str) -> datetime.datetime:
    with connection.cursor() as cursor:
        cursor.execute(SQL, [day, datetime.time(hour), zone])
        return cursor.fetchone()[0]


def test_nine_oclock_is_the_same_instant_in_every_zone_on_every_day_of_two_years(db):
    zones = sorted(steps.zones())
    assert len(zones) > 300
    query = """
        SELECT zone, array_agg((day + '09:00'::time) AT TIME ZONE zone ORDER BY day)
        FROM unnest(%s::text[]) zone,
            generate_series('2022-01-01'::timestamp, '2023-12-31', '1 day') day
        GROUP BY zone"""
    with connection.cursor() as cursor:
        cursor.execute(query, [zones])
        instants = dict(cursor.fetchall())
    first = datetime.date(2022, 1, 1)
    days = [first + datetime.timedelta(days=number) for number in range(730)]
    wrong = [
        (zone, day)
        for zone in zones
        for day, instant in zip(days, instants[zone], strict=True)
        if clocks.at_local(day, 9, zone) != instant
    ]
    assert wrong == []


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    day=st.dates(datetime.date(2005, 1, 1), datetime.date(2023, 12, 31)),
    hour=st.integers(0, 23),
    zone=st.sampled_from(TRICKY),
)
def test_any_wall_time_that_occurs_at_most_once_is_the_same_instant(db, day, hour, zone):
    wall = datetime.datetime.combine(day, datetime.time(hour), tzinfo=ZoneInfo(zone))
    if wall.utcoffset() > wall.replace(fold=1).utcoffset():
        return  # it occurs twice; no clock changes at nine o'clock, so no reminder meets this
    assert _in_database(day, hour, zone) == clocks.at_local(day, hour, zone)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "expected"),
    [
        ("2023-03-26", 2, "Europe/Berlin", "2023-03-26T01:00+00:00"),  # 02:00 becomes 03:00
        ("2023-03-12", 2, "America/New_York", "2023-03-12T07:00+00:00"),
        ("2011-12-30", 9, "Pacific/Apia", "2011-12-30T19:00+00:00"),  # the whole day was skipped
    ],
)
def test_a_wall_time_that_a_clock_change_skips_moves_forward(db, day, hour, zone, expected):
    date, instant = datetime.date.fromisoformat(day), datetime.datetime.fromisoformat(expected)
    assert _in_database(date, hour, zone) == clocks.at_local(date, hour, zone) == instant
